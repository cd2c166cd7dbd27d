"""Addresses of the overlap register."""

from django.urls import path

from .views import entering, overlap, register

urlpatterns = [
    path("overlaps/", register.overlaps, name="overlaps"),
    path("overlaps/new/", entering.overlap_new, name="overlap-new"),
    path("overlaps/matrix/", register.overlap_matrix, name="overlap-matrix"),
    path("overlaps/agencies/", register.overlap_agencies, name="overlap-agencies"),
    path(
        "overlaps/suggestions/",
        entering.overlap_suggestions,
        name="overlap-suggestions",
    ),
    path(
        "overlaps/suggestions/dismissals/",
        entering.overlap_dismissals,
        name="overlap-dismissals",
    ),
    path("overlaps/<uuid:uuid>/", overlap.overlap, name="overlap"),
    path("overlaps/<uuid:uuid>/edit/", overlap.overlap_edit, name="overlap-edit"),
    path(
        "overlaps/<uuid:uuid>/comments/",
        overlap.overlap_comments,
        name="overlap-comments",
    ),
    path(
        "overlaps/<uuid:uuid>/resolution/",
        overlap.overlap_resolution,
        name="overlap-resolution",
    ),
    path(
        "overlaps/<uuid:uuid>/reopening/",
        overlap.overlap_reopening,
        name="overlap-reopening",
    ),
    path(
        "overlaps/<uuid:uuid>/changes/",
        overlap.overlap_changes,
        name="overlap-changes",
    ),
]
