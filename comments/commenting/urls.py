"""Addresses for commenting."""

from django.urls import path

from .views import comments, composing, lists, supporting

urlpatterns = [
    path(
        "entries/<int:entry_id>/comments/",
        composing.entry_comments,
        name="entry-comments",
    ),
    path(
        "entries/<int:entry_id>/comments/new/",
        composing.comment_new,
        name="comment-new",
    ),
    path("wording-diffs/", composing.wording_diffs, name="wording-diffs"),
    path("similar-comments/", composing.similar_comments, name="similar-comments"),
    path("comments/<uuid:uuid>/", comments.comment, name="comment"),
    path("comments/<uuid:uuid>/edit/", comments.comment_edit, name="comment-edit"),
    path(
        "comments/<uuid:uuid>/withdrawal/",
        comments.comment_withdrawal,
        name="comment-withdrawal",
    ),
    path(
        "comments/<uuid:uuid>/replies/",
        comments.comment_replies,
        name="comment-replies",
    ),
    path(
        "comments/<uuid:uuid>/support/",
        supporting.comment_support,
        name="comment-support",
    ),
    path(
        "comments/<uuid:uuid>/support-withdrawal/",
        supporting.comment_support_withdrawal,
        name="comment-support-withdrawal",
    ),
    path("my-comments/", lists.my_comments, name="my-comments"),
    path("office-comments/", lists.office_comments, name="office-comments"),
    path("groups/<str:key>/comments/", lists.group_comments, name="group-comments"),
]
