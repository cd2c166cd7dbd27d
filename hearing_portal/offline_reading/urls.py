"""Addresses of reading without a network."""

from django.urls import path

from . import views

urlpatterns = [
    path("service-worker.js", views.service_worker, name="service-worker"),
    path("offline/", views.offline_pages, name="offline-pages"),
]
