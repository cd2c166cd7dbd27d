"""Addresses of the manuals themselves."""

from django.urls import path

from .views import verifying

urlpatterns = [
    path("verify/", verifying.verify, name="verify"),
    path("verify/<str:code>/", verifying.verify, name="verify"),
]
