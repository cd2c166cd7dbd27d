"""Addresses of what a hearing came to: the whole, and each group."""

from django.urls import path

from . import views

urlpatterns = [
    path("overview/", views.hearing_overview, name="hearing-overview"),
    path(
        "groups/<str:key>/conclusion/", views.group_conclusion, name="group-conclusion"
    ),
]
