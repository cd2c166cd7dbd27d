"""Addresses of the administrators' desk of offices."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/offices/", views.offices, name="offices"),
    path("desk/offices/new/", views.office_new, name="office-new"),
    path("desk/offices/<slug:key>/", views.office, name="office"),
]
