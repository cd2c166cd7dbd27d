"""Addresses where words are adopted, answers confirmed, published and objected to; the editor, the histories of
the draft, whose changes came from comments, and the looks at files and at older versions that would undo them."""

from django.urls import path

from manuals.drafting.urls import CLAUSE, SECTION
from manuals.drafting.views import (
    clause,
    cutting,
    dividing,
    states,
    step_table,
    structure,
)
from manuals.drafting.views import sections as drafted_sections
from manuals.importing.urls import PREVIEW
from manuals.importing.views import files
from manuals.versions.urls import VERSIONS
from manuals.versions.views import clauses, sections

from .presentation.causes import find_change_causes
from .presentation.promises import DraftingPromises
from .presentation.said_elsewhere import CommentsSaid
from .queries.adopted_words import (
    find_adopted_words,
    find_kept_decisions,
    find_words_decided_since,
)
from .views import answers, bench, clause_bench, objections, refusals

urlpatterns = [
    path("groups/<str:key>/answers/", answers.group_answers, name="group-answers"),
    path("groups/<str:key>/refusals/", refusals.group_refusals, name="group-refusals"),
    path(
        f"{SECTION}clauses/new/",
        clause.clause_new,
        {"promises": DraftingPromises()},
        name="clause-new",
    ),
    path(
        CLAUSE,
        clause.clause_edit,
        {
            "promises": DraftingPromises(),
            "find_adopted": find_adopted_words,
            "find_kept": find_kept_decisions,
        },
        name="clause-edit",
    ),
    path(
        f"{CLAUSE}split/",
        cutting.clause_split,
        {"promises": DraftingPromises()},
        name="clause-split",
    ),
    path(
        f"{CLAUSE}join/",
        cutting.clause_join,
        {
            "promises": DraftingPromises(),
            "said": CommentsSaid(),
            "find_kept": find_kept_decisions,
        },
        name="clause-join",
    ),
    path(
        f"{CLAUSE}move/",
        structure.clause_move,
        {"promises": DraftingPromises()},
        name="clause-move",
    ),
    path(
        f"{CLAUSE}retire/",
        structure.clause_retire,
        {
            "promises": DraftingPromises(),
            "find_adopted": find_adopted_words,
            "said": CommentsSaid(),
        },
        name="clause-retire",
    ),
    path(
        f"{CLAUSE}restore/",
        structure.clause_restore,
        {"find_adopted": find_adopted_words},
        name="clause-restore",
    ),
    path(
        f"{SECTION}retire/",
        drafted_sections.section_retire,
        {
            "promises": DraftingPromises(),
            "find_adopted": find_adopted_words,
            "said": CommentsSaid(),
        },
        name="section-retire",
    ),
    path(
        f"{SECTION}split/",
        dividing.section_split,
        {"promises": DraftingPromises()},
        name="section-split",
    ),
    path(
        f"{SECTION}join/",
        dividing.section_join,
        {"promises": DraftingPromises(), "said": CommentsSaid()},
        name="section-join",
    ),
    path(
        f"{SECTION}state/",
        states.drafting_state,
        {"promises": DraftingPromises()},
        name="drafting-state",
    ),
    path(
        f"{SECTION}steps/",
        step_table.step_table,
        {
            "promises": DraftingPromises(),
            "said": CommentsSaid(),
            "find_kept": find_kept_decisions,
        },
        name="step-table",
    ),
    path(
        PREVIEW,
        files.manual_files_preview,
        {"find_adopted": find_adopted_words},
        name="manual-files-preview",
    ),
    path(
        f"{SECTION}versions/",
        sections.section_versions,
        {"causes_of": find_change_causes},
        name="section-versions",
    ),
    path(
        f"{VERSIONS}<int:number>/restoration/",
        sections.section_restoration,
        {
            "find_decided": find_words_decided_since,
            "find_adopted": find_adopted_words,
            "said": CommentsSaid(),
            "promises": DraftingPromises(),
        },
        name="section-restoration",
    ),
    path(
        f"{SECTION}clauses/<uuid:clause_uuid>/versions/",
        clauses.clause_versions,
        {"causes_of": find_change_causes},
        name="clause-versions",
    ),
    path(
        "comments/<uuid:uuid>/adoption/",
        bench.comment_adoption,
        name="comment-adoption",
    ),
    path("clauses/<uuid:uuid>/bench/", clause_bench.clause_bench, name="clause-bench"),
    path(
        "clauses/<uuid:uuid>/bench/arrived/",
        clause_bench.clause_bench_arrived,
        name="clause-bench-arrived",
    ),
    path(
        "dispositions/<int:pk>/confirmation/",
        refusals.disposition_confirmation,
        name="disposition-confirmation",
    ),
    path(
        "dispositions/<int:pk>/drafting/",
        answers.disposition_drafting,
        name="disposition-drafting",
    ),
    path(
        "comments/<uuid:uuid>/objection/",
        objections.comment_objection,
        name="comment-objection",
    ),
]
