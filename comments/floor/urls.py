"""Addresses of a session's line of speakers."""

from django.urls import path

from . import views

FLOOR = "sessions/<int:pk>/floor/"

urlpatterns = [
    path(FLOOR, views.floor, name="floor"),
    path(f"{FLOOR}requests/", views.floor_requests, name="floor-requests"),
    path(f"{FLOOR}offices/", views.floor_written, name="floor-written"),
    path(f"{FLOOR}speaker/", views.floor_speaker, name="floor-speaker"),
    path(f"{FLOOR}moves/", views.floor_moves, name="floor-moves"),
    path(f"{FLOOR}requests/<int:request_id>/end/", views.floor_end, name="floor-end"),
]
