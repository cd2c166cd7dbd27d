"""Addresses of the log of acts, and of one comment's history."""

from django.urls import path

from . import history_views, views

urlpatterns = [
    path("desk/audit/", views.audit, name="audit"),
    path("comments/<uuid:uuid>/history/", history_views.comment_history, name="comment-history"),
    path("comments/<uuid:uuid>/author/", history_views.comment_author, name="comment-author"),
]
