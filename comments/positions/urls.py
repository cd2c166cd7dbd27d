"""Addresses of what offices say as a whole: an office's own pages, and the list of a group's offices."""

from django.urls import path

from . import views

urlpatterns = [
    path("office-positions/", views.office_positions, name="office-positions"),
    path("office-positions/<str:key>/", views.office_position, name="office-position"),
    path("groups/<str:key>/positions/", views.group_positions, name="group-positions"),
]
