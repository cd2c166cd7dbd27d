"""Lines of descent between the processes of two states of the book, as far as the words bear them out: what was divided
and joined again, or joined and divided again, came of nothing
(docs/decisions/0190-a-process-is-where-its-clauses-are.md)."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterator

from django.db import connection

from ...models import SectionLineage
from ...models.undone import section_lines_in_force
from ..fates import Evidence
from ..sides import Sides
from .nodes import DRAFT_CLAUSES, EDITION_CLAUSES, side_parameters, sides_sql

type Pair = tuple[int, int]  # ids of a section and of what came of it

# Of the clauses that acts of dividing and joining moved from one section to another: whether none of them stands there
# on the newer side, itself or in what it was joined to, though some stand somewhere; one that another section had on
# the older side says nothing of this one. What only retired bears the line out: those words are nowhere else.
LEFT_AGAIN = """
    WITH old AS ({old}), new AS ({new}), place AS (
        SELECT clause_id, section_id FROM new
        UNION ALL
        SELECT line.from_clause_id, new.section_id
        FROM manuals_clauselineage line JOIN new ON new.clause_id = line.to_clause_id
        WHERE line.kind = 'merged' AND line.from_clause_id NOT IN (SELECT clause_id FROM new)
    )
    SELECT change.from_section_id, change.to_section_id
    FROM manuals_clausechange change JOIN place USING (clause_id) LEFT JOIN old USING (clause_id)
    WHERE change.from_section_id = ANY(%(sources)s) AND change.to_section_id = ANY(%(targets)s)
      AND EXISTS (SELECT FROM manuals_sectionversion version
                  WHERE version.revision_id = change.revision_id AND version.section_id = change.to_section_id
                    AND version.action IN ('split', 'join'))
    GROUP BY 1, 2
    HAVING NOT bool_or(
        place.section_id = change.to_section_id AND (
            old.section_id IS NULL OR old.section_id = change.from_section_id
            OR NOT change.from_section_id = ANY(%(old_sections)s)
        )
    )
"""


def find_lineage(
    sides: Sides, old: Collection[int], new: Collection[int]
) -> Iterator[tuple[int, int, Evidence]]:
    """(section of the older side, section of the newer one, evidence) by the lines of descent that were drawn between
    the two, over what stood in between. Two queries, one without any line to the newer side."""
    lines: defaultdict[int, list[SectionLineage]] = defaultdict(list)
    for line in section_lines_in_force().order_by("pk"):
        lines[line.from_section_id].append(line)
    reached = [
        (line.from_section_id, line.to_section_id)
        for each in lines.values()
        for line in each
        if line.kind != SectionLineage.Kind.COPIED and line.to_section_id in new
    ]
    left_again = _find_left_again(sides, reached, old)
    for source in old:
        seen = {source}
        waiting = deque(lines[source])
        while waiting:
            line = waiting.popleft()
            target = line.to_section_id
            if target in seen or (line.from_section_id, target) in left_again:
                continue
            seen.add(target)
            is_gone = source not in new
            is_new = target not in old
            if target in new and _is_descent(line.kind, is_gone=is_gone, is_new=is_new):
                is_copy = line.kind == SectionLineage.Kind.COPIED
                yield source, target, Evidence.COPIED if is_copy else Evidence.RECORDED
            elif target not in old and target not in new:
                waiting.extend(lines[target])


def _find_left_again(
    sides: Sides, pairs: Collection[Pair], old: Collection[int]
) -> set[Pair]:
    """Those of the lines of which the words say otherwise. One query, none without any."""
    if not pairs:
        return set()
    query = sides_sql(LEFT_AGAIN, sides, EDITION_CLAUSES, DRAFT_CLAUSES)
    sources, targets = zip(*pairs, strict=True)
    asked = {
        "sources": list(sources),
        "targets": list(targets),
        "old_sections": list(old),
    }
    with connection.cursor() as cursor:
        cursor.execute(query, side_parameters(sides) | asked)
        return set(cursor.fetchall())


def _is_descent(kind: str, *, is_gone: bool, is_new: bool) -> bool:
    """Whether a line of descent was drawn between the two sides: what goes into another one is gone, what came out of
    one is new, and a copy descends only from what was given up for it."""
    match kind:
        case SectionLineage.Kind.SPLIT:
            return is_new
        case SectionLineage.Kind.COPIED:
            return is_gone and is_new
        case _:
            return is_gone
