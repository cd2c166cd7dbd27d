"""Addresses of what those who draft tell each other."""

from django.urls import path

from .views import notes

SECTION = "groups/<str:key>/drafts/<uuid:uuid>/"
NOTES = f"{SECTION}clauses/<uuid:clause_uuid>/notes/"

urlpatterns = [
    path(NOTES, notes.team_notes, name="team-notes"),
    path(f"{NOTES}<uuid:note_uuid>/answers/", notes.note_answers, name="note-answers"),
    path(
        f"{NOTES}<uuid:note_uuid>/settlement/",
        notes.note_settlement,
        name="note-settlement",
    ),
]
