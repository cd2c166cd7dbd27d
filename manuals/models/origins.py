"""What stood before, and whose words a clause or a section may have: what was joined to it, and what it was split off
from. The other way round of survivors and section_survivors, and wider: what was said of an origin is told to who would
take out what came of it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain
from typing import NamedTuple

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


class Line[Node: (Clause, Section)](NamedTuple):
    """One line of descent, from what was before to what came of it."""

    before: Node
    after: Node
    is_split: bool


def find_origins(clauses: Iterable[Clause]) -> dict[int, list[Origin[Clause]]]:
    """{id of a clause: its origins, the nearest first, with their sections} of those that have some: none that is one
    of these clauses, or that left and has all its words in others than these. One query for each generation, and those
    of find_survivors."""
    ids = {clause.pk for clause in clauses}
    lines: dict[int, list[Line[Clause]]] = {}
    for pk, rows in lines_into(ids).items():
        lines[pk] = [
            Line(row.from_clause, row.to_clause, row.kind == ClauseLineage.Kind.SPLIT)
            for row in rows
        ]
    return _find_origins(ids, lines, find_survivors)


def find_section_origins(
    sections: Iterable[Section],
) -> dict[int, list[Origin[Section]]]:
    """As find_origins, of sections."""
    ids = {section.pk for section in sections}
    lines: dict[int, list[Line[Section]]] = {}
    generation = set(ids)
    while generation:
        rows = section_lines_in_force().filter(to_section__in=generation)
        rows = rows.exclude(kind=SectionLineage.Kind.COPIED).order_by("pk")
        found = set()
        for row in rows.select_related("from_section__manual", "to_section"):
            is_split = row.kind == SectionLineage.Kind.SPLIT
            line = Line(row.from_section, row.to_section, is_split)
            lines.setdefault(row.to_section_id, []).append(line)
            found.add(row.from_section_id)
        generation = found - lines.keys()
    return _find_origins(ids, lines, find_section_survivors)


def _find_origins[Node: (Clause, Section)](
    ids: Set[int],
    lines: Mapping[int, Sequence[Line[Node]]],
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
    start: int, lines: Mapping[int, Sequence[Line[Node]]]
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
