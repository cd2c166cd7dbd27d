"""Addresses where a facilitator takes in what offices sent back."""

from django.urls import path

from . import views

urlpatterns = [
    path(
        "sessions/<int:pk>/returned-copies/",
        views.returned_copies,
        name="returned-copies",
    ),
    path(
        "sessions/<int:pk>/returned-copies/<uuid:uuid>/",
        views.returned_copies_preview,
        name="returned-copies-preview",
    ),
    path(
        "sessions/<int:pk>/returned-copies/<uuid:uuid>/<int:number>/",
        views.returned_copy_items,
        name="returned-copy-items",
    ),
]
