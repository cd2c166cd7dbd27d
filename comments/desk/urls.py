"""Addresses of the queue and of the acts done there."""

from django.urls import path

from . import rulings, views

urlpatterns = [
    path("queue/", views.queue, name="queue"),
    path("groups/<str:key>/queue/", views.group_queue, name="group-queue"),
    path("groups/<str:key>/queue/visibility/", views.bulk_visibility, name="queue-visibility"),
    path("groups/<str:key>/queue/disposition/", rulings.group_disposition, name="queue-disposition"),
    path("comments/<uuid:uuid>/visibility/", views.comment_visibility, name="comment-visibility"),
    path("comments/<uuid:uuid>/issue-class/", views.comment_issue_class, name="comment-issue-class"),
    path("comments/<uuid:uuid>/recommendation/", views.comment_recommendation, name="comment-recommendation"),
    path("comments/<uuid:uuid>/disposition/", rulings.comment_disposition, name="comment-disposition"),
]
