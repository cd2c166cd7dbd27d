"""The rows of the overlap register that a reader may see, narrowed and counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Value

from hearing_portal.directory.models import RoleAssignment, WorkGroup
from hearing_portal.directory.permissions import Visitor, load_roles

from ...models import Answer, Overlap, OverlapComment, answers_are_public
from ..agencies import agency_key

Role = RoleAssignment.Role
OPEN = "open"
RESOLVED = "resolved"
# The condition on rows of `overlaps_seen_by`
SEEN_OPEN = Q(resolution="") | Q(is_told=False)
# Ids of the two groups, the smaller one first; the second is None for an outside agency
type GroupPair = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class OverlapFilter:
    """What is asked for; empty means everything. With `other` the overlaps between the two groups, within one where
    both are the same."""

    group: WorkGroup | None = None
    other: WorkGroup | None = None
    kind: str = ""
    state: str = ""
    agency: str = ""
    is_outside: bool = False  # with any outside agency


@dataclass(frozen=True, slots=True)
class OverlapCount:
    """How many, and how many of them have no resolution."""

    all: int
    open: int


def can_see_register(user: Visitor) -> bool:
    """Everybody with a role; the public once answers are."""
    return bool(load_roles(user).rows) or answers_are_public()


def overlaps_seen_by(user: Visitor) -> QuerySet[Overlap]:
    """All of them (product.md), with their groups and sections. `is_told` says whether the reader may know how one was
    settled: at the desk of a side and as an admin at once, elsewhere once the answers to all that was said of it are
    published (docs/decisions/0175)."""
    rows = Overlap.objects.select_related(
        "work_group_a",
        "work_group_b",
        "section_a__manual",
        "section_b__manual",
        "clause_a",
        "clause_b",
    )
    if not can_see_register(user):
        return rows.annotate(**_telling(Value(False))).none()
    roles = load_roles(user)
    if roles.is_admin:
        return rows.annotate(**_telling(Value(True)))
    ids = [group.pk for group in roles.groups(Role.FACILITATOR, Role.DRAFTER)]
    at_desk = Q(work_group_a__in=ids) | Q(work_group_b__in=ids)
    return rows.annotate(**_telling(_is_published() | at_desk))


def _telling(condition: Value | Q) -> dict[str, Any]:
    return {"is_told": condition}


def withhold_untold(overlap: Overlap) -> Overlap:
    """A row of `overlaps_seen_by` as its reader may know it: how it was settled is left out of this object alone."""
    if not overlap.is_told:
        overlap.resolution = overlap.split_at = overlap.reason = ""
        overlap.resolved_by = overlap.resolved_at = None
    return overlap


def _is_published() -> Q:
    """That whatever is said of it tells no answer before its time."""
    answered = Answer.objects.filter(
        comment=OuterRef("comment"),
        current=True,
        disposition__publication__isnull=False,
    )
    waiting = OverlapComment.objects.filter(~Exists(answered), overlap=OuterRef("pk"))
    return Q(~Exists(waiting))


def find_overlap(user: Visitor, uuid: UUID) -> Overlap | None:
    overlap = overlaps_seen_by(user).filter(uuid=uuid).first()
    return withhold_untold(overlap) if overlap is not None else None


def narrow_overlaps(
    overlaps: QuerySet[Overlap], wanted: OverlapFilter
) -> QuerySet[Overlap]:
    """In the order in which they were entered."""
    if wanted.group is not None and wanted.other is not None:
        overlaps = overlaps.filter(
            Q(work_group_a=wanted.group, work_group_b=wanted.other)
            | Q(work_group_a=wanted.other, work_group_b=wanted.group)
        )
    elif wanted.group is not None:
        overlaps = overlaps.filter(
            Q(work_group_a=wanted.group) | Q(work_group_b=wanted.group)
        )
    if wanted.kind:
        overlaps = overlaps.filter(kind=wanted.kind)
    if wanted.state == OPEN:
        overlaps = overlaps.filter(SEEN_OPEN)
    elif wanted.state == RESOLVED:
        overlaps = overlaps.exclude(SEEN_OPEN)
    if wanted.agency:
        overlaps = overlaps.filter(agency__in=_spellings(overlaps, wanted.agency))
    if wanted.is_outside:
        overlaps = overlaps.exclude(agency="")
    return overlaps.order_by("pk")


def count_overlaps(overlaps: QuerySet[Overlap]) -> OverlapCount:
    """One query."""
    counted = overlaps.aggregate(all=Count("pk"), open=Count("pk", filter=SEEN_OPEN))
    return OverlapCount(counted["all"], counted["open"])


def count_by_groups(overlaps: QuerySet[Overlap]) -> Mapping[GroupPair, OverlapCount]:
    """One query."""
    rows = overlaps.order_by().values_list("work_group_a", "work_group_b")
    counted: dict[GroupPair, OverlapCount] = {}
    for first, second, number, waiting in rows.annotate(
        number=Count("pk"), waiting=Count("pk", filter=SEEN_OPEN)
    ):
        pair: GroupPair = (first, second)
        if second is not None and second < first:
            pair = (second, first)
        before = counted.get(pair, OverlapCount(0, 0))
        counted[pair] = OverlapCount(before.all + number, before.open + waiting)
    return counted


def count_by_agency(overlaps: QuerySet[Overlap]) -> list[tuple[str, OverlapCount]]:
    """[(outside agency, its count)], by name; those that were spelt in two ways once are one. One query."""
    rows = overlaps.exclude(agency="").order_by("agency").values_list("agency")
    counted: dict[str, tuple[str, OverlapCount]] = {}
    for agency, number, waiting in rows.annotate(
        number=Count("pk"), waiting=Count("pk", filter=SEEN_OPEN)
    ):
        key = agency_key(agency)
        name, before = counted.get(key, (agency, OverlapCount(0, 0)))
        both = OverlapCount(before.all + number, before.open + waiting)
        counted[key] = (name, both)
    return sorted(counted.values())


def _spellings(overlaps: QuerySet[Overlap], agency: str) -> list[str]:
    """Of one agency, as the rows have it. One query."""
    key = agency_key(agency)
    names = overlaps.exclude(agency="").order_by().values_list("agency", flat=True)
    return [name for name in names.distinct() if agency_key(name) == key]


def find_agencies(user: Visitor) -> list[str]:
    """The outside agencies that stand in the register, for who enters another overlap. One query."""
    rows = overlaps_seen_by(user).exclude(agency="").order_by("agency")
    return list(rows.values_list("agency", flat=True).distinct())
