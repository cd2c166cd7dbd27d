"""A manual at a glance: its units and processes, what changed in them since an earlier edition, forms and laws."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from uuid import UUID

from django.db.models import QuerySet

from hearing_portal.postgres.statements import is_any_of, kept_statement
from hearing_portal.thai.sentences import joined

from ...edition_memory import kept_of_edition
from ...models import Edition, EditionEntry, LegalSource, Manual, Section
from ..queries.overview import (
    ChangeCounts,
    ClauseCounts,
    clauses_of_kind,
    count_clause_changes,
    count_clauses,
    find_earlier_sections,
    find_sections,
    find_sections_by_uuid,
)
from .links import clause_anchor
from .sections import ReadSection

CHANGE_ICONS = {"new": "plus-lg", "same": "dash-circle", "undrafted": "hourglass-split"}


@dataclass(frozen=True, slots=True)
class ProcessChange:
    """What became of a process since the earlier edition. `kind` new | edit | same | gone | moved | undrafted."""

    kind: str
    words: str

    @property
    def icon(self) -> str:
        """The sign in the list of a manual's processes."""
        return CHANGE_ICONS.get(self.kind, "pencil")

    @property
    def is_change(self) -> bool:
        return self.kind in ("new", "edit", "gone", "moved")


@dataclass(slots=True)
class ProcessRow:
    """A process in the list of its manual; `entry_id` None for one that stands only in the earlier edition."""

    uuid: UUID
    title: str
    label: str
    section_id: int | None
    entry_id: int | None = None
    doc_code: str = ""
    clauses: int = 0
    steps: int = 0
    change: ProcessChange | None = None
    to_manual: str = ""  # key of the manual it moved to

    @property
    def gone_icon(self) -> str:
        """The sign of a process that the manual has no more."""
        return "signpost-split" if self.to_manual else "trash3"


@dataclass(slots=True)
class UnitRows:
    title: str
    processes: list[ProcessRow] = field(default_factory=list)


class CitedIn(NamedTuple):
    """Where a law is cited: the process, and the clause in it."""

    process_title: str
    process_uuid: UUID
    anchor: str


@dataclass(frozen=True, slots=True)
class CitedLaw:
    """A law the manual cites; `source` None when it is not in the registry."""

    title: str
    source: LegalSource | None
    cited_in: list[CitedIn]


@dataclass(frozen=True, slots=True)
class ListedForm:
    name: str
    code: str
    process: str
    process_uuid: UUID
    anchor: str


@dataclass(slots=True)
class Overview:
    """`front` is what stands before the processes: the page that shows it fills it in."""

    entry: EditionEntry
    units: list[UnitRows]
    gone: list[ProcessRow]
    forms: list[ListedForm]
    laws: list[CitedLaw]
    front: list[ReadSection] = field(default_factory=list)

    @property
    def processes(self) -> list[ProcessRow]:
        processes = []
        for unit in self.units:
            processes += unit.processes
        return processes

    def count(self, kind: str) -> int:
        number = 0
        for row in [*self.processes, *self.gone]:
            if row.change is not None and row.change.kind == kind:
                number += 1
        return number

    @property
    def new(self) -> int:
        return self.count("new")

    @property
    def edited(self) -> int:
        return self.count("edit") + self.count("moved")

    @property
    def same(self) -> int:
        return self.count("same")

    @property
    def undrafted(self) -> int:
        return self.count("undrafted")


def load_overview(
    manual: Manual, edition: Edition, basis: Edition | None
) -> Overview | None:
    """The manual as it stands in `edition`; None when the edition does not have it. Eight queries, two at most
    once this process has asked."""
    frozen = _read_frozen(edition, manual, basis)
    if frozen is None:
        return None
    # As the registry has them today
    found = _find_sources(list(frozen.citations)) if frozen.citations else []
    sources = {source.key: source for source in found}
    laws = []
    for key, citation in frozen.citations.items():
        law = CitedLaw(citation.title, sources.get(key), citation.cited_in)
        laws.append(law)
    return Overview(
        entry=frozen.entry,
        units=frozen.units,
        gone=_list_gone(frozen.gone, edition),
        forms=frozen.forms,
        laws=laws,
    )


class Citations(NamedTuple):
    """How a law is cited first, and where; what the registry does not know is known by its words only."""

    title: str
    cited_in: list[CitedIn]


@dataclass(frozen=True, slots=True)
class _Frozen:
    """What the editions alone say of the manual; the laws and what the manuals are called today may change."""

    entry: EditionEntry
    units: list[UnitRows]
    gone: list[EditionEntry]
    forms: list[ListedForm]
    citations: dict[str, Citations]  # by the key of the law


@kept_of_edition
def _read_frozen(
    edition: Edition, manual: Manual, basis: Edition | None
) -> _Frozen | None:
    manual_entry, sections = find_sections(manual, edition)
    if manual_entry is None:
        return None
    section_by_id: dict[int | None, EditionEntry] = {}
    here = set()
    for section in sections:
        section_by_id[section.section_id] = section
        here.add(section.uuid)

    earlier = find_earlier_sections(manual, basis, here)
    compared_ids = set(section_by_id)
    gone = []
    for section in earlier.values():
        compared_ids.add(section.section_id)
        is_process = section.data.get("kind") == Section.Kind.PROCESS
        if is_process and section.uuid not in here:
            gone.append(section)
    comparison = _Comparison(
        is_compared=basis is not None,
        earlier=earlier,
        change_counts=count_clause_changes(basis, edition, compared_ids),
        clause_counts=count_clauses(edition, section_by_id),
    )
    return _Frozen(
        entry=manual_entry,
        units=_list_units(sections, comparison),
        gone=gone,
        forms=_list_forms(edition, section_by_id),
        citations=_find_citations(edition, section_by_id),
    )


# --- units and processes


@dataclass(frozen=True, slots=True)
class _Comparison:
    """What the processes are compared with: their entries in the earlier edition, and the counts of their clauses."""

    is_compared: bool
    earlier: Mapping[UUID, EditionEntry]
    change_counts: Mapping[int | None, ChangeCounts]
    clause_counts: Mapping[int | None, ClauseCounts]


def _list_units(
    sections: Iterable[EditionEntry], comparison: _Comparison
) -> list[UnitRows]:
    """The units that have processes; processes before the first unit stand in one without a title."""
    units = [UnitRows("")]
    for section in sections:
        kind = section.data.get("kind")
        if kind == Section.Kind.UNIT:
            units.append(UnitRows(section.title))
        elif kind == Section.Kind.PROCESS:
            counts = comparison.clause_counts.get(section.section_id, ClauseCounts())
            row = ProcessRow(
                uuid=section.uuid,
                title=section.title,
                label=section.label,
                section_id=section.section_id,
                entry_id=section.pk,
                doc_code=section.data.get("doc_code", ""),
                clauses=counts.clauses,
                steps=counts.steps,
            )
            row.change = _find_change(section, comparison)
            units[-1].processes.append(row)
    return [unit for unit in units if unit.processes]


def describe_processes(edition: Edition) -> dict[UUID, ProcessChange]:
    """What the groups' pages say of every process of the edition, {its uuid: …}: since the edition's basis, and of one
    without a basis only that it is not drafted. Four queries, two without a basis."""
    processes = list(
        edition.entries.filter(kind="section", data__kind=Section.Kind.PROCESS)
    )
    basis = edition.basis
    earlier = {}
    if basis is not None:
        earlier = {entry.uuid: entry for entry in basis.entries.filter(kind="section")}
    section_ids = {process.section_id for process in processes}
    compared_ids = section_ids | {entry.section_id for entry in earlier.values()}
    comparison = _Comparison(
        is_compared=basis is not None,
        earlier=earlier,
        change_counts=count_clause_changes(basis, edition, compared_ids),
        clause_counts=count_clauses(edition, section_ids),
    )
    changes = {}
    for process in processes:
        change = _find_change(process, comparison)
        if change is not None:
            changes[process.uuid] = change
    return changes


def _find_change(
    section: EditionEntry, comparison: _Comparison
) -> ProcessChange | None:
    if not comparison.clause_counts.get(section.section_id, ClauseCounts()).clauses:
        return ProcessChange("undrafted", "ยังไม่ยกร่าง")
    if not comparison.is_compared:
        return None
    before = comparison.earlier.get(section.uuid)
    changes = comparison.change_counts.get(section.section_id, ChangeCounts())
    if before is None:
        if section.data.get("origin") == Section.Origin.REVISED:
            # Old work of which the earlier edition has no text: that it is new would be said of its words alone
            return ProcessChange("edit", str(Section.Origin.REVISED.label))
        origin = Section.Origin.NEW
        if section.data.get("origin") in (
            Section.Origin.ADDITIONAL,
            Section.Origin.MERGED,
        ):
            origin = Section.Origin(section.data["origin"])
        return ProcessChange("new", origin.short_label)
    words = ""
    if changes.changed:
        words = f"แก้ไข {changes.percent_changed}%"
    elif before.title != section.title:
        words = "แก้ชื่อ"
    if before.manual_id != section.manual_id:
        return ProcessChange("moved", f"ย้ายมา {words}".rstrip())
    if words:
        return ProcessChange("edit", words)
    return ProcessChange("same", "คงเดิม")


def _list_gone(gone: Sequence[EditionEntry], edition: Edition) -> list[ProcessRow]:
    """Processes the manual had and has no more: cancelled, or moved to another manual."""
    if not gone:
        return []
    now = find_sections_by_uuid(edition, [section.uuid for section in gone])
    rows = []
    for section in gone:
        row = ProcessRow(
            uuid=section.uuid,
            title=section.title,
            label=section.label,
            section_id=section.section_id,
            change=ProcessChange("gone", "ยกเลิก"),
        )
        if section.uuid in now:
            manual = now[section.uuid].manual
            row.change = ProcessChange("moved", joined("ย้ายไป", manual.display_name))
            row.to_manual = manual.key
        rows.append(row)
    return rows


# --- forms and laws


def _list_forms(
    edition: Edition, section_by_id: Mapping[int | None, EditionEntry]
) -> list[ListedForm]:
    """In the order of the Thai alphabet."""
    forms = []
    for clause in clauses_of_kind(edition, section_by_id, "form", sort_by="name"):
        data = clause.clause_blob.content["data"]
        process = section_by_id[clause.section_id]
        form = ListedForm(
            name=data.get("name", ""),
            code=data.get("code", ""),
            process=process.title,
            process_uuid=process.uuid,
            anchor=clause_anchor(clause.uuid),
        )
        forms.append(form)
    return forms


def _find_citations(
    edition: Edition, section_by_id: Mapping[int | None, EditionEntry]
) -> dict[str, Citations]:
    """Each law once, as it is cited first, in the order of the Thai alphabet."""
    citations: dict[str, Citations] = {}
    references = clauses_of_kind(
        edition,
        section_by_id,
        "reference",
        sort_by="as_cited",
    )
    for clause in references:
        data = clause.clause_blob.content["data"]
        as_cited = data.get("as_cited", "")
        # One law may be cited in several ways; what the registry does not know is known by its words only
        key = data.get("source", "") or as_cited
        process = section_by_id[clause.section_id]
        anchor = clause_anchor(clause.uuid)
        cited_in = citations.setdefault(key, Citations(as_cited, [])).cited_in
        cited_in.append(CitedIn(process.title, process.uuid, anchor))
    return citations


@kept_statement
def _find_sources(keys: list[str]) -> QuerySet[LegalSource]:
    return LegalSource.objects.filter(is_any_of("key", keys))
