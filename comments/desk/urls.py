"""Addresses of the queue and of the acts done there."""

from django.urls import path

from hearing_portal.directory.sign_in.views import sign_out

from .presentation.drafting import tell_unsaved
from .views import (
    advice_request,
    assignment,
    drafting,
    issue_class,
    noting,
    queue,
    recommendation,
    ruling,
    visibility,
)

urlpatterns = [
    path("drafting/", drafting.drafting, name="drafting"),
    path("sign-out/", sign_out, {"tell_kept": tell_unsaved}, name="sign-out"),
    path("queue/", queue.queue, name="queue"),
    path("groups/<str:key>/queue/", queue.group_queue, name="group-queue"),
    path(
        "groups/<str:key>/queue/visibility/",
        visibility.bulk_visibility,
        name="queue-visibility",
    ),
    path(
        "groups/<str:key>/queue/disposition/",
        ruling.group_disposition,
        name="queue-disposition",
    ),
    path(
        "groups/<str:key>/queue/assignment/",
        assignment.bulk_assignment,
        name="queue-assignment",
    ),
    path("groups/<str:key>/queue/noting/", noting.bulk_noting, name="queue-noting"),
    path("comments/<uuid:uuid>/noting/", noting.comment_noting, name="comment-noting"),
    path(
        "comments/<uuid:uuid>/visibility/",
        visibility.comment_visibility,
        name="comment-visibility",
    ),
    path(
        "comments/<uuid:uuid>/issue-class/",
        issue_class.comment_issue_class,
        name="comment-issue-class",
    ),
    path(
        "comments/<uuid:uuid>/recommendation/",
        recommendation.comment_recommendation,
        name="comment-recommendation",
    ),
    path(
        "comments/<uuid:uuid>/advice-request/",
        advice_request.comment_advice_request,
        name="comment-advice-request",
    ),
    path(
        "advice-requests/<int:pk>/recall/",
        advice_request.advice_recall,
        name="advice-recall",
    ),
    path(
        "comments/<uuid:uuid>/disposition/",
        ruling.comment_disposition,
        name="comment-disposition",
    ),
]
