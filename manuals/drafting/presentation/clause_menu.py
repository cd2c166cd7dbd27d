"""What a drafter may do with each clause of a section, beside writing it."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from ...models import Clause, Section
from ..cutting import can_be_cut
from ..part_kinds import kinds_of_part
from ..queries.arranging import ClausePlace, load_places
from .links import ClauseLinks


@dataclass(frozen=True, slots=True)
class ClauseMenu:
    """`is_open` where the person has just moved the clause and may go on; `did` is which way. `links` are the addresses
    of what may be done, by the names of links.CLAUSE_PAGES; `asked` goes behind those that may keep a promise."""

    place: ClausePlace
    links: Mapping[str, str]
    add_after: str
    add_below: str
    did: str = ""
    asked: str = ""

    @property
    def is_open(self) -> bool:
        return bool(self.did)

    @property
    def can_be_split(self) -> bool:
        return can_be_cut(self.place.kind)

    @property
    def can_be_joined(self) -> bool:
        return can_be_cut(self.place.kind) and self.place.kind == self.place.next_kind


def load_clause_menus(
    section: Section,
    links: ClauseLinks,
    *,
    moved: str = "",
    did: str = "",
    promise: str = "",
) -> dict[UUID, ClauseMenu]:
    """{uuid of a live clause that is no step: its menu}; what is done there is to keep the promise of this key. One
    query."""
    menus = {}
    asked = f"?{urlencode({'promise': promise})}" if promise else ""
    for uuid, place in load_places(section).items():
        if place.kind == Clause.Kind.STEP:
            continue  # steps are rows of their table
        below = place.kind
        if Clause.Kind.TEXT in kinds_of_part(place.part):
            below = Clause.Kind.TEXT
        menus[uuid] = ClauseMenu(
            place,
            links=links.of(uuid),
            add_after=links.new(place.part, place.kind, after=uuid),
            add_below=links.new(place.part, below, parent=uuid),
            did=did if str(uuid) == moved else "",
            asked=asked,
        )
    return menus
