"""Clauses that stand and whose words would stand twice, once others come back."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from django.db.models import Q

from ...models import Clause, ClauseChange, ClauseLineage
from ...models.survivors import lines_into, says_words_of, stands

Kind = ClauseLineage.Kind


def find_said_twice(coming_back: Iterable[Clause]) -> list[Clause]:
    """Those that were joined to one of these and stand again, as long as that has their words; and what one of these
    was divided into or from, where one says all words of the other. With section, manual and group. Three queries, and
    one for each generation; one and none without any."""
    returning = {clause.pk: clause for clause in coming_back}
    if not returning:
        return []
    found = {}
    for other in chain(_find_standing_again(returning), _find_beside(returning)):
        found[other.pk] = other
    return [other for pk, other in found.items() if pk not in returning]


def _find_standing_again(returning: Mapping[int, Clause]) -> Iterator[Clause]:
    lines = lines_into(returning.keys())
    taken_in = {
        pk: list(_walk_back(pk, lines)) for pk in returning.keys() & lines.keys()
    }
    joined_last = _find_joined_last(returning, [pk for pk in taken_in if taken_in[pk]])
    for pk, others in taken_in.items():
        for other in others:
            if pk in joined_last or says_words_of(returning[pk], other):
                yield other


def _walk_back(
    start: int, lines: Mapping[int, Sequence[ClauseLineage]]
) -> Iterator[Clause]:
    """What was joined to it, through others that left, and stands again."""
    seen = {start}
    level = [start]
    while level:
        beyond = []
        for line in chain.from_iterable(lines.get(pk, ()) for pk in level):
            before = line.from_clause
            if before.pk in seen:
                continue
            seen.add(before.pk)
            if not stands(before):
                beyond.append(before.pk)
            elif line.kind != Kind.SPLIT:
                yield before
        level = beyond


def _find_joined_last(
    returning: Mapping[int, Clause], ids: Collection[int]
) -> set[int]:
    """Those of them that nobody divided since they took words in, and that do not say again what they said before."""
    if not ids:
        return set()
    kinds = (ClauseChange.Kind.JOINED, ClauseChange.Kind.SPLIT)
    changes = ClauseChange.objects.filter(clause__in=ids, kind__in=kinds)
    last = {change.clause_id: change for change in changes.order_by("pk")}
    joined = set()
    for pk, change in last.items():
        is_join = change.kind == ClauseChange.Kind.JOINED
        if is_join and change.from_blob_id != returning[pk].sha:
            joined.add(pk)
    return joined


def _find_beside(returning: Mapping[int, Clause]) -> Iterator[Clause]:
    """Also by a division that was undone or whose act an older version took back: the words are compared."""
    lines = ClauseLineage.objects.filter(
        Q(from_clause__in=returning) | Q(to_clause__in=returning), kind=Kind.SPLIT
    )
    with_place = [
        f"{end}__section__manual__work_group" for end in ("from_clause", "to_clause")
    ]
    for line in lines.select_related(*with_place).order_by("pk"):
        ends = (line.from_clause, line.to_clause)
        for clause, other in (ends, ends[::-1]):
            is_beside = clause.pk in returning and stands(other)
            if is_beside and (
                says_words_of(other, clause) or says_words_of(clause, other)
            ):
                yield other
