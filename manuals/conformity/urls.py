"""Addresses of the conformity of processes with the law."""

from django.urls import path

from . import views

urlpatterns = [
    path("groups/<str:key>/conformity/", views.conformity, name="conformity"),
    path(
        "groups/<str:key>/conformity/<uuid:uuid>/",
        views.conformity_check,
        name="conformity-check",
    ),
]
