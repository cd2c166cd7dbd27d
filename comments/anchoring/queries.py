"""Comments without a place in a later edition, each with the places that may be meant."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator
from django.db.models import Q

from manuals.models import ClauseLineage, EditionEntry, Manual

from ..citations import cite_entry, section_title
from ..models import AnchorResolution

PAGE_SIZE = 20
State = AnchorResolution.State


@dataclass(frozen=True, slots=True)
class Unplaced:
    """`likely` are the successors of the clause; `nearby` the clauses of its process in the later edition."""

    resolution: AnchorResolution
    likely: list[tuple[int, str]] = field(default_factory=list)
    nearby: list[tuple[int, str]] = field(default_factory=list)

    @property
    def citation(self) -> str:
        return cite_entry(self.resolution.comment.entry)


@dataclass(frozen=True, slots=True)
class UnplacedPage:
    rows: list[Unplaced]
    page: Page


def unplaced_count(manual: Manual) -> int:
    return AnchorResolution.objects.filter(state=State.UNPLACED, comment__entry__manual=manual).count()


def unplaced_at(manual: Manual, number: object = 1) -> UnplacedPage:
    """Five queries, however many rows."""
    resolutions = (
        AnchorResolution.objects.filter(state=State.UNPLACED, comment__entry__manual=manual)
        .select_related("edition", "comment__office", "comment__entry__blob", "comment__entry__manual")
        .annotate(section_title=section_title("comment__entry__"))
        .order_by("-edition_id", "comment__entry__ordinal", "pk")
    )
    page = Paginator(resolutions, PAGE_SIZE).get_page(number)
    rows = list(page.object_list)
    successors = _successors(rows)
    entries = _candidates(rows, successors)
    return UnplacedPage([_unplaced(row, entries, successors) for row in rows], page)


def _unplaced(row: AnchorResolution, entries: list[EditionEntry], successors: dict[int, set[int]]) -> Unplaced:
    """What stood together mostly still does: the clauses of the same process are offered after the successors."""
    old, mine = row.comment.entry, successors.get(row.comment.entry.clause_id, set())
    here = [entry for entry in entries if entry.edition_id == row.edition_id]
    likely = [entry for entry in here if entry.clause_id in mine]
    nearby = [entry for entry in here if entry.section_id == old.section_id and entry.clause_id not in mine]
    return Unplaced(row, _choices(likely), _choices(nearby))


def _choices(entries: Iterable[EditionEntry]) -> list[tuple[int, str]]:
    return [(entry.pk, f"{cite_entry(entry)} {entry.blob.plain[:60]}") for entry in entries]


def _successors(rows: list[AnchorResolution]) -> dict[int, set[int]]:
    lines = ClauseLineage.objects.filter(from_clause__in=[row.comment.entry.clause_id for row in rows])
    found: dict[int, set[int]] = {}
    for source, target in lines.values_list("from_clause", "to_clause"):
        found.setdefault(source, set()).add(target)
    return found


def _candidates(rows: list[AnchorResolution], successors: dict[int, set[int]]) -> list[EditionEntry]:
    sections = {row.comment.entry.section_id for row in rows}
    clauses = {clause for targets in successors.values() for clause in targets}
    entries = EditionEntry.objects.filter(
        Q(section__in=sections) | Q(clause__in=clauses),
        edition__in={row.edition_id for row in rows},
        kind="clause",
    )
    return list(entries.select_related("blob", "manual").order_by("edition", "ordinal"))
