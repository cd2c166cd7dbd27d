"""Addresses of the screens of rooms."""

from django.urls import path

from . import views

WALL = "sessions/<int:pk>/wall/"

urlpatterns = [
    path(WALL, views.session_wall, name="session-wall"),
    path(f"{WALL}recall/", views.wall_recall, name="wall-recall"),
    path(f"{WALL}<str:letters>/", views.wall, name="wall"),
    path(f"{WALL}<str:letters>/live/", views.wall_live, name="wall-live"),
    path(f"{WALL}<str:letters>/code/", views.wall_code, name="wall-code"),
]
