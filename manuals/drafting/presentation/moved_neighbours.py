"""Another neighbour stands there than the person saw who wanted a clause or a section one place further: both orders,
and whose act it was."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from hearing_portal.directory.models import User
from hearing_portal.thai.shortening import shorten

from ...models import Clause, Section
from ..neighbours import ListNeighbours
from ..told_words import tell_clauses
from .overtaken import (
    Overtaken,
    load_overtaken_place,
    load_overtaken_section_place,
)

SEEN = "ลำดับเมื่อท่านเปิดหน้า"
NOW = "ลำดับขณะนี้"
LETTERS_SHOWN = 90


@dataclass(frozen=True, slots=True)
class OrderRow:
    """`note` says where something went that stands no more in this list."""

    words: str
    is_subject: bool = False
    note: str = ""


@dataclass(frozen=True, slots=True)
class SiblingOrder:
    heading: str
    rows: list[OrderRow]


@dataclass(frozen=True, slots=True)
class MovedNeighbours:
    """`overtaken` is of the neighbour that came or went last."""

    overtaken: Overtaken | None
    orders: list[SiblingOrder]


def load_moved_clauses(
    clause: Clause, seen: ListNeighbours, now: ListNeighbours, user: User
) -> MovedNeighbours:
    """Of the clauses beside `clause`. Three queries, and what their references cost."""
    named = _names(seen) | _names(now)
    rows = Clause.objects.filter(section__manual=clause.section.manual_id)
    beside = {
        row.uuid: row
        for row in rows.filter(uuid__in=named).select_related("section", "parent")
    }
    words = tell_clauses([clause, *beside.values()])
    shown = {pk: shorten(said, LETTERS_SHOWN) for pk, said in words.items()}
    told = {clause.uuid: OrderRow(shown[clause.pk], is_subject=True)}
    for uuid, row in beside.items():
        note = ""
        if row.retired_id is not None:
            note = "ยกเลิกแล้ว"
        elif row.section_id != clause.section_id:
            note = f"ย้ายไปที่ {row.section.title}"
        told[uuid] = OrderRow(shown[row.pk], note=note)
    came_or_went = [row for row in beside.values() if _differs(row.uuid, seen, now)]
    overtaken = load_overtaken_place(came_or_went, user)
    return MovedNeighbours(overtaken, _orders(clause.uuid, seen, now, told))


def load_moved_sections(
    section: Section, seen: ListNeighbours, now: ListNeighbours, user: User
) -> MovedNeighbours:
    """Of the sections beside `section`. Two queries."""
    named = _names(seen) | _names(now)
    rows = Section.objects.filter(manual=section.manual_id, uuid__in=named)
    told = {section.uuid: OrderRow(section.title, is_subject=True)}
    came_or_went = []
    for row in rows:
        note = "ยกเลิกแล้ว" if row.retired_id is not None else ""
        told[row.uuid] = OrderRow(row.title, note=note)
        if _differs(row.uuid, seen, now):
            came_or_went.append(row)
    overtaken = load_overtaken_section_place(came_or_went, user)
    return MovedNeighbours(overtaken, _orders(section.uuid, seen, now, told))


def _names(neighbours: ListNeighbours) -> set[UUID]:
    return {uuid for uuid in (neighbours.above, neighbours.next) if uuid is not None}


def _differs(uuid: UUID, seen: ListNeighbours, now: ListNeighbours) -> bool:
    return (uuid == seen.above) != (uuid == now.above) or (uuid == seen.next) != (
        uuid == now.next
    )


def _orders(
    subject: UUID,
    seen: ListNeighbours,
    now: ListNeighbours,
    told: Mapping[UUID, OrderRow],
) -> list[SiblingOrder]:
    orders = []
    for heading, neighbours in ((SEEN, seen), (NOW, now)):
        rows = []
        for uuid in (neighbours.above, subject, neighbours.next):
            if uuid is not None and uuid in told:
                rows.append(told[uuid])
        orders.append(SiblingOrder(heading, rows))
    return orders
