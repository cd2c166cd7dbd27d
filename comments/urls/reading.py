"""Addresses for reading: the notice, a group, a process."""

from django.urls import path

from ..views import reading

urlpatterns = [
    path("", reading.home, name="home"),
    path("groups/<str:key>/", reading.group, name="group"),
    path("groups/<str:key>/processes/<uuid:uuid>/", reading.process, name="process"),
]
