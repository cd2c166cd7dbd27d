"""The page of one overlap: its sides beside each other, what shows it, how it was settled, what it changed."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from hearing_portal.directory.permissions import Visitor, load_roles
from manuals.models import ClauseChange
from manuals.permissions import can_read_draft
from manuals.reading.names import part_name

from ...citations import cite_in_section
from ...models import Comment, Overlap
from ...permissions import can_keep_overlaps, can_resolve_overlap, can_see_hidden_text
from ..queries.evidence import (
    find_change_candidates,
    find_evidence_comments,
    find_overlap_changes,
)
from ..words import KIND_MEANINGS, say_resolution
from .sides import ShownSide, load_sides, mark_sides
from .suggestions import ShownPair, load_shown_pairs


@dataclass(frozen=True, slots=True)
class ShownComment:
    """`text` is "" for a hidden one whose words this reader may not see."""

    comment: Comment
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownChange:
    id: int
    words: str
    at: datetime
    reason: str
    url: str = ""


@dataclass(frozen=True)
class OverlapPage:
    overlap: Overlap
    first: ShownSide
    second: ShownSide
    comments: list[ShownComment]
    pairs: list[ShownPair]
    changes: list[ShownChange]
    candidates: list[ShownChange]
    may_keep: bool
    may_resolve: bool

    @property
    def meaning(self) -> str:
        return KIND_MEANINGS[Overlap.Kind(self.overlap.kind)]

    @property
    def resolution(self) -> str:
        return say_resolution(self.overlap)

    @property
    def has_words(self) -> bool:
        return bool(self.first.words or self.second.words)

    @property
    def who_resolves(self) -> str:
        """For somebody who may not."""
        if len(self.overlap.groups) > 1:
            return "เรื่องระหว่างสองกลุ่มงาน ผู้ดูแลระบบเป็นผู้บันทึกข้อยุติ"
        return "คณะทำงานยกร่างของกลุ่มงานหรือผู้ดูแลระบบเป็นผู้บันทึกข้อยุติ"


def load_overlap_page(overlap: Overlap, user: Visitor) -> OverlapPage:
    """Of a row of `find_overlap`. Eight queries at most."""
    may_keep = can_keep_overlaps(user, overlap.groups)
    sides = load_sides(user, [overlap])
    first, second = mark_sides(sides[overlap.pk])
    changes: list[ClauseChange] = []
    if (
        may_keep or overlap.is_resolved
    ):  # of what is open, changes would tell the answers
        changes = find_overlap_changes(overlap, published_only=not may_keep)
    candidates: list[ClauseChange] = []
    if may_keep:
        readable = []
        for change in find_change_candidates(overlap, changes):
            if can_read_draft(user, change.clause.section.manual.work_group):
                readable.append(change)
        candidates = readable
    pairs = overlap.pairs.select_related(
        "blob_a",
        "blob_b",
        "clause_a__section__manual__work_group",
        "clause_b__section__manual__work_group",
    )
    return OverlapPage(
        overlap,
        first,
        second,
        [
            show_evidence_comment(row, user)
            for row in find_evidence_comments(user, overlap)
        ],
        load_shown_pairs(user, pairs),
        [show_change(change, user) for change in changes],
        [show_change(change, user) for change in candidates],
        may_keep,
        bool(load_roles(user).rows) and can_resolve_overlap(user, overlap),
    )


def show_evidence_comment(comment: Comment, user: Visitor) -> ShownComment:
    text = comment.text
    if comment.is_hidden and not can_see_hidden_text(user, comment):
        text = ""
    return ShownComment(comment, cite_in_section(comment.entry), text)


def show_change(change: ClauseChange, user: Visitor) -> ShownChange:
    clause = change.clause
    section = clause.section
    url = ""
    if can_read_draft(user, section.manual.work_group):
        url = reverse(
            "clause-versions", args=[section.manual.key, section.uuid, clause.uuid]
        )
    words = f"{change.get_kind_display()} {section.title} {part_name(clause.part)}"
    return ShownChange(
        change.pk, words.strip(), change.revision.date_created, change.reason, url
    )
