"""What became of every process between two states of the book, and why.

A process that stands on both sides is the same one, whatever it is called and wherever it stands. One that is gone went
where its lineage says, as far as the words bear it out, else where most of its clauses went; one that is not in the
older state came from where its lineage says, else from where most of its clauses came. Otherwise it was dropped, or is
new.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import connection

from ...models import DropReason, EditionEntry, Manual, Section
from ...models.edition import LEFT
from ..fates import Evidence, ProcessFate
from ..sides import Side, Sides, SideSection
from .nodes import DRAFT_CLAUSES, EDITION_CLAUSES, side_parameters, sides_sql
from .process_descent import find_lineage
from .reasons import SectionPast, find_move_reasons, find_section_pasts

# Of a process's clauses: where fewer went or came from, nothing is concluded
MOST = 0.5
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
        old = self.old_totals.get(section_id, 0)
        new = self.new_totals.get(section_id, 0)
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
    """Ten queries at most for two editions, whatever they hold; a working draft costs three more and one less."""
    in_book_order = Manual.objects.select_related("work_group").order_by(
        "work_group__order", "key"
    )
    manuals = {manual.pk: manual for manual in in_book_order}
    compared, told_left = _read_manuals(sides.new)
    old, new = _load_processes(sides)
    flows = _load_flows(sides)
    kinship = _Kinship(old, new, _find_links(sides, old, new, flows))
    differing = []
    for pk, section in old.items():
        if _differs(section, new) or flows.changed_clauses(pk):
            differing.append(section)
    pasts = find_section_pasts(sides, differing, manuals, compared)
    moves = find_move_reasons(sides, kinship.find_different_pairs())
    given = _load_given(old.keys() - new.keys())
    processes: list[ComparedProcess] = []
    left_out: dict[int, Manual] = {}
    for pk, section in old.items():
        links = kinship.links_of[pk]
        if not links and section.manual_id not in compared:
            left_out[section.manual_id] = manuals[section.manual_id]
            continue
        past = pasts.get(pk, SectionPast())
        reasons = list(dict.fromkeys([*past.reasons, *moves.get(pk, ())]))
        if not reasons and pk not in given:
            reasons = _find_told(section, links, old, new, told_left)
        elsewhere = None if links else _find_elsewhere(past, manuals.values(), compared)
        process = ComparedProcess(
            fate=ProcessFate.MOVED if elsewhere else kinship.tell_fate_of_old(section),
            old=section,
            links=links,
            partners=kinship.find_partners(section),
            elsewhere=elsewhere,
            changed_clauses=flows.changed_clauses(pk) if pk in new else 0,
            reasons=reasons,
            given=given.get(pk, ()),
        )
        processes.append(process)
    old_counts = Counter(process.fate for process in processes)
    new_counts: Counter[ProcessFate] = Counter()
    for section in new.values():
        fate = kinship.tell_fate_of_new(section)
        new_counts[fate] += 1
        if fate == ProcessFate.NEW:
            processes.append(ComparedProcess(fate, None, new=section))
    return ProcessComparison(
        processes, old_counts, new_counts, manuals, list(left_out.values())
    )


def _find_elsewhere(
    past: SectionPast, manuals: Iterable[Manual], compared: Collection[int]
) -> Manual | None:
    """The manual a section stood in last, where that one is not compared."""
    for manual in manuals:
        if manual.key == past.manual and manual.pk not in compared:
            return manual
    return None


def _load_processes(
    sides: Sides,
) -> tuple[dict[int, SideSection], dict[int, SideSection]]:
    """What is a process on either side, by ids in reading order."""
    wanted = set()
    for side in (sides.old, sides.new):
        for section in side.sections.values():
            if section.kind == Section.Kind.PROCESS:
                wanted.add(section.section_id)
    old = {pk: section for pk, section in sides.old.sections.items() if pk in wanted}
    new = {pk: section for pk, section in sides.new.sections.items() if pk in wanted}
    return old, new


def _read_manuals(side: Side) -> tuple[set[int], dict[str, list[str]]]:
    """The manuals that the side has, as far as they may be read, and {uuid: why a process left them} as it tells
    itself. One query for an edition."""
    if side.edition is None:
        return {manual.pk for manual in side.manuals or ()}, {}
    entries = side.edition.entries.filter(kind=EditionEntry.Kind.MANUAL)
    data_of = dict(entries.values_list("manual", "data"))
    told: dict[str, list[str]] = {}
    for data in data_of.values():
        told |= data.get(LEFT, {})
    return set(data_of), told


def _find_told(
    section: SideSection,
    links: Iterable[ProcessLink],
    old: Mapping[int, SideSection],
    new: Mapping[int, SideSection],
    left: Mapping[str, Sequence[str]],
) -> list[str]:
    """What the newer side itself tells of one of the older side, where no act here does: why it left, and why others
    were split off from it."""
    reasons: dict[str, None] = {}
    if section.section_id not in new:
        reasons |= dict.fromkeys(left.get(str(section.uuid), ()))
    for link in links:
        if link.new.section_id not in old and link.new.split_reason:
            reasons[link.new.split_reason] = None
    return list(reasons)


def _load_flows(sides: Sides) -> ClauseFlows:
    """One query over both sides."""
    query = sides_sql(FLOWS, sides, EDITION_CLAUSES, DRAFT_CLAUSES)
    between: dict[tuple[int, int], ClauseFlow] = {}
    old_totals: Counter[int] = Counter()
    new_totals: Counter[int] = Counter()
    with connection.cursor() as cursor:
        cursor.execute(query, side_parameters(sides))
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
    stands_elsewhere = (
        section.manual_id != other.manual_id or section.parent != other.parent
    )
    return stands_elsewhere or section.title != other.title


def _load_given(section_ids: Iterable[int]) -> dict[int, list[DropReason]]:
    """{section id: what was told afterwards, the latest first}. One query."""
    given: defaultdict[int, list[DropReason]] = defaultdict(list)
    reasons = DropReason.objects.filter(section__in=list(section_ids))
    for reason in reasons.select_related("by").order_by("-pk"):
        given[reason.section_id].append(reason)
    return given


# --- which process of the newer side is, or came out of, which of the older one


def _find_links(
    sides: Sides,
    old: Mapping[int, SideSection],
    new: Mapping[int, SideSection],
    flows: ClauseFlows,
) -> list[ProcessLink]:
    """Each pair once, with the best evidence that there is. Two queries."""
    found: dict[tuple[int, int], ProcessLink] = {}
    for pk in old.keys() & new.keys():
        found[pk, pk] = ProcessLink(old[pk], new[pk], Evidence.SAME)
    for source, target, evidence in find_lineage(sides, old, new):
        found.setdefault(
            (source, target), ProcessLink(old[source], new[target], evidence)
        )
    recorded = {source for source, _ in found}
    for link in _find_by_clauses(old, new, flows):
        is_told = link.old.section_id in recorded and link.old.section_id not in new
        if not is_told:
            found.setdefault((link.old.section_id, link.new.section_id), link)
    # In the order of the newer side; what stands on both sides leads to itself first
    order = {pk: place for place, pk in enumerate(new)}
    links = sorted(found.values(), key=lambda link: order[link.new.section_id])
    return sorted(links, key=lambda link: link.evidence != Evidence.SAME)


def _find_by_clauses(
    old: Mapping[int, SideSection],
    new: Mapping[int, SideSection],
    flows: ClauseFlows,
) -> Iterator[ProcessLink]:
    went: defaultdict[int, dict[int, int]] = defaultdict(dict)
    came: defaultdict[int, dict[int, int]] = defaultdict(dict)
    for (source, target), flow in flows.between.items():
        if source in old and target in new:
            went[source][target] = flow.went
            came[target][source] = flow.came
    for source, section in old.items():
        if source in new:
            continue
        total = flows.old_totals.get(source, 0)
        for target, number in _most_of(went[source], total):
            yield ProcessLink(section, new[target], Evidence.CLAUSES, number, total)
    for target, section in new.items():
        if target in old:
            continue
        total = flows.new_totals.get(target, 0)
        for source, number in _most_of(came[target], total):
            if (
                source in new
            ):  # where the clauses of one that is gone went was told above
                yield ProcessLink(old[source], section, Evidence.CLAUSES, number, total)


def _most_of(numbers: Mapping[int, int], total: int) -> list[tuple[int, int]]:
    """Those that have a share of the clauses, when together they have most of them."""
    if not total or sum(numbers.values()) < MOST * total:
        return []
    largest = max(numbers.values())
    least = min(SHARE * total, largest)
    return [(pk, number) for pk, number in numbers.items() if number >= least]


# --- what became of each


class _Kinship:
    """The processes of both sides with the links between them, by ids of sections."""

    def __init__(
        self,
        old: Mapping[int, SideSection],
        new: Mapping[int, SideSection],
        links: Iterable[ProcessLink],
    ) -> None:
        self.old = old
        self.new = new
        self.links_of: defaultdict[int, list[ProcessLink]] = defaultdict(list)
        self.sources_of: defaultdict[int, list[SideSection]] = defaultdict(list)
        for link in links:
            self.links_of[link.old.section_id].append(link)
            self.sources_of[link.new.section_id].append(link.old)

    def find_different_pairs(self) -> set[tuple[int, int]]:
        """(of the older side, of the newer one): those linked that are not the same process."""
        pairs = set()
        for links in self.links_of.values():
            for link in links:
                if link.evidence != Evidence.SAME:
                    pairs.add((link.old.section_id, link.new.section_id))
        return pairs

    def find_partners(self, section: SideSection) -> list[SideSection]:
        """What of the older side went into the same process as this one."""
        partners = []
        for link in self.links_of[section.section_id]:
            for source in self.sources_of[link.new.section_id]:
                if source.section_id != section.section_id:
                    partners.append(source)
        return partners

    def tell_fate_of_old(self, section: SideSection) -> ProcessFate:
        links = self.links_of[section.section_id]
        if not links:
            return ProcessFate.DROPPED
        if len(links) > 1:
            return ProcessFate.SPLIT
        target = links[0].new
        if len(self.sources_of[target.section_id]) > 1:
            return ProcessFate.JOINED
        if section.section_id not in self.new:
            return ProcessFate.REPLACED
        # It stands on both sides, by itself
        if section.manual_id != target.manual_id:
            return ProcessFate.MOVED
        if section.parent != target.parent:
            return ProcessFate.REARRANGED
        if section.title != target.title:
            return ProcessFate.RENAMED
        return ProcessFate.KEPT

    def tell_fate_of_new(self, section: SideSection) -> ProcessFate:
        sources = self.sources_of[section.section_id]
        if not sources:
            return ProcessFate.NEW
        before = self.old.get(section.section_id)
        if before is not None:
            return self.tell_fate_of_old(before)
        if len(sources) > 1:
            return ProcessFate.JOINED
        links = self.links_of[sources[0].section_id]
        if len(links) > 1:
            return ProcessFate.SPLIT
        return ProcessFate.REPLACED
