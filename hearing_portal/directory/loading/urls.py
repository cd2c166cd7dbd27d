"""The address where the directory that comes with the portal is looked at and loaded."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/directory/shipped/", views.directory_shipped, name="directory-shipped"),
]
