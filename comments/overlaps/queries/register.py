"""The rows of the overlap register that a reader may see, narrowed and counted."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from hearing_portal.directory.models import RoleAssignment, WorkGroup
from hearing_portal.directory.permissions import Visitor, load_roles

from ...models import Answer, Overlap, OverlapComment, answers_are_public

Role = RoleAssignment.Role
OPEN = "open"
RESOLVED = "resolved"
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
    """Admins all, who works at the desk of a side those of the group; everybody else what is settled, once the answers
    to all that was said of it are published (docs/decisions/0115). With their groups and sections."""
    rows = Overlap.objects.select_related(
        "work_group_a",
        "work_group_b",
        "section_a__manual",
        "section_b__manual",
        "clause_a",
        "clause_b",
    )
    roles = load_roles(user)
    if roles.is_admin:
        return rows
    if not can_see_register(user):
        return rows.none()
    groups = roles.groups(Role.FACILITATOR, Role.DRAFTER)
    if not groups:
        return rows.filter(_is_told())
    ids = [group.pk for group in groups]
    at_desk = Q(work_group_a__in=ids) | Q(work_group_b__in=ids)
    return rows.filter(_is_told() | at_desk)


def _is_told() -> Q:
    answered = Answer.objects.filter(
        comment=OuterRef("comment"),
        current=True,
        disposition__publication__isnull=False,
    )
    waiting = OverlapComment.objects.filter(~Exists(answered), overlap=OuterRef("pk"))
    return ~Q(resolution="") & Q(~Exists(waiting))


def find_overlap(user: Visitor, uuid: UUID) -> Overlap | None:
    return overlaps_seen_by(user).filter(uuid=uuid).first()


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
        overlaps = overlaps.filter(resolution="")
    elif wanted.state == RESOLVED:
        overlaps = overlaps.exclude(resolution="")
    if wanted.agency:
        overlaps = overlaps.filter(agency=wanted.agency)
    if wanted.is_outside:
        overlaps = overlaps.exclude(agency="")
    return overlaps.order_by("pk")


def count_overlaps(overlaps: QuerySet[Overlap]) -> OverlapCount:
    """One query."""
    counted = overlaps.aggregate(
        all=Count("pk"), open=Count("pk", filter=Q(resolution=""))
    )
    return OverlapCount(counted["all"], counted["open"])


def count_by_groups(overlaps: QuerySet[Overlap]) -> Mapping[GroupPair, OverlapCount]:
    """One query."""
    rows = overlaps.order_by().values_list("work_group_a", "work_group_b")
    counted: dict[GroupPair, OverlapCount] = {}
    for first, second, number, waiting in rows.annotate(
        number=Count("pk"), waiting=Count("pk", filter=Q(resolution=""))
    ):
        pair: GroupPair = (first, second)
        if second is not None and second < first:
            pair = (second, first)
        before = counted.get(pair, OverlapCount(0, 0))
        counted[pair] = OverlapCount(before.all + number, before.open + waiting)
    return counted


def count_by_agency(overlaps: QuerySet[Overlap]) -> list[tuple[str, OverlapCount]]:
    """[(outside agency, its count)], by name. One query."""
    rows = overlaps.exclude(agency="").order_by().values_list("agency")
    counted = []
    for agency, number, waiting in rows.annotate(
        number=Count("pk"), waiting=Count("pk", filter=Q(resolution=""))
    ):
        counted.append((agency, OverlapCount(number, waiting)))
    return sorted(counted)


def find_agencies(user: Visitor) -> list[str]:
    """The outside agencies that stand in the register, for who enters another overlap. One query."""
    rows = overlaps_seen_by(user).exclude(agency="").order_by("agency")
    return list(rows.values_list("agency", flat=True).distinct())
