"""The identifiers of an edition's entries: eId is where an entry stands in this edition, wId where it stood in the
first edition that has it, and no other entry's at any time, GUID its uuid, which never changes.

An eId follows the Akoma Ntoso naming convention: the identifiers of what an entry stands in, each a short word for the
element and its number, joined by two underlines: `book_DIR__sec_3.1__part_5__clause_5.4__clause_1`. What has no number
is counted: `nn1`.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple
from uuid import UUID

from ...models import Edition, EditionEntry

# {kind of section: (element, its short word)}
SECTION_ELEMENTS = {
    "front": ("chapter", "chp"),
    "mission": ("chapter", "chp"),
    "unit": ("division", "dvs"),
    "process": ("section", "sec"),
    "chapter": ("chapter", "chp"),
    "annex": ("chapter", "chp"),
}
UNNUMBERED = "nn"
_NO_NUMBER = re.compile(r"[^\w.]+")


class NumberedEntry(NamedTuple):
    """What an identifier is made of. `path` of a manual is its key."""

    pk: int
    parent_id: int | None
    kind: str
    uuid: UUID
    part: int
    path: str
    label: str
    section_kind: str | None


def part_eid(section_eid: str, part: int) -> str:
    """Of one of the nine parts of a process: it is no entry, but an element."""
    return f"{section_eid}__part_{part}"


def load_eids(edition: Edition) -> dict[UUID, str]:
    """{uuid: eId} of all entries. One query."""
    rows = edition.entries.order_by("ordinal").values_list(
        "pk", "parent_id", "kind", "uuid", "part", "path", "label", "data__kind"
    )
    return make_eids(NumberedEntry(*row) for row in rows)


def make_eids(entries: Iterable[NumberedEntry]) -> dict[UUID, str]:
    """In reading order: no entry before what it stands in."""
    eids: dict[UUID, str] = {}
    eid_of_row: dict[int | None, str] = {}
    kind_of_row: dict[int | None, str] = {}
    taken: set[str] = set()
    unnumbered: Counter[str] = Counter()
    for entry in entries:
        stem = f"{_word_of(entry)}_"
        place = eid_of_row.get(entry.parent_id, "")
        if place:
            is_top_clause = (
                entry.kind == EditionEntry.Kind.CLAUSE
                and kind_of_row[entry.parent_id] == "section"
            )
            if is_top_clause and entry.part:
                place = part_eid(place, entry.part)
            stem = f"{place}__{stem}"
        # Without brackets and blanks; nothing is left of a bullet
        number = entry.path if entry.kind == EditionEntry.Kind.MANUAL else entry.label
        number = _NO_NUMBER.sub("-", number).strip("-.")
        if not number:
            unnumbered[stem] += 1
            number = f"{UNNUMBERED}{unnumbered[stem]}"
        eid = _make_unique(f"{stem}{number}", taken)  # "1." beside "1)"
        eids[entry.uuid] = eid
        eid_of_row[entry.pk] = eid
        kind_of_row[entry.pk] = entry.kind
    return eids


def _word_of(entry: NumberedEntry) -> str:
    if entry.kind == EditionEntry.Kind.MANUAL:
        return "book"
    if entry.kind == EditionEntry.Kind.SECTION:
        _, word = SECTION_ELEMENTS[entry.section_kind or "chapter"]
        return word
    return "clause"


def load_wids(edition: Edition, eids: dict[UUID, str]) -> dict[UUID, str]:
    """{uuid: the eId it had in the first edition that has it}, numbered where another entry had that first: a wId names
    one entry in all editions, also one that left before this edition. Of two sealed at the same moment the older row is
    the first. One query, and one for each earlier edition."""
    earlier = (
        Edition.objects.sealed()
        .filter(sealed_at__lte=edition.seal.at)
        .order_by("sealed_at", "pk")
    )
    wids: dict[UUID, str] = {}
    taken: set[str] = set()
    for row in earlier:
        if row.pk == edition.pk:
            break
        _name_new_entries(load_eids(row), wids, taken)
    _name_new_entries(eids, wids, taken)
    return {uuid: wids[uuid] for uuid in eids}


def _name_new_entries(
    eids: dict[UUID, str], wids: dict[UUID, str], taken: set[str]
) -> None:
    for uuid, eid in eids.items():
        if uuid not in wids:
            wids[uuid] = _make_unique(eid, taken)


def _make_unique(eid: str, taken: set[str]) -> str:
    """The first of eid, eid-2, eid-3, … that nothing has; it is taken then."""
    unique = eid
    repeated = 1
    while unique in taken:
        repeated += 1
        unique = f"{eid}-{repeated}"
    taken.add(unique)
    return unique
