"""The comments of a group's queue, with what their rows count."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any, NamedTuple

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from hearing_portal.postgres.statements import (
    KeptRows,
    is_any_of,
    kept_statement,
    number_of_rows,
)
from manuals.edition_memory import kept_of_edition
from manuals.models import Edition, EditionEntry, Manual

from ...citations import cite_entry, with_section_title
from ...commenting.queries.comments import with_argument
from ...models import (
    AdviceRequest,
    Answer,
    Comment,
    Disposition,
    Hearing,
    Recommendation,
)
from .filters import (
    QueueFilter,
    QueuePlace,
    QueueState,
    comments_in_queue,
    is_in_state,
)


@dataclass(frozen=True, slots=True)
class QueuedRows(KeptRows[Comment]):
    """What a list of the queue shows; `comments` of its rows are comments, the others are replies to them."""

    comments: int


def find_queue(place: QueuePlace, kind: QueueFilter) -> QueuedRows:
    """The latest edition first, then in reading order; with visibility, entry, section title, objection, the group of
    those that say the same, and whether advice is awaited and there. One query for their numbers, one for a page."""
    [(number, comments)] = _count_queue(*place, kind=kind)
    find = partial(_find_part, place, kind)
    return QueuedRows(number, find, comments)


def _find_part(
    place: QueuePlace, kind: QueueFilter, start: int, stop: int
) -> list[Comment]:
    return _find_queue(*place, kind=kind, start=start, stop=stop)


@kept_statement
def _count_queue(
    hearing_id: int,
    group_id: int | None,
    place_id: int,
    user_id: int,
    assignee_id: int,
    argument_id: int,
    differing: list[int],
    *,
    kind: QueueFilter,
) -> QuerySet[Comment, tuple[int, ...]]:
    place = QueuePlace(
        hearing_id, group_id, place_id, user_id, assignee_id, argument_id, differing
    )
    rows = comments_in_queue(place, kind).order_by()
    return rows.values_list(
        number_of_rows(), number_of_rows("comments_comment.parent_id IS NULL")
    )


@kept_statement
def _find_queue(
    hearing_id: int,
    group_id: int | None,
    place_id: int,
    user_id: int,
    assignee_id: int,
    argument_id: int,
    differing: list[int],
    *,
    kind: QueueFilter,
    start: int,
    stop: int,
) -> QuerySet[Comment]:
    place = QueuePlace(
        hearing_id, group_id, place_id, user_id, assignee_id, argument_id, differing
    )
    comments = comments_in_queue(place, kind).select_related(
        "office", "entry__blob", "entry__manual", "objection"
    )
    comments = with_argument(with_section_title(comments, "entry__"))
    comments = comments.annotate(**_advice_flags())
    in_order = comments.order_by("-entry__edition", "entry__ordinal", "pk")
    return in_order[start:stop]


@cache
def _advice_flags() -> dict[str, Exists]:
    """`awaits_advice` and `has_advice`, of experts and the central bureau."""
    requests = AdviceRequest.objects.waiting().filter(comment=OuterRef("pk"))
    advice = Recommendation.objects.by_advisers().filter(comment=OuterRef("pk"))
    return {"awaits_advice": Exists(requests), "has_advice": Exists(advice)}


def find_queue_ids(place: QueuePlace, kind: QueueFilter) -> list[int]:
    """All that the filter leaves, on whichever page; replies left out. One query."""
    comments = comments_in_queue(place, kind).filter(parent__isnull=True)
    return list(comments.order_by("pk").values_list("pk", flat=True))


def find_current_dispositions(comments: Sequence[Comment]) -> dict[int, Disposition]:
    """{comment: what was decided on it, published or not}. One query."""
    answers = _find_current_answers([comment.pk for comment in comments])
    return {answer.comment_id: answer.disposition for answer in answers}


@kept_statement
def _find_current_answers(comment_ids: list[int]) -> QuerySet[Answer]:
    answers = Answer.objects.filter(is_any_of("comment", comment_ids), current=True)
    return answers.select_related("disposition")


@dataclass(frozen=True, slots=True)
class StateCounts:
    """How many are in each state, and how many comments there are in all: a reply is part of the talk on one, listed
    with them, and counted where it waits for something."""

    total: int
    by_state: dict[QueueState, int]


def count_states(place: QueuePlace, kind: QueueFilter) -> StateCounts:
    """Under the other filters of the queue, without what differs: that would need the tallies. One query."""
    others = replace(kind, state="", differs=False)
    [[total, *numbers]] = _count_states(*place, kind=others)
    return StateCounts(total, dict(zip(QueueState, numbers, strict=True)))


@kept_statement
def _count_states(
    hearing_id: int,
    group_id: int | None,
    place_id: int,
    user_id: int,
    assignee_id: int,
    argument_id: int,
    differing: list[int],
    *,
    kind: QueueFilter,
) -> QuerySet[Comment, tuple[int, ...]]:
    place = QueuePlace(
        hearing_id, group_id, place_id, user_id, assignee_id, argument_id, differing
    )
    comments = with_state_flags(comments_in_queue(place, kind), QueueState)
    counts = {state.value: count_flagged(state) for state in QueueState}
    # Of all together: grouped by what is the same for each
    together = comments.order_by().annotate(every=Value(1)).values("every")
    total = Count("pk", filter=Q(parent__isnull=True))
    return together.annotate(total=total, **counts).values_list("total", *counts)


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
    """An entry with comments, replies not counted. `title` is that of its section in its edition, or of the manual."""

    entry_id: int
    section_id: int | None
    citation: str
    title: str
    comments: int


def find_commented_entries(hearing: Hearing, manual: Manual) -> list[CommentedEntry]:
    """The latest edition first, in reading order. Two queries, one once this process has read the edition."""
    editions: dict[int, Edition] = {}
    counts: dict[int, dict[int, int]] = {}
    rows = _count_by_entry(hearing.pk, manual.pk)
    for entry_id, edition_id, sealed_at, manifest_sha, number in rows:
        if edition_id not in editions:
            editions[edition_id] = Edition(
                pk=edition_id, sealed_at=sealed_at, manifest_sha=manifest_sha
            )
        counts.setdefault(edition_id, {})[entry_id] = number
    commented = []
    for edition_id in sorted(counts, reverse=True):
        for entry in _cite_entries(editions[edition_id], manual.pk):
            number = counts[edition_id].get(entry.entry_id, 0)
            if number:
                title = entry.section_title or manual.title
                citation = entry.citation or manual.title
                commented.append(
                    CommentedEntry(
                        entry.entry_id, entry.section_id, citation, title, number
                    )
                )
    return commented


@kept_statement
def _count_by_entry(
    hearing_id: int, manual_id: int
) -> QuerySet[Comment, tuple[Any, ...]]:
    """The entry, what tells apart its edition, and how many comments it has."""
    comments = Comment.objects.filter(
        session__hearing=hearing_id, entry__manual=manual_id, parent__isnull=True
    )
    rows = comments.order_by().values_list(
        "entry",
        "entry__edition",
        "entry__edition__sealed_at",
        "entry__edition__manifest_sha",
    )
    return rows.annotate(number=Count("pk"))


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
