"""Notes on clauses, and how many of them wait. Those of a clause that was joined to another one, or divided and
retired, stand at what has its words."""

from collections import Counter
from collections.abc import Callable, Collection, Hashable, Mapping
from itertools import chain
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from ...models import Clause, ClauseLineage, Manual, Section, TeamNote
from ...models.survivors import find_joined_into, find_survivors


def find_notes(clause: Clause) -> list[TeamNote]:
    """With answers, settlement, who wrote them and the clause they were written on, which is another one where that was
    joined to this: what waits first, the oldest first. Three queries, one more for each generation of such clauses."""
    joined = find_joined_into([clause]).get(clause.pk, ())
    notes = TeamNote.objects.filter(clause__in=[clause, *joined])
    notes = notes.select_related("clause__section", "by", "settlement__by")
    found = list(notes.prefetch_related("answers__by"))
    return sorted(found, key=is_settled)


def is_settled(note: TeamNote) -> bool:
    """The note comes with its settlement."""
    return hasattr(note, "settlement")


def count_notes_by_section(manual: Manual) -> Mapping[int, int]:
    """{section id: notes that wait}. One query, more as _count_open says; those of another manual may be among them
    where something was joined there."""
    return _count_open(
        Q(clause__section__manual=manual), lambda clause: clause.section_id
    )


def count_notes_by_clause(section: Section) -> Mapping[UUID, int]:
    """{clause uuid: notes that wait}. One query, more as _count_open says; those on clauses of other sections may be
    among them where something was joined there."""
    return _count_open(Q(clause__section=section), lambda clause: clause.uuid)


def _count_open[Key: Hashable](
    where: Q, key: Callable[[Clause], Key]
) -> Mapping[Key, int]:
    """Those that wait on clauses that stand `where` says, and of clauses that left, at what has their words, wherever:
    a note once at each key. One query, one more for each generation that left with notes."""
    came_of = ClauseLineage.objects.filter(from_clause=OuterRef("clause"))
    has_left = Q(clause__retired__isnull=False) & Exists(came_of)
    notes = TeamNote.objects.filter(settlement__isnull=True)
    notes = notes.filter(where & Q(clause__retired__isnull=True) | has_left)
    counts: Counter[Key] = Counter()
    rows = list(notes.select_related("clause__section").order_by())
    survivors = find_survivors(note.clause for note in rows)
    for note in rows:
        places = survivors.get(note.clause_id, ())
        if note.clause.retired_id is None:
            places = [note.clause]
        counts.update({key(clause) for clause in places})
    return counts


def count_all_notes(clauses: Collection[Clause]) -> Mapping[int, int]:
    """{clause id: notes on it, or on what was joined to it, settled ones too}. Two queries, more as find_joined_into
    says; none without clauses."""
    if not clauses:
        return {}
    joined = find_joined_into(clauses)
    every = {clause.pk: [clause, *joined.get(clause.pk, ())] for clause in clauses}
    notes = TeamNote.objects.filter(clause__in=chain.from_iterable(every.values()))
    rows = notes.order_by().values_list("clause").annotate(number=Count("pk"))
    numbers = dict(rows)
    return {
        pk: sum(numbers.get(each.pk, 0) for each in found)
        for pk, found in every.items()
    }


def count_notes_of(clause: Clause) -> int:
    """Those that wait. One query, one more for each generation that was joined to it."""
    joined = find_joined_into([clause]).get(clause.pk, ())
    notes = TeamNote.objects.filter(settlement__isnull=True)
    return notes.filter(clause__in=[clause, *joined]).count()
