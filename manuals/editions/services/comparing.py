"""Comparing two editions: what was added, removed, reworded or moved, by one query."""

import uuid as uuids
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.db import connection

from ...models import Edition, EditionEntry
from ...ranks import longest_rising


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one node between two editions: added, removed, reworded, retitled, moved (or several)."""

    uuid: uuids.UUID
    kind: str
    states: tuple[str, ...]
    old_id: int | None
    new_id: int | None


# Every node of either edition is paired with its counterpart. A section without new clauses, where every id
# (its own among them) and every parent's id is as far from its counterpart's as all others, is arranged as it
# was: each parent's counterpart is the parent of then. So only what changed is fetched, and the whole of a
# section where somebody may have moved.
PAIRS = """
    WITH pair AS MATERIALIZED (
        SELECT coalesce(2 * new.ordinal + 1, 2 * old.ordinal) AS place, old.id AS old_id, new.id AS new_id,
               old.parent_id AS old_parent, new.parent_id AS new_parent, old.ordinal AS old_ordinal,
               coalesce(new.kind, old.kind) AS kind, coalesce(new.section_id, old.section_id) AS section_id,
               CASE WHEN old.id IS NULL THEN 1 WHEN new.id IS NULL THEN 2 ELSE
                   4 * (old.blob_id IS DISTINCT FROM new.blob_id)::int + 8 * (old.title <> new.title)::int
                   + 16 * ((old.section_id, old.part) IS DISTINCT FROM (new.section_id, new.part))::int
                   + 32 * (new.kind = 'section' AND (old.data, old.applies_to) <> (new.data, new.applies_to))::int
               END AS flags
        FROM (SELECT * FROM manuals_editionentry WHERE edition_id = %(old)s) old
        FULL JOIN (SELECT * FROM manuals_editionentry WHERE edition_id = %(new)s) new USING (uuid)
    ), rearranged AS (
        SELECT section_id FROM pair WHERE kind <> 'manual' GROUP BY section_id
        HAVING bool_or(flags = 1) OR
            least(min(new_id - old_id), min(new_parent - old_parent) FILTER (WHERE kind = 'clause'))
            <> greatest(max(new_id - old_id), max(new_parent - old_parent) FILTER (WHERE kind = 'clause'))
    )
    SELECT place, kind, old_id, new_id, old_parent, new_parent, old_ordinal, flags,
           kind <> 'clause' OR section_id IN (SELECT section_id FROM rearranged)
    FROM pair
    WHERE flags > 0 OR kind <> 'clause' OR section_id IN (SELECT section_id FROM rearranged)
"""
STATES = {1: "added", 2: "removed", 4: "reworded", 8: "retitled", 16: "moved", 32: "redescribed"}
MOVED = 16


class _Pair(NamedTuple):
    """A node of two editions, either side None where it has none. `place` orders all of them: by the newer
    edition's ordinals, what was removed at its old one. `is_loose`: it may have moved."""

    place: int
    kind: str
    old_id: int | None
    new_id: int | None
    old_parent: int | None
    new_parent: int | None
    old_ordinal: int | None
    flags: int
    is_loose: bool


def compare_editions(old: Edition, new: Edition) -> list[Difference]:
    """Every node that differs, in the order of the newer edition (removed ones at their old ordinal).

    A node that only got another number because others moved is not listed.
    """
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"old": old.pk, "new": new.pk})
        pairs = [_Pair(*row) for row in cursor.fetchall()]
    moved = set(_moved(pairs))
    differing = sorted(pair for pair in pairs if pair.flags or pair in moved)
    ids = [pair.new_id or pair.old_id for pair in differing]
    uuids_of = dict(EditionEntry.objects.filter(pk__in=ids).values_list("pk", "uuid"))
    return [
        Difference(
            uuids_of[pair.new_id or pair.old_id],
            pair.kind,
            _states(pair.flags | MOVED if pair in moved else pair.flags),
            pair.old_id,
            pair.new_id,
        )
        for pair in differing
    ]


def _states(flags: int) -> tuple[str, ...]:
    return tuple(state for flag, state in STATES.items() if flags & flag)


def _moved(pairs: list[_Pair]) -> Iterator[_Pair]:
    """What hangs below another parent now, or changed its place among its siblings."""
    counterpart = {pair.new_id: pair.old_id for pair in pairs} | {None: None}
    siblings: dict[int | None, list[_Pair]] = {}
    for pair in sorted(pairs):
        if not pair.is_loose or pair.old_id is None or pair.new_id is None or pair.flags & MOVED:
            continue
        if counterpart[pair.new_parent] == pair.old_parent:
            siblings.setdefault(pair.new_parent, []).append(pair)
        else:
            yield pair
    for nodes in siblings.values():
        # As few as explain the new order: all but a longest run that kept its own
        stayed = set(longest_rising([pair.old_ordinal for pair in nodes]))
        yield from (pair for position, pair in enumerate(nodes) if position not in stayed)
