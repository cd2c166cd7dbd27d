"""How the sections of an edition are arranged and what they say, as digests that two editions are compared by."""

from array import array
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from ...edition_memory import kept_of_edition
from ...models import Edition

MARK = 16  # bytes of a clause's digest
# Places are told from a section's first entry on: an edition's ids follow its reading order
OUTLINE = """
    WITH entry AS (
        SELECT *, min(id) OVER (PARTITION BY section_id) AS first_id FROM manuals_editionentry
        WHERE edition_id = %s AND kind <> 'manual'
    )
    SELECT section_id, manual_id,
           md5(string_agg(
               concat_ws(' ', uuid, kind, id - first_id, CASE WHEN kind = 'clause' THEN parent_id - first_id END),
               ',' ORDER BY id
           )),
           coalesce(array_agg(id ORDER BY id) FILTER (WHERE kind = 'clause'), '{}'),
           string_agg(
               decode(md5(concat_ws(' ', blob_id, part, split_part(path, '/', -1))), 'hex'), '' ORDER BY id
           ) FILTER (WHERE kind = 'clause')
    FROM entry GROUP BY section_id, manual_id
"""


class SectionOutline(NamedTuple):
    """`tree` is the digest of which clauses stand where, `marks` are those of the clauses' words and numbers, one
    after the other as `ids` names their entries."""

    manual_id: int
    tree: str
    ids: "array[int]"
    marks: bytes

    def has_tree_of(self, other: "SectionOutline") -> bool:
        return (self.manual_id, self.tree) == (other.manual_id, other.tree)

    def differing(self, other: "SectionOutline") -> Iterator[tuple[int, int]]:
        """(own id, the other's id) of the clauses that differ by themselves, in a section with the same tree."""
        if self.marks == other.marks:
            return
        for position, own_id in enumerate(self.ids):
            place = slice(position * MARK, (position + 1) * MARK)
            if self.marks[place] != other.marks[place]:
                yield own_id, other.ids[position]


@dataclass
class OutlineDifference:
    """What two editions have to be looked at for: the sections whose trees differ, and of all others the entries of
    clauses that differ by themselves. `same` counts the clauses of the latter by manual: both sides have them."""

    rearranged: list[int] = field(default_factory=list)
    old_ids: list[int] = field(default_factory=list)
    new_ids: list[int] = field(default_factory=list)
    same: dict[int, int] = field(default_factory=dict)


@kept_of_edition
def load_outlines(edition: Edition) -> dict[int, SectionOutline]:
    """{section: its outline}. One query, which reads the whole edition."""
    outlines = {}
    with connection.cursor() as cursor:
        cursor.execute(OUTLINE, [edition.pk])
        for section_id, manual_id, tree, ids, marks in cursor.fetchall():
            outlines[section_id] = SectionOutline(
                manual_id, tree, array("q", ids), bytes(marks or b"")
            )
    return outlines


def compare_outlines(
    old: dict[int, SectionOutline],
    new: dict[int, SectionOutline],
    manual_ids: Collection[int] | None,
) -> OutlineDifference:
    """Of the sections of these manuals, or all."""
    found = OutlineDifference()
    for section_id in old.keys() | new.keys():
        before, after = old.get(section_id), new.get(section_id)
        if before is None or after is None or not before.has_tree_of(after):
            found.rearranged.append(section_id)
            continue
        if manual_ids is not None and after.manual_id not in manual_ids:
            continue
        count = found.same.get(after.manual_id, 0)
        found.same[after.manual_id] = count + len(after.ids)
        for old_id, new_id in before.differing(after):
            found.old_ids.append(old_id)
            found.new_ids.append(new_id)
    return found
