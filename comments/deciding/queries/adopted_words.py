"""The words of the draft that were adopted from comments."""

from collections.abc import Collection, Iterable, Iterator
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, Q

from manuals.drafting.adopted import KeptDecision
from manuals.models import ClauseLineage, Section, SectionVersion

from ...models import ChangeCause
from ...standing.queries.counted_causes import (
    WORDS_STAY,
    current_answers,
    find_counted_causes,
)
from ...standing.queries.courses import load_courses
from ...standing.queries.fallen_words import leave_standing


def find_adopted_words(section_ids: Collection[int]) -> dict[UUID, str]:
    """{clause: the comments that its words, or its being cut, were adopted from} of these sections, as long as these
    words stand there (is_kept), whatever was done to the clause since, and whatever it was joined to or split into.
    Two queries, one where nothing was adopted, and those of load_courses."""
    by_clause: dict[UUID, list[ChangeCause]] = {}
    for cause, clauses in _find_kept(section_ids):
        for uuid in clauses:
            by_clause.setdefault(uuid, []).append(cause)
    return {uuid: _name_comments(found) for uuid, found in by_clause.items()}


def find_kept_decisions(section_ids: Collection[int]) -> dict[int, KeptDecision]:
    """{cause: the comments that it was adopted from, and the clauses of these sections that bear what it did}: the same
    by each of them. Queries as find_adopted_words."""
    return {
        cause.pk: KeptDecision(_name_comments([cause]), clauses)
        for cause, clauses in _find_kept(section_ids)
    }


def _find_kept(
    section_ids: Collection[int],
) -> Iterator[tuple[ChangeCause, list[UUID]]]:
    lines = ClauseLineage.objects.filter(from_clause=OuterRef("change__clause"))
    lines = lines.exclude(kind=ClauseLineage.Kind.COPIED)
    causes = list(
        find_counted_causes(current_answers)
        .filter(Q(change__clause__section__in=list(section_ids)) | Exists(lines))
        .exclude(change__kind__in=WORDS_STAY)
        .select_related(
            "change__clause", "change__from_blob", "change__to_blob", "disposition"
        )
        .prefetch_related(Prefetch("disposition__answers", current_answers))
        .order_by("pk")
    )
    courses = load_courses({cause.change.clause_id for cause in causes})
    for cause in causes:
        bearers = courses.find_bearers(cause.change)
        clauses = [each.uuid for each in bearers if each.section_id in section_ids]
        if clauses:
            yield cause, clauses


def find_words_decided_since(section: Section, number: int) -> dict[UUID, str]:
    """{clause: the comments whose decisions changed it after this version of the section, where that still stands}.
    Three queries, one where nothing was decided, and those of judge_causes."""
    versions = SectionVersion.objects.filter(
        revision=OuterRef("change__revision"), section=section, number__gt=number
    )
    causes = (
        find_counted_causes(current_answers)
        .filter(Exists(versions))
        .select_related("change__clause", "disposition")
        .prefetch_related(Prefetch("disposition__answers", current_answers))
    )
    by_clause: dict[UUID, list[ChangeCause]] = {}
    for cause in leave_standing(list(causes.order_by("pk"))):
        by_clause.setdefault(cause.change.clause.uuid, []).append(cause)
    return {uuid: _name_comments(found) for uuid, found in by_clause.items()}


def _name_comments(causes: Iterable[ChangeCause]) -> str:
    """The comments that their decisions answer now; causes come with these answers."""
    numbers: set[int] = set()
    for cause in causes:
        numbers.update(answer.comment_id for answer in cause.disposition.answers.all())
    return f"ความคิดเห็นเลขที่ {', '.join(map(str, sorted(numbers)))}"
