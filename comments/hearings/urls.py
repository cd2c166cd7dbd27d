"""Addresses where a hearing and its sessions are announced and run."""

from django.urls import path

from .views import announcing, running

urlpatterns = [
    path("desk/hearing/", announcing.hearing_desk, name="hearing-desk"),
    path("desk/hearing/sessions/new/", announcing.session_new, name="session-new"),
    path("desk/hearing/sessions/<int:pk>/", announcing.session_edit, name="session-edit"),
    path("sessions/<int:pk>/", running.session, name="session"),
    path("sessions/<int:pk>/state/", running.session_state, name="session-state"),
    path("sessions/<int:pk>/discussion/", running.session_discussion, name="session-discussion"),
]
