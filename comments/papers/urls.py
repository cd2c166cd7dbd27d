"""Addresses of the papers after a hearing."""

from django.urls import path

from . import views

urlpatterns = [
    path("papers/", views.papers, name="papers"),
    path("papers/statistics/", views.hearing_statistics, name="hearing-statistics"),
    path("papers/forms/<str:key>/", views.paper_form, name="paper-form"),
    path("papers/forms/<str:key>/file/", views.paper_form_file, name="paper-form-file"),
]
