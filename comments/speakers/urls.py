"""The address where a facilitator types in for a speaker."""

from django.urls import path

from . import views

urlpatterns = [
    path(
        "sessions/<int:pk>/speakers/", views.session_speakers, name="session-speakers"
    ),
]
