"""Addresses for reading."""

urlpatterns = []
