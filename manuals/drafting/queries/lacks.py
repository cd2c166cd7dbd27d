"""What the processes of a manual still lack in the working draft."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from operator import attrgetter, itemgetter
from typing import Any
from uuid import UUID

from ...content import Step
from ...law.queries import find_applying_clauses, load_repealed_laws
from ...models import Clause, LegalSource, Manual, Section
from ..reference_lacks import ReferenceLack
from ..step_lacks import (
    STEP_FIELDS,
    WITHOUT_WORK,
    find_broken_ways,
    find_ends_missing,
    find_unreached,
)
from .references import load_reference_lacks

# Part 1 is the process's name, part 6 is drawn from part 9
WRITTEN_PARTS = (2, 3, 4, 5, 7, 8, 9)

# The section, part, kind, data, rank and uuid of a clause
type ClauseRow = tuple[int, int, str, dict[str, Any], str, UUID]


@dataclass(slots=True)
class ProcessLacks:
    """Of one process. `chart` says in words why its chart does not hold together, `steps` is {field of a step: in how
    many it is empty}, `repealed` the repealed laws that it cites or names, `references` the clauses that refer to what
    is none."""

    missing_parts: list[int] = field(default_factory=list)
    chart: list[str] = field(default_factory=list)
    steps: dict[str, int] = field(default_factory=dict)
    repealed: list[LegalSource] = field(default_factory=list)
    references: list[ReferenceLack] = field(default_factory=list)

    @property
    def is_undrafted(self) -> bool:
        return len(self.missing_parts) == len(WRITTEN_PARTS)

    @property
    def is_complete(self) -> bool:
        return not (
            self.missing_parts
            or self.chart
            or self.steps
            or self.repealed
            or self.references
        )

    @property
    def told(self) -> list[str]:
        """In words, the gravest first."""
        if self.is_undrafted:
            return ["ยังไม่ยกร่าง"]
        words = []
        for source in self.repealed:
            words.append(f"อ้างกฎหมายที่ยกเลิกแล้ว: {source.short_title}")
        for lack in self.references:
            words.append(f"{lack.place} {lack.words}".strip())
        if self.missing_parts:
            numbers = ", ".join(str(part) for part in self.missing_parts)
            words.append(f"ยังไม่มีส่วนที่ {numbers}")
        words += self.chart
        for name, number in self.steps.items():
            words.append(f"{number} ขั้นยังไม่มี{STEP_FIELDS[name]}")
        return words


def find_lacks(manual: Manual) -> Mapping[int, ProcessLacks]:
    """As find_lacks_of, of one manual."""
    return find_lacks_of([manual])


def find_lacks_of(manuals: Collection[Manual]) -> Mapping[int, ProcessLacks]:
    """{section id: what it lacks} of every live process of the manuals. Four queries, up to three more where laws are
    repealed and clauses refer to others, and those of find_standing where these are gone."""
    processes = list(
        Section.objects.live()
        .filter(manual__in=manuals, kind=Section.Kind.PROCESS)
        .order_by()
    )
    lacks = {process.pk: ProcessLacks() for process in processes}
    clauses = Clause.objects.live().filter(section__in=list(lacks)).order_by()
    rows = list(
        clauses.values_list("section_id", "part", "kind", "data", "rank", "uuid")
    )
    _add_missing(lacks, rows)
    _add_chart_lacks(lacks, rows)
    for found in find_applying_clauses(load_repealed_laws(), processes):
        repealed = lacks[found.section_id].repealed
        for law in found.laws:
            if law.source not in repealed:
                repealed.append(law.source)
    for section_id, references in load_reference_lacks(list(lacks)).items():
        lacks[section_id].references = references
    for lack in lacks.values():
        lack.repealed.sort(key=attrgetter("short_title"))
    return lacks


def _add_chart_lacks(
    lacks: Mapping[int, ProcessLacks], rows: Iterable[ClauseRow]
) -> None:
    steps: dict[int, list[tuple[str, UUID, dict[str, Any]]]] = {}
    for section_id, _, kind, data, rank, uuid in rows:
        if kind == Step.kind:
            steps.setdefault(section_id, []).append((rank, uuid, data))
    for section_id, of_chart in steps.items():
        told = find_ends_missing(data.get("shape", "") for *_, data in of_chart)
        known = {str(uuid) for _, uuid, _ in of_chart}
        of_chart.sort(key=itemgetter(0))
        unreached = find_unreached(
            [
                (str(uuid), data.get("shape", ""), data.get("next") or [])
                for _, uuid, data in of_chart
            ]
        )
        for number, (*_, data) in enumerate(of_chart, start=1):
            ways = data.get("next") or []
            for words in find_broken_ways(data.get("shape", ""), ways, known):
                told.append(f"ขั้นตอนที่ {number} {words}")
            if number in unreached:
                told.append(f"ขั้นตอนที่ {number} {unreached[number]}")
        lacks[section_id].chart = told


def _add_missing(lacks: Mapping[int, ProcessLacks], rows: Iterable[ClauseRow]) -> None:
    parts: dict[int, set[int]] = {pk: set() for pk in lacks}
    for section_id, part, kind, data, *_ in rows:
        parts[section_id].add(part)
        if kind != Step.kind or data.get("shape") in WITHOUT_WORK:
            continue
        steps = lacks[section_id].steps
        for name in STEP_FIELDS:
            if not data.get(name):
                steps[name] = steps.get(name, 0) + 1
    for section_id, written in parts.items():
        lacks[section_id].missing_parts = [
            part for part in WRITTEN_PARTS if part not in written
        ]
