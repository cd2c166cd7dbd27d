"""Where clauses stand among each other, and what left the manual."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from hearing_portal.postgres.statements import kept_statement

from ...models import (
    Clause,
    ClauseChange,
    ClauseLineage,
    Manual,
    Section,
    SectionVersion,
)
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


def find_standing_clauses(section: Section) -> list[Clause]:
    """The live ones in the order of their parts and ranks, parents before children. One query."""
    clauses = Clause.objects.live().filter(section=section)
    rows = list(clauses.select_related("parent", "section").order_by("part", "rank"))
    depth: dict[int | None, int] = {None: -1}
    waiting = rows
    while waiting:
        left = []
        for clause in waiting:
            if clause.parent_id in depth:
                depth[clause.pk] = depth[clause.parent_id] + 1
            else:
                left.append(clause)
        waiting = left
    return sorted(rows, key=lambda clause: depth[clause.pk])


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


def find_clauses_below(clause: Clause, *, with_retired: bool = False) -> list[Clause]:
    """Parents before children, with their parents and sections. One query a level."""
    rows = Clause.objects.all() if with_retired else Clause.objects.live()
    rows = rows.select_related("parent", "section")
    found: list[Clause] = []
    level = [clause]
    while level:
        level = list(rows.filter(parent__in=level).order_by("rank"))
        found += level
    return found


def find_retired_together(clause: Clause) -> list[Clause]:
    """The clause and what was retired below it in the same act, parents first: all that comes back with it. None where
    it never left the manual. Two queries, and one a level."""
    left = clause.changes.filter(kind=ClauseChange.Kind.RETIRED).order_by("-id")
    retirement = left.first()
    if retirement is None:
        return []
    same_act = ClauseChange.objects.filter(
        revision=retirement.revision_id, kind=ClauseChange.Kind.RETIRED
    )
    together = set(same_act.values_list("clause", flat=True))
    below = find_clauses_below(clause, with_retired=True)
    return [clause, *(child for child in below if child.pk in together)]


def find_retired_clauses(section: Section) -> list[Clause]:
    """Those that can be brought back, the latest first: what went with another one comes back with it, and the words of
    what an undone act had split off stand in its source. One query."""
    return _find_retired(section.pk)


@kept_statement
def _find_retired(section_id: int) -> QuerySet[Clause]:
    splits = ClauseLineage.objects.filter(
        kind=ClauseLineage.Kind.SPLIT, to_clause=OuterRef("pk")
    )
    undone_splits = splits.exclude(pk__in=lines_in_force())
    retired = Clause.objects.filter(section=section_id, retired__isnull=False)
    retired = retired.exclude(parent__retired__isnull=False)
    retired = retired.exclude(Exists(undone_splits))
    return retired.select_related("retired__by").order_by("-retired__at", "-pk")


def find_clauses_retired_with(section: Section) -> list[Clause]:
    """Those that left in the very act that retired the section, and are retired yet. One query."""
    left = ClauseChange.objects.filter(
        revision__in=_last_acts(section), kind=ClauseChange.Kind.RETIRED
    )
    retired = Clause.objects.filter(
        pk__in=left.values("clause"), section=section, retired__isnull=False
    )
    return list(retired.select_related("section").order_by("part", "rank"))


def find_coming_back(section: Section) -> list[Clause]:
    """With a retired section. Two queries."""
    standing = Clause.objects.live().filter(section=section).select_related("section")
    return [*standing, *find_clauses_retired_with(section)]


def was_joined_away(clause: Clause) -> bool:
    """Whether it was joined to another clause. One query."""
    lines = lines_in_force().filter(from_clause=clause)
    return lines.filter(kind=ClauseLineage.Kind.MERGED).exists()


def find_taken_along(section: Section) -> list[Clause]:
    """The live clauses that went elsewhere in the very act that retired the section, wherever they stand by now, with
    their sections. One query."""
    moved = ClauseChange.objects.filter(
        revision__in=_last_acts(section), from_section=section
    ).exclude(to_section=section)
    return _find_standing(moved)


def find_moved_with(clause: Clause) -> list[Clause]:
    """The live clauses that got another place in the very act that joined this one to another: those that hung below
    it. One query."""
    left = clause.changes.filter(kind=ClauseChange.Kind.RETIRED).order_by("-id")[:1]
    moved = ClauseChange.objects.filter(
        revision__in=left.values("revision"), kind=ClauseChange.Kind.MOVED
    )
    return _find_standing(moved)


def _find_standing(changes: QuerySet[ClauseChange]) -> list[Clause]:
    clauses = Clause.objects.live().filter(
        pk__in=changes.values("clause"), section__retired__isnull=True
    )
    clauses = clauses.select_related("section__manual", "parent")
    return list(clauses.order_by("section__rank", "part", "rank"))


def _last_acts(section: Section) -> QuerySet[SectionVersion, int]:
    """The act that retired a section is its last one."""
    last = SectionVersion.objects.filter(section=section).order_by("-number")[:1]
    return last.values_list("revision", flat=True)


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
