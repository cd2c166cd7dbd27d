"""Addresses where a hearing and its sessions are announced, read and run."""

from django.urls import path

from .views import (
    announcing,
    documents,
    following,
    group_session,
    group_sessions,
    hearing_page,
    running,
    together,
)

urlpatterns = [
    path("hearings/<str:key>/", hearing_page.hearing, name="hearing"),
    path(
        "hearings/<str:key>/groups/<str:manual_key>/session/",
        group_session.group_session,
        name="group-session",
    ),
    path(
        "hearings/<str:key>/groups/<str:manual_key>/session/live/",
        following.group_session_live,
        name="group-session-live",
    ),
    path(
        "hearings/<str:key>/documents/<int:pk>/",
        documents.hearing_document,
        name="hearing-document",
    ),
    path("desk/hearing/", announcing.hearing_desk, name="hearing-desk"),
    path("desk/hearings/new/", announcing.hearing_new, name="hearing-new"),
    path("desk/hearings/<str:key>/", announcing.hearing_desk, name="hearing-edit"),
    path(
        "desk/hearings/<str:key>/documents/",
        documents.hearing_documents,
        name="hearing-documents",
    ),
    path(
        "desk/hearing/documents/<int:pk>/removal/",
        documents.document_removal,
        name="hearing-document-removal",
    ),
    path(
        "desk/hearing/sessions/groups/",
        group_sessions.group_sessions,
        name="group-sessions",
    ),
    path("desk/hearing/sessions/new/", announcing.session_new, name="session-new"),
    path(
        "desk/hearing/sessions/<int:pk>/", announcing.session_edit, name="session-edit"
    ),
    path(
        "desk/hearing/sessions/states/",
        together.all_session_states,
        name="all-session-states",
    ),
    path("sessions/<int:pk>/", running.session, name="session"),
    path("sessions/<int:pk>/timer/", running.session_timer, name="session-timer"),
    path("sessions/<int:pk>/live/", following.session_live, name="session-live"),
    path("sessions/<int:pk>/state/", running.session_state, name="session-state"),
    path(
        "sessions/<int:pk>/extension/",
        running.session_extension,
        name="session-extension",
    ),
    path(
        "sessions/<int:pk>/discussion/",
        running.session_discussion,
        name="session-discussion",
    ),
]
