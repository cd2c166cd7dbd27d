"""Addresses of what is new for a person, and of the portal's mail."""

from django.urls import path

from . import views

urlpatterns = [
    path("notices/", views.notices, name="notices"),
    path("desk/mail/", views.mail, name="mail"),
]
