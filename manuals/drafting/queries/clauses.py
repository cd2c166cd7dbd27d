"""What a clause's form begins with."""

from uuid import UUID

from ...models import Clause, Section
from ...models.section import LiveQuerySet
from ..changes import Position
from ..part_kinds import usual_numbering
from ..place import NewClausePlace
from .numbering import NEVER_NUMBERED, one_level_down


def is_defined_twice(section: Section, uuid: UUID, term: str) -> bool:
    """Whether another live definition of the section explains the same word. One query."""
    others = Clause.objects.live().filter(
        section=section, kind=Clause.Kind.DEFINITION, data__term=term
    )
    return others.exclude(uuid=uuid).exists()


def find_numbering(section: Section, place: NewClausePlace) -> str:
    """How a clause to come is numbered: as the one before it, else as the last of its kind beside it, else one level
    down from the clause above it, else as usual."""
    standing = Clause.objects.live().filter(section=section, part=place.part)
    if place.after is not None:
        before = standing.filter(uuid=place.after)
    else:
        before = _below(standing.filter(kind=place.kind), place.parent)
    numbering = before.order_by("-rank").values_list("numbering", flat=True).first()
    if (
        numbering is None
        and place.parent is not None
        and place.kind not in NEVER_NUMBERED
    ):
        parent = standing.filter(uuid=place.parent).first()
        if parent is not None:
            return one_level_down(parent)
    return numbering or usual_numbering(place.kind)


def find_standing_position(
    section: Section, place: NewClausePlace, numbering: str
) -> Position:
    """The place as it is by now: where the clause that it was named by is gone, the new one stands last. Behind a
    clause means on its level, wherever no other one is asked for. Two queries."""
    standing = Clause.objects.live().filter(section=section, part=place.part)
    parent = place.parent
    if parent is None and place.after is not None:
        parent = (
            standing.filter(uuid=place.after)
            .values_list("parent__uuid", flat=True)
            .first()
        )
    if parent is not None and not standing.filter(uuid=parent).exists():
        parent = None
    after = place.after
    if after is not None and not _below(standing, parent).filter(uuid=after).exists():
        after = None
    return Position(
        section, part=place.part, parent=parent, numbering=numbering, after=after
    )


def _below(clauses: LiveQuerySet[Clause], parent: UUID | None) -> LiveQuerySet[Clause]:
    """Those right below the parent, or at the top."""
    if parent is None:
        return clauses.filter(parent=None)
    return clauses.filter(parent__uuid=parent)
