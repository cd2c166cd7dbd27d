"""Moving a clause one place within its list, or one level in or out; a section one place within its level."""

from enum import StrEnum

from django.db import transaction

from hearing_portal.directory.models import User

from ...models import Clause, ClauseChange, Section
from ..changes import ChangeRefused, Position, StaleClause, StaleSection
from ..queries.numbering import numbering_below, numbering_beside
from .positions import clause_siblings, section_siblings
from .structure import move_clause, move_section


class Direction(StrEnum):
    UP = "up"
    DOWN = "down"
    IN = "in"
    OUT = "out"


REASONS = {
    Direction.UP: "เลื่อนขึ้น",
    Direction.DOWN: "เลื่อนลง",
    Direction.IN: "เลื่อนเป็นข้อย่อย",
    Direction.OUT: "เลื่อนออกหนึ่งระดับ",
}


@transaction.atomic
def shift_clause(
    clause: Clause, lock_version: int, direction: Direction, *, by: User
) -> list[ClauseChange]:
    """With all that hangs below it. Raises StaleClause, and ChangeRefused where there is no place to go to."""
    if clause.lock_version != lock_version:
        raise StaleClause(clause, lock_version)
    position = _find_position(clause, direction)
    return move_clause(clause, lock_version, position, by=by, reason=REASONS[direction])


@transaction.atomic
def shift_section(
    section: Section, version: int, direction: Direction, *, by: User
) -> Section:
    """Up or down."""
    if section.version != version:
        raise StaleSection(section)
    siblings = section_siblings(section)
    above = siblings.filter(rank__lt=section.rank).order_by("rank").last()
    below = siblings.filter(rank__gt=section.rank).order_by("rank").first()
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


def _find_position(clause: Clause, direction: Direction) -> Position:
    siblings = clause_siblings(clause).order_by("rank")
    above = siblings.filter(rank__lt=clause.rank).last()
    match direction:
        case Direction.UP if above is not None:
            return Position(
                clause.section,
                clause.part,
                clause.parent_uuid,
                None,
                clause.numbering,
                before=above.uuid,
            )
        case Direction.DOWN:
            below = siblings.filter(rank__gt=clause.rank).first()
            if below is not None:
                return Position(
                    clause.section,
                    clause.part,
                    clause.parent_uuid,
                    None,
                    clause.numbering,
                    after=below.uuid,
                )
        case Direction.IN if above is not None:
            return Position(
                clause.section,
                clause.part,
                above.uuid,
                None,
                numbering_below(above, clause),
            )
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
