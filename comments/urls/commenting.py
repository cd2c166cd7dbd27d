"""Addresses for commenting."""

from django.urls import path

from ..views import comment_lists, commenting

urlpatterns = [
    path("entries/<int:entry_id>/comments/", commenting.entry_comments, name="entry-comments"),
    path("entries/<int:entry_id>/comments/new/", commenting.comment_new, name="comment-new"),
    path("wording-diffs/", commenting.wording_diffs, name="wording-diffs"),
    path("similar-comments/", commenting.similar_comments, name="similar-comments"),
    path("comments/<uuid:uuid>/", commenting.comment, name="comment"),
    path("comments/<uuid:uuid>/edit/", commenting.comment_edit, name="comment-edit"),
    path("comments/<uuid:uuid>/withdrawal/", commenting.comment_withdrawal, name="comment-withdrawal"),
    path("comments/<uuid:uuid>/support/", commenting.comment_support, name="comment-support"),
    path(
        "comments/<uuid:uuid>/support-withdrawal/",
        commenting.comment_support_withdrawal,
        name="comment-support-withdrawal",
    ),
    path("comments/<uuid:uuid>/replies/", commenting.comment_replies, name="comment-replies"),
    path("comments/<uuid:uuid>/objection/", commenting.comment_objection, name="comment-objection"),
    path("my-comments/", comment_lists.my_comments, name="my-comments"),
    path("office-comments/", comment_lists.office_comments, name="office-comments"),
    path("groups/<str:key>/comments/", comment_lists.group_comments, name="group-comments"),
]
