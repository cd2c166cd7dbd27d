"""What the book prints beside a changed clause: which comments caused the change, and why."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from django.db.models import Prefetch, Q
from django.urls import reverse

from manuals.models import Clause, Edition

from ...commenting.queries.offices import (
    Offices,
    count_together,
    find_offices_behind,
)
from ...models import ChangeCause, Comment
from ...standing.queries.counted_causes import answers_in_force, find_counted_causes
from ...standing.queries.fallen_words import judge_causes

type Note = tuple[str, str, str]  # (number, text, url)
type Notes = dict[str, list[Note]]  # {clause uuid: its notes}
type Reasons = dict[str, dict[str, str]]  # {clause uuid: {number of a note: why}}
NUMBERS_SHOWN = 3  # comments that a note names by their numbers
# Stands for the place of a clause that left: after every other
NOT_IN_EDITION = 1_000_000_000


def notes_and_reasons(edition: Edition, group: str = "") -> tuple[Notes, Reasons]:
    """Those of all groups, or of the clauses that stand, or stood, in the manual of one. Only published answers that
    were in force when the edition was sealed, and only changes made since its basis was whose words stood then. What
    was joined or divided since is told of the clauses that bear its words.
    Numbers run within a process, so that one more change never touches the pages of another."""
    notes: Notes = {}
    reasons: Reasons = {}
    numbers: Counter[int | None] = Counter()
    placed = _find_published_causes(edition, group)
    behind = _find_offices([each.cause for each in placed])
    for cause, clause, section_id in placed:
        uuid = str(clause.uuid)
        numbers[section_id] += 1
        number = str(numbers[section_id])
        # Where the whole chain stands: words before and after, comments, reason
        url = reverse("clause-chain", args=[edition.code, uuid])
        note = (number, _note_text(_comments_of(cause), behind), url)
        notes.setdefault(uuid, []).append(note)
        if cause.reason:
            reasons.setdefault(uuid, {})[number] = cause.reason
    return notes, reasons


def _comments_of(cause: ChangeCause) -> list[Comment]:
    """In their order."""
    return [answer.comment for answer in cause.disposition.answers.all()]


def _find_offices(causes: Sequence[ChangeCause]) -> dict[int, Offices]:
    """{comment: the offices behind it} of all that led to a change. One query."""
    comments = {each.pk: each for cause in causes for each in _comments_of(cause)}
    return find_offices_behind(list(comments.values()))


class PlacedCause(NamedTuple):
    """A cause, and a clause in which stood what its change did, in the section where the edition has it: of one that
    left, where its change was."""

    cause: ChangeCause
    clause: Clause
    section_id: int | None


def _find_published_causes(edition: Edition, group: str) -> list[PlacedCause]:
    """Of the answers that were in force when the edition was sealed, in its reading order; clauses that left it come
    last."""
    sealed_at = edition.seal.at
    window = Q(change__revision__date_created__lte=sealed_at)
    if edition.basis is not None:
        window &= Q(change__revision__date_created__gt=edition.basis.sealed_at)
    answers = answers_in_force(sealed_at)
    causes = (
        find_counted_causes(answers)
        .filter(window, disposition__publication__isnull=False)
        .select_related(
            *("change__clause", "change__from_blob", "change__to_blob"),
            *("disposition", "carried_from__disposition"),
        )
        .prefetch_related(
            Prefetch("disposition__answers", answers.select_related("comment"))
        )
        .order_by("change_id", "pk")
    )
    clauses = edition.entries.filter(kind="clause")
    if group:
        of_group = clauses.filter(manual__key=group).values("clause_id")
        left = Q(change__clause__section__manual__key=group) & ~Q(
            change__clause__in=clauses.values("clause_id")
        )
        causes = causes.filter(Q(change__clause__in=of_group) | left)
    ordinals = {}
    sections = {}
    for pk, ordinal, section in clauses.values_list(
        "clause_id", "ordinal", "section_id"
    ):
        ordinals[pk] = ordinal
        sections[pk] = section
    told = _leave_one_of_a_clause(causes)
    judged = judge_causes([cause.pk for cause in told], sealed_at, answers)
    placed = []
    for cause in judged.keep(told):
        for clause in judged.find_bearers(cause):
            change = cause.change
            stood_in = change.to_section_id or change.from_section_id
            section_id = sections.get(clause.pk, stood_in)
            placed.append(PlacedCause(cause, clause, section_id))
    return sorted(placed, key=lambda each: ordinals.get(each.clause.pk, NOT_IN_EDITION))


def _leave_one_of_a_clause(causes: Iterable[ChangeCause]) -> list[ChangeCause]:
    """Without what a decision took over from the answer of before, where it changed the clause once more itself: its
    reason stands there already."""
    rows = list(causes)
    own = set()
    for cause in rows:
        if cause.carried_from_id is None:
            own.add((cause.disposition_id, cause.change.clause_id))
    kept = []
    for cause in rows:
        place = (cause.disposition_id, cause.change.clause_id)
        if cause.carried_from_id is None or place not in own:
            kept.append(cause)
    return kept


def _note_text(comments: Sequence[Comment], behind: Mapping[int, Offices]) -> str:
    """Which comments, and how many offices of each kind: both are named, even when one is 0."""
    if not comments:
        return "ตามผลการพิจารณา"
    offices = count_together(behind[comment.pk] for comment in comments)
    numbers = ", ".join(str(comment.pk) for comment in comments[:NUMBERS_SHOWN])
    if len(comments) > NUMBERS_SHOWN:
        numbers += f" และอีก {len(comments) - NUMBERS_SHOWN} เรื่อง"
    return f"ตามความคิดเห็นเลขที่ {numbers} (สพป. {offices.primary} เขต สพม. {offices.secondary} เขต)"
