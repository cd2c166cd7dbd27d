"""What stood before, and whose words a clause or a section may have: what was joined to it, and what it was split off
from. The other way round of survivors and section_survivors, and wider: what was said of an origin is told to who would
take out what came of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet

from .clause import Clause, ClauseLineage
from .section import Section, SectionLineage
from .section_survivors import find_section_survivors
from .survivors import find_survivors, lines_into, stands
from .undone import section_lines_in_force


class Origin[Node: (Clause, Section)](NamedTuple):
    """`part` is what was split off from the node, on the way to what came of it: in a book that has the part as well,
    what is said of the node is not about that. None where its words were joined to another."""

    node: Node
    part: Node | None


class DescentLine[Node: (Clause, Section)](NamedTuple):
    """One line of descent, from what was before to what came of it."""

    before: Node
    after: Node
    is_split: bool


def find_origins(clauses: QuerySet[Clause]) -> dict[Clause, list[Origin[Clause]]]:
    """{one of these clauses: its origins, the nearest first, with their sections} of those that have some: none that
    left and has all its words in others than these. One query, and where some came of others one for each generation,
    and those of find_survivors."""
    came = ClauseLineage.objects.filter(to_clause=OuterRef("pk"))
    rows = {clause.pk: clause for clause in clauses.filter(Exists(came))}
    lines: dict[int, list[DescentLine[Clause]]] = {}
    for pk, found in lines_into(rows.keys()).items():
        lines[pk] = [
            DescentLine(
                row.from_clause, row.to_clause, row.kind == ClauseLineage.Kind.SPLIT
            )
            for row in found
        ]
    origins = _find_origins(rows.keys(), lines, find_survivors)
    return {rows[pk]: found for pk, found in origins.items()}


def find_section_origins(
    sections: Iterable[Section],
) -> dict[int, list[Origin[Section]]]:
    """{id: as find_origins} of sections, none of which is these. One query for each generation, and those of
    find_section_survivors."""
    ids = {section.pk for section in sections}
    lines: dict[int, list[DescentLine[Section]]] = {}
    generation = set(ids)
    while generation:
        rows = section_lines_in_force().filter(to_section__in=generation)
        rows = rows.exclude(kind=SectionLineage.Kind.COPIED).order_by("pk")
        found = set()
        for row in rows.select_related("from_section__manual", "to_section"):
            is_split = row.kind == SectionLineage.Kind.SPLIT
            line = DescentLine(row.from_section, row.to_section, is_split)
            lines.setdefault(row.to_section_id, []).append(line)
            found.add(row.from_section_id)
        generation = found - lines.keys()
    return _find_origins(ids, lines, find_section_survivors)


def _find_origins[Node: (Clause, Section)](
    ids: Set[int],
    lines: Mapping[int, Sequence[DescentLine[Node]]],
    find_having: Callable[[Iterable[Node]], Mapping[int, Sequence[Node]]],
) -> dict[int, list[Origin[Node]]]:
    reached = {pk: list(_walk_back(pk, lines)) for pk in ids}
    nodes = {each.node.pk: each.node for found in reached.values() for each in found}
    elsewhere = set()
    for pk, having in find_having(nodes.values()).items():
        if ids.isdisjoint(node.pk for node in having):
            elsewhere.add(pk)
    origins = {}
    for pk, found in reached.items():
        kept = [each for each in found if each.node.pk not in elsewhere | ids]
        if kept:
            origins[pk] = kept
    return origins


def _walk_back[Node: (Clause, Section)](
    start: int, lines: Mapping[int, Sequence[DescentLine[Node]]]
) -> Iterator[Origin[Node]]:
    """Each once, the nearest first. What was joined and stands again has its own words: it ends there."""
    seen = {start}
    level = [start]
    while level:
        beyond = []
        for line in chain.from_iterable(lines.get(pk, ()) for pk in level):
            before = line.before
            if before.pk in seen or (stands(before) and not line.is_split):
                continue
            seen.add(before.pk)
            yield Origin(before, line.after if line.is_split else None)
            beyond.append(before.pk)
        level = beyond
