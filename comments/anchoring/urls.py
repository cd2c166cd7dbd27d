"""The address of comments without a place."""

from django.urls import path

from . import views

urlpatterns = [
    path("groups/<str:key>/unplaced/", views.group_unplaced, name="group-unplaced"),
]
