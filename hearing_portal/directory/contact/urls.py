"""Addresses of the contact and of the privacy notice, to read and to write."""

from django.urls import path

from . import views

urlpatterns = [
    path("contact/", views.contact, name="contact"),
    path("privacy/", views.privacy, name="privacy"),
    path("desk/contact/", views.contact_edit, name="contact-edit"),
    path("desk/privacy/", views.privacy_edit, name="privacy-edit"),
]
