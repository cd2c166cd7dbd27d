"""Addresses of the desks of facilitators and drafters: the queue, decisions, answers, sessions."""

from django.urls import path

from ..views import deciding, moderating, sessions

urlpatterns = [
    path("queue/", moderating.queue, name="queue"),
    path("groups/<str:key>/queue/", moderating.group_queue, name="group-queue"),
    path("groups/<str:key>/queue/visibility/", moderating.bulk_visibility, name="queue-visibility"),
    path("groups/<str:key>/queue/disposition/", deciding.group_disposition, name="queue-disposition"),
    path("groups/<str:key>/answers/", deciding.group_answers, name="group-answers"),
    path("groups/<str:key>/unplaced/", sessions.group_unplaced, name="group-unplaced"),
    path("comments/<uuid:uuid>/visibility/", moderating.comment_visibility, name="comment-visibility"),
    path("comments/<uuid:uuid>/issue-class/", moderating.comment_issue_class, name="comment-issue-class"),
    path("comments/<uuid:uuid>/recommendation/", moderating.comment_recommendation, name="comment-recommendation"),
    path("comments/<uuid:uuid>/disposition/", deciding.comment_disposition, name="comment-disposition"),
    path("comments/<uuid:uuid>/adoption/", deciding.comment_adoption, name="comment-adoption"),
    path("comments/<uuid:uuid>/history/", sessions.comment_history, name="comment-history"),
    path("comments/<uuid:uuid>/author/", sessions.comment_author, name="comment-author"),
    path("dispositions/<int:pk>/confirmation/", deciding.disposition_confirmation, name="disposition-confirmation"),
    path("dispositions/<int:pk>/drafting/", deciding.disposition_drafting, name="disposition-drafting"),
    path("sessions/<int:pk>/", sessions.session, name="session"),
    path("sessions/<int:pk>/state/", sessions.session_state, name="session-state"),
    path("sessions/<int:pk>/discussion/", sessions.session_discussion, name="session-discussion"),
    path("sessions/<int:pk>/speakers/", sessions.session_speakers, name="session-speakers"),
]
