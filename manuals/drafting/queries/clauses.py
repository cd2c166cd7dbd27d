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
    down from the clause above it, else as usual; outside of processes usual text has no number."""
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
    if numbering is None and not section.is_process and place.parent is None:
        return Clause.Numbering.NONE
    return numbering or usual_numbering(place.kind)


def find_standing_position(
    section: Section, place: NewClausePlace, numbering: str
) -> Position | None:
    """The place as it is by now; None where the clause that it is named by stands there no more. Behind a clause means
    on its level, wherever no other one is asked for. Two queries at most, none for the end of a part."""
    standing = Clause.objects.live().filter(section=section, part=place.part)
    parent = place.parent
    if parent is not None and not standing.filter(uuid=parent).exists():
        return None
    if place.after is not None:
        after = standing.select_related("parent").filter(uuid=place.after).first()
        if after is None or (parent is not None and after.parent_uuid != parent):
            return None
        parent = after.parent_uuid
    return Position(
        section, part=place.part, parent=parent, numbering=numbering, after=place.after
    )


def find_lost_neighbour(section: Section, place: NewClausePlace) -> Clause | None:
    """The clause that the place is named by, wherever in the manual it is, or retired. One query."""
    uuid = place.after or place.parent
    if uuid is None:
        return None
    named = Clause.objects.filter(uuid=uuid, section__manual=section.manual)
    return named.select_related("section", "retired").first()


def _below(clauses: LiveQuerySet[Clause], parent: UUID | None) -> LiveQuerySet[Clause]:
    """Those right below the parent, or at the top."""
    if parent is None:
        return clauses.filter(parent=None)
    return clauses.filter(parent__uuid=parent)
