"""Addresses of who gives advice."""

from django.urls import path

from . import views

urlpatterns = [path("advice/", views.advice, name="advice")]
