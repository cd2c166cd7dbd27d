"""Comparing two editions: what was added, removed, reworded or moved, by one query."""

from collections.abc import Iterator
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from ...models import Edition, EditionEntry
from ...ranks import longest_rising


@dataclass(frozen=True, slots=True)
class Difference:
    """What became of one node between two editions: added, removed, reworded, retitled, moved (or several)."""

    uuid: UUID
    kind: str
    states: tuple[str, ...]
    old_id: int | None
    new_id: int | None


# Every node of either edition is paired with its counterpart by uuid, and `flags` (STATES) says how the two differ.
# Whether a node moved among its siblings cannot be told from the pair alone: for that all of its section is fetched,
# but only where something may have moved. A section is arranged as it was when it has no new node, and every id (its
# own among them) and every parent's id is as far from its counterpart's as all others: freezing numbers the entries
# in reading order. So of a book of thousands of clauses only the differing ones and a few sections are fetched.
PAIRS = """
    WITH pair AS MATERIALIZED (
        SELECT
            -- the newer edition's order; what was removed stands at its old ordinal, before what stands there now
            coalesce(2 * new.ordinal + 1, 2 * old.ordinal) AS reading_order,
            old.id AS old_id, new.id AS new_id,
            old.parent_id AS old_parent, new.parent_id AS new_parent, old.ordinal AS old_ordinal,
            coalesce(new.kind, old.kind) AS kind, coalesce(new.section_id, old.section_id) AS section_id,
            -- a sum of STATES: added or removed alone, of what stands in both everything that differs
            CASE
                WHEN old.id IS NULL THEN 1
                WHEN new.id IS NULL THEN 2
                -- IS DISTINCT FROM, for a section has no blob, and a manual no section
                ELSE 4 * (old.blob_id IS DISTINCT FROM new.blob_id)::int
                    + 8 * (old.title <> new.title)::int
                    + 16 * ((old.section_id, old.part) IS DISTINCT FROM (new.section_id, new.part))::int
                    + 32 * (new.kind = 'section' AND (old.data, old.applies_to) <> (new.data, new.applies_to))::int
            END AS flags
        FROM (SELECT * FROM manuals_editionentry WHERE edition_id = %(old)s) old
        FULL JOIN (SELECT * FROM manuals_editionentry WHERE edition_id = %(new)s) new USING (uuid)
    ), rearranged AS (
        -- sections with a new node, or whose nodes are not all shifted by the same distance
        SELECT section_id FROM pair WHERE kind <> 'manual' GROUP BY section_id
        HAVING bool_or(flags = 1) OR
            least(min(new_id - old_id), min(new_parent - old_parent) FILTER (WHERE kind = 'clause'))
            <> greatest(max(new_id - old_id), max(new_parent - old_parent) FILTER (WHERE kind = 'clause'))
    )
    SELECT reading_order, kind, old_id, new_id, old_parent, new_parent, old_ordinal, flags,
           kind <> 'clause' OR section_id IN (SELECT section_id FROM rearranged) AS may_have_moved
    FROM pair
    WHERE flags > 0 OR kind <> 'clause' OR section_id IN (SELECT section_id FROM rearranged)
"""
STATES = {
    1: "added",
    2: "removed",
    4: "reworded",
    8: "retitled",
    16: "moved",
    32: "redescribed",
}
MOVED = 16


class _Pair(NamedTuple):
    """A node of two editions, either side None where it has none; a row of PAIRS."""

    reading_order: int
    kind: str
    old_id: int | None
    new_id: int | None
    old_parent: int | None
    new_parent: int | None
    old_ordinal: int | None
    flags: int
    may_have_moved: bool

    @property
    def entry_id(self) -> int:
        """Of the newer edition's entry, or of the older one's where that is all there is."""
        entry_id = self.new_id or self.old_id
        assert entry_id is not None, "a pair has at least one side"
        return entry_id


def compare_editions(old: Edition, new: Edition) -> list[Difference]:
    """Every node that differs, in the order of the newer edition (removed ones at their old ordinal).

    A node that only got another number because others moved is not listed. Two queries.
    """
    with connection.cursor() as cursor:
        cursor.execute(PAIRS, {"old": old.pk, "new": new.pk})
        pairs = [_Pair(*row) for row in cursor.fetchall()]
    pairs.sort(key=attrgetter("reading_order"))

    moved = set(_find_moved(pairs))
    differing = [pair for pair in pairs if pair.flags or pair in moved]
    ids = [pair.entry_id for pair in differing]
    entries = EditionEntry.objects.filter(pk__in=ids)
    uuid_of_entry = dict(entries.values_list("pk", "uuid"))
    differences = []
    for pair in differing:
        flags = pair.flags
        if pair in moved:
            flags |= MOVED
        states = [state for flag, state in STATES.items() if flags & flag]
        difference = Difference(
            uuid=uuid_of_entry[pair.entry_id],
            kind=pair.kind,
            states=tuple(states),
            old_id=pair.old_id,
            new_id=pair.new_id,
        )
        differences.append(difference)
    return differences


def _find_moved(pairs: list[_Pair]) -> Iterator[_Pair]:
    """What hangs below another parent now, or changed its position among its siblings."""
    old_id_of: dict[int | None, int | None] = {}
    for pair in pairs:
        old_id_of[pair.new_id] = pair.old_id
    old_id_of[None] = None  # the top of the book
    siblings: dict[int | None, list[_Pair]] = {}
    for pair in pairs:
        if pair.old_id is None or pair.new_id is None:
            continue
        if not pair.may_have_moved or pair.flags & MOVED:
            continue
        if old_id_of[pair.new_parent] == pair.old_parent:
            siblings.setdefault(pair.new_parent, []).append(pair)
        else:
            yield pair
    for nodes in siblings.values():
        # As few as explain the new order: all but a longest run that kept its own
        old_ordinals = [pair.old_ordinal for pair in nodes]
        stayed = set(longest_rising(old_ordinals))
        for position, pair in enumerate(nodes):
            if position not in stayed:
                yield pair
