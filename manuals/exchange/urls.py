"""Addresses where editions are taken in from files."""

from django.urls import path

from . import views

urlpatterns = [
    path(
        "groups/<str:key>/drafts/files/<uuid:uuid>/edition/",
        views.edition_of_files,
        name="edition-of-files",
    ),
    path("desk/edition-files/", views.edition_import, name="edition-import"),
    path(
        "desk/edition-files/reports/<uuid:uuid>/",
        views.edition_import_report,
        name="edition-import-report",
    ),
    path(
        "desk/edition-files/<str:token>/",
        views.edition_import_preview,
        name="edition-import-preview",
    ),
]
