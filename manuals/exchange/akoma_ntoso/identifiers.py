"""The identifiers of an edition's entries: eId is where an entry stands in this edition, wId where it stood in the
first edition that has it, GUID its uuid, which never changes.

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
        eid = f"{stem}{number}"
        repeated = 1
        while eid in taken:  # "1." beside "1)"
            repeated += 1
            eid = f"{stem}{number}-{repeated}"
        taken.add(eid)
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
    """{uuid: the eId it had in the first edition that has it}. Of two sealed at the same moment the older row is the
    first. One query for each earlier edition, one more for each in which something of this one began."""
    earlier = (
        Edition.objects.sealed()
        .filter(sealed_at__lte=edition.seal.at)
        .order_by("sealed_at", "pk")
    )
    firsts: dict[UUID, int] = {}
    own = edition.entries.values("uuid")
    for row in earlier:
        if row.pk == edition.pk:
            break
        for uuid in row.entries.filter(uuid__in=own).values_list("uuid", flat=True):
            firsts.setdefault(uuid, row.pk)
    eids_of_edition = {edition.pk: eids}
    wids = dict(eids)
    for uuid, pk in firsts.items():
        if pk not in eids_of_edition:
            first = Edition.objects.get(pk=pk)
            eids_of_edition[pk] = load_eids(first)
        wids[uuid] = eids_of_edition[pk][uuid]
    return wids
