"""Addresses where a list of people is taken in."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/people/import/", views.people_import, name="people-import"),
    path(
        "desk/people/import/template/",
        views.people_import_template,
        name="people-import-template",
    ),
    path(
        "desk/people/import/reports/<uuid:uuid>/",
        views.people_import_report,
        name="people-import-report",
    ),
    path(
        "desk/people/import/<str:token>/",
        views.people_import_preview,
        name="people-import-preview",
    ),
]
