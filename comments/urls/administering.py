"""Addresses for administering."""

urlpatterns = []
