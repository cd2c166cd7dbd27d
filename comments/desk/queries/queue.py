"""The comments of a group's queue, with what their rows count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from manuals.edition_memory import kept_of_edition
from manuals.models import Edition, EditionEntry, Manual

from ...citations import cite_entry, with_section_title
from ...models import Answer, Comment, Disposition, Hearing, Support
from .filters import (
    QueueFilter,
    QueueState,
    comments_at_desk,
    filter_comments,
    is_in_state,
)


def find_queue(
    hearing: Hearing, group: WorkGroup | None, chosen: QueueFilter, user: User
) -> QuerySet[Comment]:
    """The latest edition first, then in reading order; with visibility, entry, section title and objection."""
    comments = filter_comments(comments_at_desk(hearing, group), chosen, user)
    comments = comments.select_related(
        "office", "entry__blob", "entry__manual", "objection"
    )
    comments = with_section_title(comments, "entry__")
    return comments.order_by("-entry__edition", "entry__ordinal", "pk")


def find_current_dispositions(comments: Sequence[Comment]) -> dict[int, Disposition]:
    """{comment: what was decided on it, published or not}. One query."""
    answers = Answer.objects.filter(comment__in=comments, current=True).select_related(
        "disposition"
    )
    return {answer.comment_id: answer.disposition for answer in answers}


class OfficesBehind(NamedTuple):
    """How many offices stand behind a comment: its own and those that support it."""

    primary: int
    secondary: int


def count_offices_behind(comments: Sequence[Comment]) -> dict[int, OfficesBehind]:
    """{comment: offices behind it}. One query."""
    offices: dict[int, dict[int, str | None]] = {}  # {comment: {office: its kind}}
    for comment in comments:
        own = offices.setdefault(comment.pk, {})
        if comment.office_id is not None:
            own[comment.office_id] = comment.office_kind
    supports = Support.objects.active().filter(comment__in=comments)
    for comment_id, office_id, kind in supports.values_list(
        "comment_id", "office_id", "office__kind"
    ):
        # An office that supports its own comment counts once
        offices[comment_id].setdefault(office_id, kind)
    counts = {}
    for comment_id, kinds in offices.items():
        behind = list(kinds.values())
        counts[comment_id] = OfficesBehind(
            primary=behind.count(AreaOffice.Kind.PRIMARY),
            secondary=behind.count(AreaOffice.Kind.SECONDARY),
        )
    return counts


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many comments are in each state, and how many there are in all."""

    total: int
    by_state: dict[QueueState, int]


def count_states(
    hearing: Hearing, group: WorkGroup | None, chosen: QueueFilter, user: User
) -> StateCounts:
    """Under the other filters of the queue, without what differs: that would need the tallies. One query."""
    others = replace(chosen, state="", differs=False)
    comments = filter_comments(comments_at_desk(hearing, group), others, user)
    flagged = with_state_flags(comments, QueueState).order_by()
    counts = {state.value: count_flagged(state) for state in QueueState}
    numbers = flagged.aggregate(total=Count("pk"), **counts)
    return StateCounts(
        numbers["total"], {state: numbers[state] for state in QueueState}
    )


def with_state_flags(
    comments: QuerySet[Comment], states: Iterable[QueueState]
) -> QuerySet[Comment]:
    """Adds `is_STATE` for each of the states."""
    flags = {f"is_{state}": is_in_state(state) for state in states}
    return comments.annotate(**flags)


def count_flagged(state: QueueState) -> Count:
    """How many rows of `with_state_flags` are in the state."""
    return Count("pk", filter=Q(**{f"is_{state}": True}))


@dataclass(frozen=True, slots=True)
class CommentedEntry:
    """An entry with comments. `title` is that of its section in its edition, or of the manual."""

    entry_id: int
    section_id: int | None
    citation: str
    title: str
    comments: int


def find_commented_entries(hearing: Hearing, manual: Manual) -> list[CommentedEntry]:
    """The latest edition first, in reading order. Two queries, one once this process has read the edition."""
    comments = Comment.objects.filter(
        session__hearing=hearing, entry__manual=manual
    ).order_by()
    rows = comments.values_list(
        "entry",
        "entry__edition",
        "entry__edition__sealed_at",
        "entry__edition__manifest_sha",
    )
    counts: dict[Edition, dict[int, int]] = {}
    for entry_id, edition_id, sealed_at, manifest_sha, number in rows.annotate(
        number=Count("pk")
    ):
        edition = Edition(pk=edition_id, sealed_at=sealed_at, manifest_sha=manifest_sha)
        counts.setdefault(edition, {})[entry_id] = number
    commented = []
    for edition in sorted(counts, key=lambda edition: edition.pk, reverse=True):
        for entry in _cite_entries(edition, manual.pk):
            number = counts[edition].get(entry.entry_id, 0)
            if number:
                title = entry.section_title or manual.title
                citation = entry.citation or manual.title
                commented.append(
                    CommentedEntry(
                        entry.entry_id, entry.section_id, citation, title, number
                    )
                )
    return commented


class CitedEntry(NamedTuple):
    """How an entry is cited; what a manual is called may change, so its own is cited by nothing here."""

    entry_id: int
    section_id: int | None
    section_title: str
    citation: str


@kept_of_edition
def _cite_entries(edition: Edition, manual_id: int) -> Sequence[CitedEntry]:
    entries = (
        edition.entries.filter(manual=manual_id)
        .select_related("blob")
        .order_by("ordinal")
    )
    cited = []
    for entry in with_section_title(entries):
        citation = "" if entry.kind == EditionEntry.Kind.MANUAL else cite_entry(entry)
        cited.append(
            CitedEntry(entry.pk, entry.section_id, entry.section_title or "", citation)
        )
    return cited
