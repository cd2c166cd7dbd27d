"""Notes on clauses, and how many of them wait."""

from collections.abc import Mapping
from uuid import UUID

from django.db.models import Count, QuerySet

from ...models import Clause, Manual, Section, TeamNote


def find_notes(clause: Clause) -> list[TeamNote]:
    """With answers, settlement and who wrote them: what waits first, the oldest first. Two queries."""
    notes = TeamNote.objects.filter(clause=clause).select_related(
        "by", "settlement__by"
    )
    found = list(notes.prefetch_related("answers__by"))
    return sorted(found, key=is_settled)


def is_settled(note: TeamNote) -> bool:
    """The note comes with its settlement."""
    return hasattr(note, "settlement")


def _open_notes() -> QuerySet[TeamNote]:
    """On clauses that stand."""
    return TeamNote.objects.filter(
        settlement__isnull=True, clause__retired__isnull=True
    ).order_by()


def count_notes_by_section(manual: Manual) -> Mapping[int, int]:
    """{section id: notes that wait}. One query."""
    counted = (
        _open_notes()
        .filter(clause__section__manual=manual)
        .values_list("clause__section")
    )
    return dict(counted.annotate(number=Count("pk")))


def count_notes_by_clause(section: Section) -> Mapping[UUID, int]:
    """{clause uuid: notes that wait}. One query."""
    counted = _open_notes().filter(clause__section=section).values_list("clause__uuid")
    return dict(counted.annotate(number=Count("pk")))


def count_notes_of(clause: Clause) -> int:
    return _open_notes().filter(clause=clause).count()
