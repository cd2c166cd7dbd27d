"""What the similarity search found and nobody has looked at yet, two processes (or sections) at a time."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet

from hearing_portal.directory.models import RoleAssignment, User
from hearing_portal.directory.permissions import load_roles

from ...models import OverlapPair, PairDismissal, SearchedClause, SimilarPair

Role = RoleAssignment.Role
MOST_PAIRS = 10  # shown of two sections, the most alike first


class SectionPair(NamedTuple):
    """Ids of two sections, how many clauses of theirs are alike, and how alike the nearest are, in percent."""

    first: int
    second: int
    pairs: int
    nearest: int


def waiting_pairs(user: User) -> QuerySet[SimilarPair]:
    """Pairs with a side of the reader's desks, all of them for admins; without those whose wordings were dismissed or
    stand in the register."""
    low, high = OuterRef("blob_a"), OuterRef("blob_b")
    dismissed = PairDismissal.objects.filter(
        Q(low=low, high=high) | Q(low=high, high=low)
    )
    entered = OverlapPair.objects.filter(
        Q(blob_a=low, blob_b=high) | Q(blob_a=high, blob_b=low)
    )
    pairs = SimilarPair.objects.filter(~Exists(dismissed), ~Exists(entered))
    roles = load_roles(user)
    if roles.is_admin:
        return pairs
    groups = [group.pk for group in roles.groups(Role.FACILITATOR, Role.DRAFTER)]
    return pairs.filter(
        Q(clause_a__section__manual__work_group__in=groups)
        | Q(clause_b__section__manual__work_group__in=groups)
    )


def find_section_pairs(
    pairs: QuerySet[SimilarPair], group: int | None = None
) -> QuerySet[SimilarPair, Any]:
    """Rows of first, second, pairs and nearest, those with the most clauses alike first; `group` is the id of a group
    that one of the two belongs to."""
    if group is not None:
        pairs = pairs.filter(
            Q(clause_a__section__manual__work_group=group)
            | Q(clause_b__section__manual__work_group=group)
        )
    return (
        pairs.order_by()
        .values(first=F("clause_a__section"), second=F("clause_b__section"))
        .annotate(pairs=Count("pk"), nearest=Max("percent"))
        .order_by("-pairs", "-nearest", "first", "second")
    )


def load_pairs_of(
    pairs: QuerySet[SimilarPair], sections: Iterable[SectionPair]
) -> dict[tuple[int, int], list[SimilarPair]]:
    """{(first, second): its pairs, the most alike first}, with all that they show. One query."""
    wanted = Q(pk__in=[])
    for pair in sections:
        wanted |= Q(clause_a__section=pair.first, clause_b__section=pair.second)
    found: dict[tuple[int, int], list[SimilarPair]] = {}
    for row in with_places(pairs.filter(wanted)).order_by("-percent", "pk"):
        key = (row.clause_a.section_id, row.clause_b.section_id)
        found.setdefault(key, []).append(row)
    return found


def find_pairs_between(user: User, first: UUID, second: UUID) -> list[SimilarPair]:
    """Those that wait between two sections, the most alike first. One query."""
    pairs = waiting_pairs(user).filter(
        clause_a__section__uuid=first, clause_b__section__uuid=second
    )
    return list(with_places(pairs).order_by("-percent", "pk"))


def with_places(pairs: QuerySet[SimilarPair]) -> QuerySet[SimilarPair]:
    return pairs.select_related(
        "blob_a",
        "blob_b",
        "clause_a__section__manual__work_group",
        "clause_b__section__manual__work_group",
    )


def find_last_search() -> datetime | None:
    """When something was compared last. One query."""
    last: datetime | None = SearchedClause.objects.aggregate(last=Max("at"))["last"]
    return last
