"""Addresses of what a session's meeting noted."""

from django.urls import path

from . import views

MOTIONS = "sessions/<int:pk>/motions/"

urlpatterns = [
    path(MOTIONS, views.motions, name="motions"),
    path(f"{MOTIONS}<int:motion_id>/", views.motion_correction, name="motion"),
]
