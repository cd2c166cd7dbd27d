"""Addresses of the matrix."""

from django.urls import path

from . import views

urlpatterns = [
    path("matrix/", views.matrix, name="matrix"),
    path("matrix/exports/", views.matrix_exports, name="matrix-exports"),
    path("matrix/files/", views.matrix_files, name="matrix-files"),
    path("matrix/files/<str:token>/", views.matrix_file, name="matrix-file"),
]
