"""Addresses of the manuals themselves."""

urlpatterns = []
