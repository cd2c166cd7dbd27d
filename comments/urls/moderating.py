"""Addresses for moderating."""

urlpatterns = []
