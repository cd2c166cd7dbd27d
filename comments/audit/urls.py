"""Addresses of the log of acts, and of one comment's history."""

from django.urls import path

from .views import history, log

urlpatterns = [
    path("desk/audit/", log.audit, name="audit"),
    path(
        "comments/<uuid:uuid>/history/", history.comment_history, name="comment-history"
    ),
    path("comments/<uuid:uuid>/author/", history.comment_author, name="comment-author"),
]
