"""Addresses of comments that say the same."""

from django.urls import path

from . import views

urlpatterns = [
    path(
        "groups/<str:key>/duplicates/", views.group_duplicates, name="group-duplicates"
    ),
    path(
        "groups/<str:key>/duplicates/grouping/",
        views.duplicates_grouping,
        name="duplicates-grouping",
    ),
    path(
        "groups/<str:key>/duplicates/separation/",
        views.duplicates_separation,
        name="duplicates-separation",
    ),
]
