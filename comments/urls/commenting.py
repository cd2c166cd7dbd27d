"""Addresses for commenting."""

urlpatterns = []
