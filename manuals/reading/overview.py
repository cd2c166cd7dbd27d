"""A manual at a glance: its units and processes, what changed in them since an earlier edition, forms and laws."""

import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import QuerySet
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Collate

from ..entries import EntryView
from ..models import Edition, EditionEntry, LegalSource, Manual, Section
from ..queries import entry_view
from .presentation import ReadSection, anchor_of, read_section

THAI = "th-x-icu"
CHANGE_ICONS = {"new": "plus-lg", "same": "dash-circle", "undrafted": "hourglass-split"}
ORIGIN_WORDS = {"new": "ใหม่", "additional": "เพิ่มเติม", "merged": "รวมกระบวนงาน"}


@dataclass(frozen=True, slots=True)
class Change:
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

    uuid: uuids.UUID
    title: str
    label: str
    section_id: int
    entry_id: int | None
    doc_code: str = ""
    clauses: int = 0
    steps: int = 0
    change: Change | None = None
    to_manual: str = ""  # key of the manual it moved to

    @property
    def gone_icon(self) -> str:
        """The sign of a process that the manual has no more."""
        return "signpost-split" if self.to_manual else "trash3"


@dataclass(slots=True)
class UnitRows:
    title: str
    processes: list[ProcessRow] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cited:
    """A law the manual cites, with where it does: (title of the process, its uuid, anchor of the clause)."""

    title: str
    source: LegalSource | None
    cited_in: list[tuple[str, uuids.UUID, str]]


@dataclass(frozen=True, slots=True)
class FormRow:
    name: str
    code: str
    process: str
    process_uuid: uuids.UUID
    anchor: str


@dataclass(slots=True)
class Overview:
    entry: EditionEntry
    units: list[UnitRows]
    front: list[ReadSection]
    gone: list[ProcessRow]
    forms: list[FormRow]
    laws: list[Cited]

    @property
    def processes(self) -> list[ProcessRow]:
        return [process for unit in self.units for process in unit.processes]

    def count(self, kind: str) -> int:
        return sum(row.change is not None and row.change.kind == kind for row in [*self.processes, *self.gone])

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


def overview_of(
    manual: Manual, edition: Edition, basis: Edition | None, front_pages: Sequence[ReadSection] = ()
) -> Overview | None:
    """The manual as it stands in `edition`; None when the edition does not have it. Eight queries."""
    heads = list(edition.entries.filter(manual=manual).exclude(kind="clause").order_by("ordinal"))
    entry = next((head for head in heads if head.kind == "manual"), None)
    if entry is None:
        return None
    sections = [head for head in heads if head.kind == "section"]
    earlier = _earlier(manual, basis, [head.uuid for head in sections])
    changes = _clause_changes(basis, edition, [head.section_id for head in [*sections, *earlier.values()]])
    facts = _facts(edition, [head.section_id for head in sections])
    here = {head.uuid for head in sections}
    left = [head for head in earlier.values() if head.uuid not in here and head.data.get("kind") == "process"]
    return Overview(
        entry=entry,
        units=_units(manual, sections, earlier, changes, facts, basis is not None),
        front=list(front_pages),
        gone=_gone(left, edition),
        forms=_forms(edition, sections),
        laws=_laws(edition, sections),
    )


def front_sections(manual: Manual, edition: Edition) -> list[list[EntryView]]:
    """What stands before the processes (mission, aims, foreword): each section's entries. One query."""
    kinds = [Section.Kind.FRONT, Section.Kind.MISSION, Section.Kind.CHAPTER, Section.Kind.ANNEX]
    rows = edition.entries.filter(manual=manual, section__kind__in=kinds).exclude(kind="manual")
    found: dict[int, list[EntryView]] = {}
    for row in rows.select_related("blob").order_by("ordinal"):
        found.setdefault(row.section_id, []).append(entry_view(row))
    return list(found.values())


def read_front(manual: Manual, edition: Edition, **options: object) -> list[ReadSection]:
    return [read_section(entries, **options) for entries in front_sections(manual, edition)]


def _earlier(manual: Manual, basis: Edition | None, present: list[uuids.UUID]) -> dict[uuids.UUID, EditionEntry]:
    """Sections of the earlier edition: those the manual had then, and those it has now."""
    if basis is None:
        return {}
    rows = basis.entries.filter(kind="section").order_by("ordinal")
    return {row.uuid: row for row in rows if row.manual_id == manual.pk or row.uuid in set(present)}


# {section: clauses added, removed, reworded, as they were}
CHANGES = """
    WITH old AS (
        SELECT uuid, section_id, blob_id FROM manuals_editionentry
        WHERE edition_id = %(old)s AND kind = 'clause' AND section_id = ANY(%(sections)s)
    ), new AS (
        SELECT uuid, section_id, blob_id FROM manuals_editionentry
        WHERE edition_id = %(new)s AND kind = 'clause' AND section_id = ANY(%(sections)s)
    )
    SELECT coalesce(new.section_id, old.section_id), count(*) FILTER (WHERE old.uuid IS NULL),
           count(*) FILTER (WHERE new.uuid IS NULL),
           count(*) FILTER (WHERE old.blob_id <> new.blob_id), count(*) FILTER (WHERE old.blob_id = new.blob_id)
    FROM old FULL JOIN new USING (uuid) GROUP BY 1
"""


def _clause_changes(
    basis: Edition | None, edition: Edition, sections: list[int]
) -> dict[int, tuple[int, int, int, int]]:
    if basis is None:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(CHANGES, {"old": basis.pk, "new": edition.pk, "sections": sections})
        return {row[0]: tuple(row[1:]) for row in cursor.fetchall()}


FACTS = """
    SELECT entry.section_id, count(*), count(*) FILTER (WHERE blob.content ->> 'kind' = 'step')
    FROM manuals_editionentry entry JOIN manuals_textblob blob ON blob.sha = entry.blob_id
    WHERE entry.edition_id = %s AND entry.section_id = ANY(%s) GROUP BY entry.section_id
"""


def _facts(edition: Edition, sections: list[int]) -> dict[int, tuple[int, int]]:
    """{section: (clauses, steps among them)}."""
    with connection.cursor() as cursor:
        cursor.execute(FACTS, [edition.pk, sections])
        return {row[0]: (row[1], row[2]) for row in cursor.fetchall()}


def _units(
    manual: Manual,
    sections: list[EditionEntry],
    earlier: dict[uuids.UUID, EditionEntry],
    changes: dict[int, tuple[int, int, int, int]],
    facts: dict[int, tuple[int, int]],
    is_compared: bool,
) -> list[UnitRows]:
    units: list[UnitRows] = []
    for head in sections:
        if head.data.get("kind") == Section.Kind.UNIT:
            units.append(UnitRows(head.title))
        elif head.data.get("kind") == Section.Kind.PROCESS:
            clauses, steps = facts.get(head.section_id, (0, 0))
            row = ProcessRow(
                head.uuid, head.title, head.label, head.section_id, head.pk,
                head.data.get("doc_code", ""), clauses, steps,
            )  # fmt: skip
            if is_compared or not clauses:
                before = earlier.get(head.uuid)
                row.change = _change(head, before, changes.get(head.section_id, (0, 0, 0, 0)), clauses, manual)
            if not units:
                units.append(UnitRows(""))
            units[-1].processes.append(row)
    return [unit for unit in units if unit.processes]


def _change(
    head: EditionEntry,
    before: EditionEntry | None,
    counted: tuple[int, int, int, int],
    clauses: int,
    manual: Manual,
) -> Change:
    if not clauses:
        return Change("undrafted", "ยังไม่ยกร่าง")
    if before is None:
        return Change("new", ORIGIN_WORDS.get(head.data.get("origin", ""), "ใหม่"))
    added, removed, reworded, same = counted
    touched, all_of_them = added + removed + reworded, added + removed + reworded + same
    moved = before.manual_id != manual.pk
    if not touched and before.title == head.title:
        return Change("moved", "ย้ายมา") if moved else Change("same", "คงเดิม")
    share = max(1, round(100 * touched / all_of_them)) if touched else 0
    words = f"แก้ไข {share}%" if share else "แก้ชื่อ"
    return Change("moved", f"ย้ายมา {words}") if moved else Change("edit", words)


def _gone(left: list[EditionEntry], edition: Edition) -> list[ProcessRow]:
    """Processes the manual had and has no more: cancelled, or moved to another manual."""
    rows = edition.entries.filter(kind="section", uuid__in=[head.uuid for head in left])
    now = {row.uuid: row for row in rows.select_related("manual__work_group")}
    found = []
    for head in left:
        row = ProcessRow(head.uuid, head.title, head.label, head.section_id, None)
        there = now.get(head.uuid)
        row.change = Change("gone", "ยกเลิก")
        if there is not None:
            group = there.manual.work_group
            row.change = Change("moved", f"ย้ายไป{group.name if group else there.manual.title}")
            row.to_manual = there.manual.key
        found.append(row)
    return found


def _clauses_of_kind(edition: Edition, sections: list[EditionEntry], kind: str) -> QuerySet[EditionEntry]:
    ids = [head.section_id for head in sections]
    return edition.entries.filter(kind="clause", section__in=ids, blob__content__kind=kind).select_related("blob")


def _by_alphabet(name: str) -> Collate:
    """By a value of the content's data, as Thai dictionaries sort."""
    return Collate(KeyTextTransform(name, KeyTransform("data", "blob__content")), THAI)


def _forms(edition: Edition, sections: list[EditionEntry]) -> list[FormRow]:
    title = {head.section_id: head for head in sections}
    rows = _clauses_of_kind(edition, sections, "form").order_by(_by_alphabet("name"), "ordinal")
    return [
        FormRow(
            row.blob.content["data"].get("name", ""),
            row.blob.content["data"].get("code", ""),
            title[row.section_id].title,
            title[row.section_id].uuid,
            anchor_of(row.uuid),
        )
        for row in rows
    ]


def _laws(edition: Edition, sections: list[EditionEntry]) -> list[Cited]:
    """Each law once, by its registered title (as cited where it has none), in the order of the Thai alphabet."""
    title = {head.section_id: head for head in sections}
    rows = _clauses_of_kind(edition, sections, "reference").order_by(_by_alphabet("as_cited"), "ordinal")
    cited_in: dict[str, list[tuple[str, uuids.UUID, str]]] = {}
    names: dict[str, str] = {}
    for row in rows:
        data, head = row.blob.content["data"], title[row.section_id]
        key = data.get("source", "") or data.get("as_cited", "")
        names.setdefault(key, data.get("as_cited", ""))
        cited_in.setdefault(key, []).append((head.title, head.uuid, anchor_of(row.uuid)))
    sources = {source.key: source for source in LegalSource.objects.filter(key__in=list(cited_in))}
    return [Cited(names[key], sources.get(key), where) for key, where in cited_in.items()]
