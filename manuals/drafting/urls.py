"""Addresses of the working draft."""

from django.urls import path

from .views import (
    clause,
    law_replacements,
    reading,
    sections,
    step_table,
    structure,
    titles,
)

SECTION = "groups/<str:key>/drafts/<uuid:uuid>/"
CLAUSE = f"{SECTION}clauses/<uuid:clause_uuid>/"

urlpatterns = [
    path("groups/<str:key>/drafts/", reading.manual_draft, name="manual-draft"),
    path(
        "groups/<str:key>/drafts/law/",
        law_replacements.law_replacements,
        name="law-replacements",
    ),
    path(SECTION, reading.draft, name="draft"),
    path(f"{CLAUSE}shift/", structure.clause_shift, name="clause-shift"),
    path(f"{SECTION}undo/", structure.section_undo, name="section-undo"),
    path("groups/<str:key>/drafts/new/", sections.section_new, name="section-new"),
    path("groups/<str:key>/drafts/titles/", titles.manual_titles, name="manual-titles"),
    path(f"{SECTION}facts/", sections.section_facts, name="section-facts"),
    path(f"{SECTION}shift/", sections.section_shift, name="section-shift"),
    path(f"{SECTION}move/", sections.section_move, name="section-move"),
    path(f"{SECTION}restore/", sections.section_restore, name="section-restore"),
    path(f"{SECTION}steps/chart/", step_table.step_chart, name="step-chart"),
    path(f"{SECTION}buffers/<uuid:subject>/", clause.draft_buffer, name="draft-buffer"),
]
