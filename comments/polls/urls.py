"""Addresses of a session's shows of hands."""

from django.urls import path

from . import views

POLLS = "sessions/<int:pk>/hands/"

urlpatterns = [
    path(POLLS, views.polls, name="polls"),
    path(f"{POLLS}<int:poll_id>/vote/", views.poll_vote, name="poll-vote"),
    path(f"{POLLS}<int:poll_id>/offices/", views.poll_recorded, name="poll-recorded"),
    path(f"{POLLS}<int:poll_id>/end/", views.poll_end, name="poll-end"),
]
