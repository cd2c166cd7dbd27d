"""The address of what the meeting has considered."""

from django.urls import path

from . import views

urlpatterns = [path("considered/", views.considered, name="considered")]
