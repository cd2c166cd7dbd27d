"""Where clauses stand among each other, and what left the manual."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef

from ...models import Clause, ClauseLineage, Manual, Section
from ...models.undone import lines_in_force


@dataclass(frozen=True, slots=True)
class ClausePlace:
    """A live clause with its neighbours of the same list; `below` is how many hang right below it."""

    uuid: UUID
    part: int
    kind: str
    lock_version: int
    is_below_another: bool
    above: UUID | None = None
    next: UUID | None = None
    next_kind: str = ""


def load_places(section: Section) -> dict[UUID, ClausePlace]:
    """{uuid: where it stands}. One query."""
    lists: dict[tuple[int, int | None], list[Clause]] = {}
    fields = ("uuid", "part", "kind", "lock_version", "parent", "rank", "section")
    for clause in (
        Clause.objects.live().filter(section=section).order_by("rank").only(*fields)
    ):
        lists.setdefault((clause.part, clause.parent_id), []).append(clause)
    places = {}
    for siblings in lists.values():
        for position, clause in enumerate(siblings):
            above = siblings[position - 1] if position else None
            below = siblings[position + 1] if position + 1 < len(siblings) else None
            places[clause.uuid] = ClausePlace(
                clause.uuid,
                clause.part,
                clause.kind,
                clause.lock_version,
                is_below_another=clause.parent_id is not None,
                above=above.uuid if above else None,
                next=below.uuid if below else None,
                next_kind=below.kind if below else "",
            )
    return places


def find_beside(section: Section, uuid: UUID) -> Clause | None:
    """A live clause of the section, with its parent."""
    return (
        Clause.objects.live()
        .select_related("parent")
        .filter(section=section, uuid=uuid)
        .first()
    )


def find_next(clause: Clause) -> Clause | None:
    """The live clause behind it in the same list."""
    siblings = Clause.objects.live().filter(
        section=clause.section_id, part=clause.part, parent=clause.parent_id
    )
    siblings = siblings.select_related("section__manual", "section__parent", "parent")
    return siblings.filter(rank__gt=clause.rank).order_by("rank").first()


def find_family(clause: Clause) -> list[Clause]:
    """The live clause itself and all that hang below it, parents first. One query a level."""
    family = [clause]
    level = [clause]
    while level:
        level = list(Clause.objects.live().filter(parent__in=level).order_by("rank"))
        family += level
    return family


def find_retired_clauses(section: Section) -> list[Clause]:
    """Those that can be brought back, the latest first: what went with another one comes back with it, and the words of
    what an undone act had split off stand in its source. One query."""
    splits = ClauseLineage.objects.filter(
        kind=ClauseLineage.Kind.SPLIT, to_clause=OuterRef("pk")
    )
    undone_splits = splits.exclude(pk__in=lines_in_force())
    retired = Clause.objects.filter(section=section, retired__isnull=False)
    retired = retired.exclude(parent__retired__isnull=False)
    retired = retired.exclude(Exists(undone_splits))
    return list(retired.select_related("retired__by").order_by("-retired__at", "-pk"))


def find_successors(clause: Clause) -> list[Clause]:
    """The live clauses that it became, in the order they came to be. One query."""
    successors = Clause.objects.live().filter(
        predecessors__in=lines_in_force().filter(from_clause=clause),
        section__retired__isnull=True,
    )
    return list(successors.select_related("section__manual").order_by("pk"))


def find_retired_sections(manual: Manual) -> list[Section]:
    """The latest first. One query."""
    retired = Section.objects.filter(manual=manual, retired__isnull=False)
    return list(
        retired.select_related("retired__by", "parent").order_by("-retired__at", "-pk")
    )


def find_other_sections(manual: Manual, *, but: Collection[int] = ()) -> list[Section]:
    """The live sections of the manual that have clauses or may have some, in the order of their titles. One query."""
    sections = (
        Section.objects.live().filter(manual=manual).exclude(kind=Section.Kind.UNIT)
    )
    return list(sections.exclude(pk__in=but).order_by("title"))
