"""Which clauses of a manual apply repealed laws, and what their words would be with other laws instead."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from ...content import ContentRefused, content_sha
from ...entries import EntryView
from ...law.mentions import AppliedLaw, RepealedLaws
from ...law.queries import find_applying_clauses, load_repealed_laws, load_successions
from ...models import Clause, LegalSource, Manual, Section
from ...queries import load_draft_clauses, load_draft_sections
from ..law_replacing import ReplacedWords, replace_laws
from .references import link_contents


@dataclass(frozen=True, slots=True)
class RepealedLaw:
    """A repealed law that clauses of the manual apply. `offered` are in force instead, `chosen` is one of them; None
    where nothing is in force instead."""

    source: LegalSource
    offered: Sequence[LegalSource]
    chosen: LegalSource | None
    clauses: int


@dataclass(frozen=True, slots=True)
class PlannedClause:
    """A clause that applies repealed laws; `replaced` is None where a person has to change its words. `names` are the
    clauses that the words to come lead to, where a number named them."""

    clause: Clause
    entry: EntryView
    applied: Sequence[AppliedLaw]
    replaced: ReplacedWords | None = None
    names: Sequence[str] = ()

    @property
    def sha(self) -> str:
        """Of the words to come."""
        return content_sha(self.replaced.content) if self.replaced is not None else ""


@dataclass(frozen=True, slots=True)
class ReplacementPlan:
    laws: Sequence[RepealedLaw] = ()
    clauses: Sequence[PlannedClause] = field(default=())

    @property
    def successors(self) -> dict[int, LegalSource]:
        """{id of a repealed law: what stands in its place}."""
        later = {}
        for law in self.laws:
            if law.chosen is not None:
                later[law.source.pk] = law.chosen
        return later


def plan_replacements(manual: Manual, wanted: Mapping[int, int]) -> ReplacementPlan:
    """Of the working draft of the manual, in book order. `wanted` is {id of a repealed law: id of what stands in its
    place}; where it does not say, or says what is not offered, the first one. Eight queries at most."""
    laws = load_repealed_laws()
    sections = [
        section for section in load_draft_sections() if section.manual_id == manual.pk
    ]
    applied = {}
    for found in find_applying_clauses(laws, sections):
        applied[found.clause_id] = found
    if not applied:
        return ReplacementPlan()
    applied_laws: list[AppliedLaw] = []
    for found in applied.values():
        applied_laws += found.laws
    found_laws = _find_laws(applied_laws, wanted)
    successors = ReplacementPlan(found_laws).successors

    concerned = {found.section_id for found in applied.values()}
    concerned_sections = [section for section in sections if section.pk in concerned]
    clauses = Clause.objects.select_related(
        "section__manual", "section__parent", "parent"
    ).in_bulk(list(applied))
    planned: list[PlannedClause] = []
    entries = load_draft_clauses(concerned_sections)
    for section in concerned_sections:
        for entry in entries[section.pk]:
            clause = clauses.get(entry.clause_id or 0)
            if clause is not None:
                planned.append(
                    _plan_clause(
                        clause, entry, applied[clause.pk].laws, laws, successors
                    )
                )
    return ReplacementPlan(found_laws, _link_words_to_come(planned))


def _link_words_to_come(planned: Sequence[PlannedClause]) -> list[PlannedClause]:
    """The numbers of clauses in them as references."""
    placed = []
    for each in planned:
        if each.replaced is not None:
            placed.append((each.clause.section, each.replaced.content))
    contents = iter(link_contents(placed))
    linked_rows = []
    for row in planned:
        if row.replaced is None:
            linked_rows.append(row)
            continue
        linked = next(contents)
        linked_rows.append(
            replace(
                row,
                replaced=replace(row.replaced, content=linked.content),
                names=linked.names,
            )
        )
    return linked_rows


def _find_laws(
    applied: Sequence[AppliedLaw], wanted: Mapping[int, int]
) -> list[RepealedLaw]:
    """Each once, the most applied first."""
    counts: dict[int, int] = {}
    sources: dict[int, LegalSource] = {}
    for law in applied:
        sources[law.source.pk] = law.source
        counts[law.source.pk] = counts.get(law.source.pk, 0) + 1
    successions = load_successions()
    found: list[RepealedLaw] = []
    for pk, source in sources.items():
        offered = successions.in_force_after(source)
        chosen = offered[0] if offered else None
        for successor in offered:
            if successor.pk == wanted.get(pk):
                chosen = successor
        found.append(RepealedLaw(source, offered, chosen, counts[pk]))
    return sorted(found, key=lambda law: (-law.clauses, law.source.short_title))


def _plan_clause(
    clause: Clause,
    entry: EntryView,
    applied: Sequence[AppliedLaw],
    laws: RepealedLaws,
    successors: Mapping[int, LegalSource],
) -> PlannedClause:
    try:
        replaced = replace_laws(clause.content, laws, successors)
    except ContentRefused:
        replaced = None
    return PlannedClause(clause, entry, applied, replaced)


def sections_of(plan: ReplacementPlan) -> dict[Section, list[PlannedClause]]:
    """{section: its clauses}, in the order of the plan."""
    by_section: dict[Section, list[PlannedClause]] = {}
    for row in plan.clauses:
        by_section.setdefault(row.clause.section, []).append(row)
    return by_section
