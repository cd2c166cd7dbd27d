"""Addresses of setting up an empty portal."""

from django.urls import path

from . import views

urlpatterns = [
    path("setup/", views.setup, name="setup"),
    path("setup/<str:token>/", views.first_admin, name="first-admin"),
]
