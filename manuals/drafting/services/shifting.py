"""Moving a clause one place within its list, or one level in or out; a section one place within its level."""

from enum import StrEnum
from uuid import UUID

from django.db import transaction

from hearing_portal.directory.models import User

from ...models import Clause, ClauseChange, Section
from ...models.version import OrderingReason
from ..changes import ChangeRefused, Position, StaleClause, StaleSection
from ..neighbours import ListNeighbours, StaleNeighbours
from ..queries.last_acts import stands_as_read
from ..queries.numbering import numbering_below, numbering_beside
from .locking import lock_section, lock_sections
from .positions import clause_siblings, section_siblings
from .structure import move_clause, move_section


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


REASONS = {
    Direction.UP: OrderingReason.UP,
    Direction.DOWN: OrderingReason.DOWN,
    Direction.IN: OrderingReason.IN,
    Direction.OUT: OrderingReason.OUT,
}


@transaction.atomic
def shift_clause(
    clause: Clause,
    lock_version: int,
    direction: Direction,
    *,
    by: User,
    seen: ListNeighbours | None = None,
) -> list[ClauseChange]:
    """With all that hangs below it, beside the neighbour that was `seen` there; None where nobody saw a list. Raises
    StaleClause, StaleNeighbours, and ChangeRefused where there is no place to go to."""
    if not stands_as_read(clause, lock_version):
        raise StaleClause(clause, lock_version)
    lock_section(clause.section)
    siblings = clause_siblings(clause).order_by("rank")
    above = siblings.filter(rank__lt=clause.rank).last()
    below = siblings.filter(rank__gt=clause.rank).first()
    _compare_neighbours(direction, seen, _name_neighbours(above, below))
    position = _find_position(clause, direction, above, below)
    return move_clause(clause, lock_version, position, by=by, reason=REASONS[direction])


@transaction.atomic
def shift_section(
    section: Section,
    version: int,
    direction: Direction,
    *,
    by: User,
    seen: ListNeighbours | None = None,
) -> Section:
    """Up or down, as a clause."""
    if section.version != version:
        raise StaleSection(section)
    lock_sections([section.pk], trees=[section.manual_id])
    siblings = section_siblings(section)
    above = siblings.filter(rank__lt=section.rank).order_by("rank").last()
    below = siblings.filter(rank__gt=section.rank).order_by("rank").first()
    _compare_neighbours(direction, seen, _name_neighbours(above, below))
    neighbour = above if direction == Direction.UP else below
    if neighbour is None:
        raise ChangeRefused("หมวดนี้อยู่สุดระดับแล้ว จึงเลื่อนต่อไม่ได้")
    return move_section(
        section,
        version,
        parent=section.parent,
        before=above if direction == Direction.UP else None,
        after=below if direction == Direction.DOWN else None,
        by=by,
        reason=REASONS[direction],
    )


def _name_neighbours[Row: (Section, Clause)](
    above: Row | None, below: Row | None
) -> ListNeighbours:
    return ListNeighbours(above.uuid if above else None, below.uuid if below else None)


def _compare_neighbours(
    direction: Direction, seen: ListNeighbours | None, now: ListNeighbours
) -> None:
    """Raises StaleNeighbours where the one that the direction leads past, or into, is another one."""
    if seen is None or direction == Direction.OUT:
        return
    side = "next" if direction == Direction.DOWN else "above"
    if getattr(seen, side) != getattr(now, side):
        raise StaleNeighbours(now)


def _find_position(
    clause: Clause, direction: Direction, above: Clause | None, below: Clause | None
) -> Position:
    match direction:
        case Direction.UP if above is not None:
            return _position_in_list(clause, before=above.uuid)
        case Direction.DOWN if below is not None:
            return _position_in_list(clause, after=below.uuid)
        case Direction.IN if above is not None:
            numbering = numbering_below(above, clause)
            return Position(clause.section, clause.part, above.uuid, None, numbering)
        case Direction.OUT if clause.parent is not None:
            parent = clause.parent
            grandparent = parent.parent.uuid if parent.parent else None
            numbering = numbering_beside(parent, clause)
            return Position(
                clause.section,
                clause.part,
                grandparent,
                None,
                numbering,
                after=parent.uuid,
            )
    raise ChangeRefused("ข้อนี้อยู่สุดทางแล้ว จึงเลื่อนต่อไม่ได้")


def _position_in_list(
    clause: Clause, *, before: UUID | None = None, after: UUID | None = None
) -> Position:
    return Position(
        clause.section,
        clause.part,
        clause.parent_uuid,
        None,
        clause.numbering,
        before=before,
        after=after,
    )
