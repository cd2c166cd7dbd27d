"""Positions in the tree: ranks among siblings, and what hangs below what."""

from collections.abc import Iterable

from django.db.models import Max, Min, QuerySet

from ...models import Clause, Section
from ...ranks import rank_between
from ..changes import ChangeRefused, Position


def section_siblings(section: Section) -> QuerySet[Section]:
    """The live sections beside this one."""
    rows = Section.objects.live().exclude(pk=section.pk)
    return rows.filter(manual=section.manual, parent=section.parent)


def clause_siblings(clause: Clause) -> QuerySet[Clause]:
    """The live clauses beside this one."""
    rows = Clause.objects.live().exclude(pk=clause.pk)
    return rows.filter(
        section=clause.section,
        part=clause.part,
        parent=clause.parent,
    )


def find_free_rank[Row: (Section, Clause)](
    siblings: QuerySet[Row], *, after: Row | None = None, before: Row | None = None
) -> str:
    """A rank right after or before one of the siblings, or behind the last. One query, two beside a sibling."""
    neighbour = after or before
    if neighbour is None:
        last = siblings.aggregate(rank=Max("rank"))["rank"]
        return rank_between(last or "")
    if not siblings.filter(pk=neighbour.pk).exists():
        raise ChangeRefused(
            "ข้อที่จะวางไว้ข้าง ๆ ไม่ได้อยู่ที่นั่นแล้ว โปรดเปิดหน้านี้อีกครั้งแล้วดำเนินการใหม่"
        )
    rank = neighbour.rank
    if after is not None:
        behind = siblings.filter(rank__gt=rank)
        next_rank = behind.aggregate(rank=Min("rank"))["rank"]
        return rank_between(rank, next_rank or "")
    in_front = siblings.filter(rank__lt=rank)
    previous_rank = in_front.aggregate(rank=Max("rank"))["rank"]
    return rank_between(previous_rank or "", rank)


def stands_below[Row: (Section, Clause)](node: Row, ancestor: Row) -> bool:
    """Whether `node` is `ancestor` or hangs below it. A query for each level that was not read yet."""
    above: Row | None = node
    while above is not None:
        if above.pk == ancestor.pk:
            return True
        above = above.parent
    return False


def stands_at(clause: Clause, position: Position) -> bool:
    """Within its section."""
    return (
        clause.part == position.part
        and clause.parent_uuid == position.parent
        and clause.rank == position.rank
        and clause.numbering == position.numbering
    )


def children_first(clauses: Iterable[Clause]) -> list[Clause]:
    """The order to retire clauses in: a clause with live ones below it is not retired."""
    by_id: dict[int | None, Clause] = {}
    for clause in clauses:
        by_id[clause.pk] = clause

    def depth(clause: Clause) -> int:
        parent = by_id.get(clause.parent_id)
        if parent is None:
            return 0
        return 1 + depth(parent)

    return sorted(by_id.values(), key=depth, reverse=True)
