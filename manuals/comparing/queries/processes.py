"""What became of every process between two states of the book, and why.

A process that stands on both sides is the same one, whatever it is called and wherever it stands. One that is gone went
where its lineage says, else where most of its clauses went; one that is not in the older state came from where its
lineage says, else from where most of its clauses came. Otherwise it was dropped, or is new.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from ...models import DropReason, EditionEntry, Manual, Section, SectionLineage
from ..fates import Evidence, ProcessFate
from ..sides import Side, Sides, SideSection
from .nodes import DRAFT_CLAUSES, EDITION_CLAUSES, side_parameters, sides_sql
from .reasons import SectionPast, find_move_reasons, find_section_pasts

MOST = 0.5  # of a process's clauses: where fewer went or came from, nothing is concluded
SHARE = 0.2  # of its clauses: a process that has fewer is not told as one of several

# How many clauses of a section of the older side stand in a section of the newer one, themselves or in the clause they
# were joined into; how many clauses of a section of the newer side came from one of the older side, themselves or out
# of a clause that was split.
FLOWS = """
    WITH old AS ({old}), new AS ({new}), heir AS (
        SELECT DISTINCT ON (line.from_clause_id) line.from_clause_id AS clause_id, new.section_id
        FROM manuals_clauselineage line JOIN new ON new.clause_id = line.to_clause_id
        WHERE line.kind IN ('merged', 'replaced') ORDER BY line.from_clause_id, line.id
    ), source AS (
        SELECT DISTINCT ON (line.to_clause_id) line.to_clause_id AS clause_id, old.section_id
        FROM manuals_clauselineage line JOIN old ON old.clause_id = line.from_clause_id
        WHERE line.kind IN ('split', 'replaced') ORDER BY line.to_clause_id, line.id
    )
    SELECT coalesce(old.section_id, source.section_id), coalesce(new.section_id, heir.section_id),
           count(old.clause_id), count(new.clause_id),
           count(*) FILTER (WHERE old.clause_id = new.clause_id), count(*) FILTER (WHERE old.sha = new.sha)
    FROM old FULL JOIN new USING (uuid)
    LEFT JOIN heir ON new.clause_id IS NULL AND heir.clause_id = old.clause_id
    LEFT JOIN source ON old.clause_id IS NULL AND source.clause_id = new.clause_id
    GROUP BY 1, 2
"""


class ClauseFlow(NamedTuple):
    """Clauses of one section of the older side (`went`) that stand in one of the newer side (`came`); those that are
    `both` are the same clauses, of which `same` have the same wording."""

    went: int = 0
    came: int = 0
    both: int = 0
    same: int = 0


@dataclass(frozen=True, slots=True)
class ClauseFlows:
    """By (section of the older side, section of the newer one), ids; and how many clauses a section has in all."""

    between: Mapping[tuple[int, int], ClauseFlow]
    old_totals: Mapping[int, int]
    new_totals: Mapping[int, int]

    def changed_clauses(self, section_id: int) -> int:
        """Of a section that stands on both sides: came, went, or are worded otherwise."""
        stayed = self.between.get((section_id, section_id), ClauseFlow())
        old, new = self.old_totals.get(section_id, 0), self.new_totals.get(section_id, 0)
        return old + new - stayed.both - stayed.same


@dataclass(frozen=True, slots=True)
class ProcessLink:
    """From a process of the older side to one of the newer side. Where clauses tell it, they are `clauses` of `total`
    that the one had, or the other has."""

    old: SideSection
    new: SideSection
    evidence: Evidence
    clauses: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class ComparedProcess:
    """A process of the older side with what became of it, or (`old` is None) one that is new.

    `links` lead to the newer side; `partners` went into the same process there. `elsewhere` is the group it moved to,
    where that one's manual is not compared. `reasons` are those of the acts, `given` what was told afterwards, the
    latest first.
    """

    fate: ProcessFate
    old: SideSection | None
    links: Sequence[ProcessLink] = ()
    new: SideSection | None = None
    partners: Sequence[SideSection] = ()
    elsewhere: Manual | None = None
    changed_clauses: int = 0
    reasons: Sequence[str] = ()
    given: Sequence[DropReason] = ()

    @property
    def news(self) -> list[SideSection]:
        """Where it is on the newer side."""
        if self.new is not None:
            return [self.new]
        return [link.new for link in self.links]

    @property
    def lacks_reason(self) -> bool:
        return self.fate == ProcessFate.DROPPED and not self.reasons and not self.given


@dataclass(frozen=True, slots=True)
class ProcessComparison:
    """In reading order of the older side, what is new behind it. `old` and `new` are how many processes each side has
    by fate; `left_out` are manuals that the newer side does not have, so that nothing can be said of them."""

    processes: Sequence[ComparedProcess]
    old: Mapping[ProcessFate, int]
    new: Mapping[ProcessFate, int]
    manuals: Mapping[int, Manual]
    left_out: Sequence[Manual] = field(default=())

    @property
    def old_total(self) -> int:
        return sum(self.old.values())

    @property
    def new_total(self) -> int:
        return sum(self.new.values())

    @property
    def without_reason(self) -> int:
        return sum(process.lacks_reason for process in self.processes)


def compare_processes(sides: Sides) -> ProcessComparison:
    """Nine queries at most for two editions, whatever they hold; a working draft costs three more and one less."""
    manuals = {
        manual.pk: manual for manual in Manual.objects.select_related("work_group").order_by("work_group__order", "key")
    }
    by_key = {manual.key: manual for manual in manuals.values()}
    old, new = _load_processes(sides)
    compared = _manual_ids(sides.new)
    flows = _load_flows(sides)
    links = list(_find_links(old, new, flows))
    links_of: dict[int, list[ProcessLink]] = {}
    sources_of: dict[int, list[SideSection]] = {}
    for link in links:
        links_of.setdefault(link.old.section_id, []).append(link)
        sources_of.setdefault(link.new.section_id, []).append(link.old)
    differing = [section for section in old.values() if _differs(section, new)]
    pasts = find_section_pasts(sides, differing, manuals, compared)
    others = {(link.old.section_id, link.new.section_id) for link in links if link.evidence != Evidence.SAME}
    moves = find_move_reasons(sides, others)
    given = _load_given(old.keys() - new.keys())

    processes: list[ComparedProcess] = []
    old_counts: Counter[ProcessFate] = Counter()
    new_counts: Counter[ProcessFate] = Counter()
    left_out: dict[int, Manual] = {}
    for pk, section in old.items():
        known = links_of.get(pk, [])
        past = pasts.get(pk, SectionPast())
        elsewhere = None
        stood_last = by_key.get(past.manual)
        if not known and section.manual_id in compared and stood_last and stood_last.pk not in compared:
            elsewhere = stood_last
        if not known and elsewhere is None and section.manual_id not in compared:
            left_out[section.manual_id] = manuals[section.manual_id]
            continue
        fate = ProcessFate.MOVED if elsewhere else _fate_of_old(section, known, sources_of, new)
        old_counts[fate] += 1
        partners = [
            partner for link in known for partner in sources_of[link.new.section_id] if partner.section_id != pk
        ]
        reasons = [*past.reasons, *(reason for reason in moves.get(pk, ()) if reason not in past.reasons)]
        processes.append(
            ComparedProcess(
                fate,
                section,
                links=known,
                partners=partners,
                elsewhere=elsewhere,
                changed_clauses=flows.changed_clauses(pk) if pk in new else 0,
                reasons=reasons,
                given=given.get(pk, ()),
            )
        )
    for pk, section in new.items():
        fate = _fate_of_new(section, sources_of.get(pk, []), links_of, sources_of, old, new)
        new_counts[fate] += 1
        if fate == ProcessFate.NEW:
            processes.append(ComparedProcess(fate, None, new=section))
    return ProcessComparison(processes, old_counts, new_counts, manuals, list(left_out.values()))


def _load_processes(sides: Sides) -> tuple[dict[int, SideSection], dict[int, SideSection]]:
    """What is a process on either side, by ids in reading order."""
    wanted = set()
    for side in (sides.old, sides.new):
        for section in side.sections.values():
            if section.kind == Section.Kind.PROCESS:
                wanted.add(section.section_id)
    old = {pk: section for pk, section in sides.old.sections.items() if pk in wanted}
    new = {pk: section for pk, section in sides.new.sections.items() if pk in wanted}
    return old, new


def _manual_ids(side: Side) -> set[int]:
    """The manuals that the side has, as far as they may be read. One query for an edition."""
    if side.edition is None:
        return {manual.pk for manual in side.manuals or ()}
    entries = side.edition.entries.filter(kind=EditionEntry.Kind.MANUAL)
    return set(entries.values_list("manual", flat=True))


def _load_flows(sides: Sides) -> ClauseFlows:
    """One query over both sides."""
    between: dict[tuple[int, int], ClauseFlow] = {}
    old_totals: Counter[int] = Counter()
    new_totals: Counter[int] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(sides_sql(FLOWS, sides, EDITION_CLAUSES, DRAFT_CLAUSES), side_parameters(sides))
        for old_section, new_section, *counts in cursor.fetchall():
            flow = ClauseFlow(*counts)
            if old_section is not None:
                old_totals[old_section] += flow.went
            if new_section is not None:
                new_totals[new_section] += flow.came
            if old_section is not None and new_section is not None:
                between[old_section, new_section] = flow
    return ClauseFlows(between, old_totals, new_totals)


def _differs(section: SideSection, new: Mapping[int, SideSection]) -> bool:
    other = new.get(section.section_id)
    if other is None:
        return True
    return (section.title, section.manual_id, section.parent) != (other.title, other.manual_id, other.parent)


def _load_given(section_ids: Iterable[int]) -> dict[int, list[DropReason]]:
    """{section id: what was told afterwards, the latest first}. One query."""
    given: dict[int, list[DropReason]] = {}
    rows = DropReason.objects.filter(section__in=list(section_ids)).select_related("by").order_by("-pk")
    for row in rows:
        given.setdefault(row.section_id, []).append(row)
    return given


# --- which process of the newer side is, or came out of, which of the older one


def _find_links(
    old: Mapping[int, SideSection], new: Mapping[int, SideSection], flows: ClauseFlows
) -> Iterable[ProcessLink]:
    """Each pair once, with the best evidence that there is. One query."""
    found: dict[tuple[int, int], ProcessLink] = {}
    for pk in old.keys() & new.keys():
        found[pk, pk] = ProcessLink(old[pk], new[pk], Evidence.SAME)
    for source, target, evidence in _find_lineage(old, new):
        found.setdefault((source, target), ProcessLink(old[source], new[target], evidence))
    recorded = {source for source, _ in found}
    for link in _find_by_clauses(old, new, flows):
        is_told = link.old.section_id in recorded and link.old.section_id not in new
        if not is_told:
            found.setdefault((link.old.section_id, link.new.section_id), link)
    order = {pk: place for place, pk in enumerate(new)}
    return sorted(found.values(), key=lambda link: (link.evidence != Evidence.SAME, order[link.new.section_id]))


def _find_lineage(
    old: Mapping[int, SideSection], new: Mapping[int, SideSection]
) -> Iterable[tuple[int, int, Evidence]]:
    """(section of the older side, section of the newer one, evidence) by the lines of descent that were drawn between
    the two, over what stood in between."""
    lines: dict[int, list[tuple[int, str]]] = {}
    for source, target, kind in SectionLineage.objects.order_by("pk").values_list("from_section", "to_section", "kind"):
        lines.setdefault(source, []).append((target, kind))
    for source in old:
        seen = {source}
        waiting = list(lines.get(source, []))
        while waiting:
            target, kind = waiting.pop(0)
            if target in seen:
                continue
            seen.add(target)
            if target in new and _is_descent(kind, is_gone=source not in new, is_new=target not in old):
                is_copy = kind == SectionLineage.Kind.COPIED
                yield source, target, Evidence.COPIED if is_copy else Evidence.RECORDED
            elif target not in old and target not in new:
                waiting += lines.get(target, [])


def _is_descent(kind: str, *, is_gone: bool, is_new: bool) -> bool:
    """Whether a line of descent was drawn between the two sides: what goes into another one is gone, what came out of
    one is new, and a copy descends only from what was given up for it."""
    match kind:
        case SectionLineage.Kind.SPLIT:
            return is_new
        case SectionLineage.Kind.COPIED:
            return is_gone and is_new
        case _:
            return is_gone


def _find_by_clauses(
    old: Mapping[int, SideSection], new: Mapping[int, SideSection], flows: ClauseFlows
) -> Iterable[ProcessLink]:
    for pk, section in old.items():
        if pk not in new:
            went = {to: flow.went for (source, to), flow in flows.between.items() if source == pk and to in new}
            total = flows.old_totals.get(pk, 0)
            for target, number in _most_of(went, total):
                yield ProcessLink(section, new[target], Evidence.CLAUSES, number, total)
    for pk, section in new.items():
        if pk not in old:
            came = {source: flow.came for (source, to), flow in flows.between.items() if to == pk and source in old}
            total = flows.new_totals.get(pk, 0)
            for source, number in _most_of(came, total):
                if source in new:  # where the clauses of one that is gone went was told above
                    yield ProcessLink(old[source], section, Evidence.CLAUSES, number, total)


def _most_of(numbers: Mapping[int, int], total: int) -> list[tuple[int, int]]:
    """Those that have a share of the clauses, when together they have most of them."""
    if not total or sum(numbers.values()) < MOST * total:
        return []
    largest = max(numbers.values())
    return [(pk, number) for pk, number in numbers.items() if number >= min(SHARE * total, largest)]


# --- what became of each


def _fate_of_old(
    section: SideSection,
    links: Sequence[ProcessLink],
    sources_of: Mapping[int, Sequence[SideSection]],
    new: Mapping[int, SideSection],
) -> ProcessFate:
    if not links:
        return ProcessFate.DROPPED
    if len(links) > 1:
        return ProcessFate.SPLIT
    target = links[0].new
    if len(sources_of[target.section_id]) > 1:
        return ProcessFate.JOINED
    if section.section_id not in new:
        return ProcessFate.REPLACED
    return _fate_by_place(section, target)


def _fate_by_place(old: SideSection, new: SideSection) -> ProcessFate:
    """Of one that stands on both sides, by itself."""
    if old.manual_id != new.manual_id:
        return ProcessFate.MOVED
    if old.parent != new.parent:
        return ProcessFate.REARRANGED
    if old.title != new.title:
        return ProcessFate.RENAMED
    return ProcessFate.KEPT


def _fate_of_new(
    section: SideSection,
    sources: Sequence[SideSection],
    links_of: Mapping[int, Sequence[ProcessLink]],
    sources_of: Mapping[int, Sequence[SideSection]],
    old: Mapping[int, SideSection],
    new: Mapping[int, SideSection],
) -> ProcessFate:
    if not sources:
        return ProcessFate.NEW
    before = old.get(section.section_id)
    if before is not None:
        return _fate_of_old(before, links_of[before.section_id], sources_of, new)
    if len(sources) > 1:
        return ProcessFate.JOINED
    if len(links_of[sources[0].section_id]) > 1:
        return ProcessFate.SPLIT
    return ProcessFate.REPLACED
