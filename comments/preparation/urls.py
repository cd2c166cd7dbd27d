"""The address of the checklist of a hearing."""

from django.urls import path

from . import views

urlpatterns = [
    path("desk/preparation/", views.preparation, name="preparation"),
    path("desk/preparation/shipped-lists/", views.shipped_lists, name="shipped-lists"),
]
