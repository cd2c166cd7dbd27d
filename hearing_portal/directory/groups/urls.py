"""Addresses of the administrators' desk of work groups."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/groups/", views.work_groups, name="work-groups"),
    path("desk/groups/new/", views.work_group_new, name="work-group-new"),
    path("desk/groups/<slug:key>/", views.work_group, name="work-group"),
    path(
        "desk/groups/<slug:key>/removal/",
        views.work_group_removal,
        name="work-group-removal",
    ),
]
