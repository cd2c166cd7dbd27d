"""The clauses that a text refers to, and those that refer to a clause, as they are numbered in the working draft."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from hearing_portal.thai.markup import referenced_uuids

from ...content import Content, Step
from ...entries import EntryView
from ...models import Clause, Edition, Section
from ...queries import load_draft_clauses, load_edition_entries
from ...reading.names import CitedName, name_cited
from ..reference_lacks import ReferenceLack, find_reference_lacks
from ..step_table import StepRow
from ..typed_references import (
    LinkedContent,
    link_typed_references,
    may_refer,
    numbers_of,
)

# What may lead nowhere: a reference, or a number behind "ข้อ" (typed_references knows better)
MAY_LEAD_NOWHERE = Q(body__contains="data-ref=") | Q(
    plain__regex="ข้อ[ \t]*[0-9๐-๙]{1,2}[.]"
)


@dataclass(frozen=True, slots=True)
class CitedClause:
    """Its entry, and the section it stands in."""

    entry: EntryView
    section: Section

    @property
    def name(self) -> CitedName:
        return name_cited(
            self.entry,
            section_title=self.section.title,
            section_kind=self.section.kind,
        )


def find_cited_clauses(uuids: Collection[str]) -> dict[str, CitedClause]:
    """{uuid: clause} of those that stand in the working draft. Two queries, none for none."""
    if not uuids:
        return {}
    cited = Clause.objects.live().filter(uuid__in=uuids).values("section")
    standing = (
        Section.objects.live().filter(pk__in=cited).select_related("manual__work_group")
    )
    sections = {section.pk: section for section in standing}
    found = {}
    for section_id, entries in load_draft_clauses(list(sections.values())).items():
        for entry in entries:
            if str(entry.uuid) in uuids:
                found[str(entry.uuid)] = CitedClause(entry, sections[section_id])
    return found


def find_referring(clauses: Iterable[UUID]) -> list[CitedClause]:
    """The clauses of the working draft that refer to one of these and are none of them, section by section. Two
    queries, one where there are none."""
    wanted = {str(uuid) for uuid in clauses}
    referring = Clause.objects.live().filter(
        body__contains="data-ref=", section__retired__isnull=True
    )
    ids = set()
    sections = {}
    for clause in (
        referring.exclude(uuid__in=wanted)
        .select_related("section__manual")
        .order_by("section")
    ):
        if not wanted.isdisjoint(referenced_uuids(clause.body)):
            ids.add(clause.pk)
            sections[clause.section_id] = clause.section
    cited = []
    for section_id, entries in load_draft_clauses(list(sections.values())).items():
        for entry in entries:
            if entry.clause_id in ids:
                cited.append(CitedClause(entry, sections[section_id]))
    return cited


def load_reference_lacks(
    processes: Collection[int],
) -> Mapping[int, list[ReferenceLack]]:
    """{process: the references in it that lead nowhere}, of those that have some. One query where nothing refers, else
    two, three where something refers to a clause."""
    suspects = Clause.objects.live().filter(MAY_LEAD_NOWHERE, section__in=processes)
    sections = Section.objects.filter(pk__in=suspects.values("section"))
    entries_of_section = load_draft_clauses(list(sections))
    cited = set()
    for entries in entries_of_section.values():
        for entry in entries:
            cited.update(referenced_uuids(entry.clause_content.body))
    standing = find_standing(cited)
    lacks = {}
    for section_id, entries in entries_of_section.items():
        found = find_reference_lacks(entries, standing, is_process=True)
        if found:
            lacks[section_id] = found
    return lacks


def find_standing(uuids: Collection[str]) -> set[str]:
    """Those that are clauses of the working draft. One query, none for none."""
    if not uuids:
        return set()
    standing = Clause.objects.live().filter(
        uuid__in=uuids, section__retired__isnull=True
    )
    return {str(uuid) for uuid in standing.values_list("uuid", flat=True)}


def link_typed_in(
    section: Section, content: Content, *, new: UUID | None = None
) -> LinkedContent:
    """As link_contents, for one."""
    return link_contents([(section, content)], new=new)[0]


def link_contents(
    placed: Sequence[tuple[Section, Content]], *, new: UUID | None = None
) -> list[LinkedContent]:
    """What names a clause of its process by the number that it has now becomes the reference to it, in each of these
    contents. Numbers are those from before a `new` clause stood there, as its writer saw them. One query, none where
    nothing is named."""
    naming = []
    for section, content in placed:
        if section.is_process and may_refer(content):
            naming.append(section)
    numbers_of_section = {}
    if naming:
        for section_id, entries in load_draft_clauses(naming, without=new).items():
            numbers_of_section[section_id] = numbers_of(entries)
    return [
        link_typed_references(content, numbers_of_section.get(section.pk, {}))
        for section, content in placed
    ]


def link_as_read(section: Section, content: Content, edition: Edition) -> LinkedContent:
    """As link_contents, of words whose writer read the edition: a number becomes a reference only where it names one
    clause there and in the working draft. Two queries, none where nothing is named."""
    if not section.is_process or not may_refer(content):
        return LinkedContent(content)
    read = numbers_of(load_edition_entries(edition, section))
    now = numbers_of(load_draft_clauses([section])[section.pk])
    return link_typed_references(
        content, {cite: uuid for cite, uuid in now.items() if read.get(cite) == uuid}
    )


@dataclass(frozen=True, slots=True)
class LinkedRows:
    """Rows of the table of steps whose typed references lead to their clauses, and what those are called."""

    rows: list[StepRow]
    names: list[str]


def link_rows(section: Section, rows: Sequence[StepRow]) -> LinkedRows:
    """As link_contents, for all rows of a table."""
    linked_rows = []
    names: list[str] = []
    contents = link_contents([(section, row.content) for row in rows])
    for row, linked in zip(rows, contents, strict=True):
        assert isinstance(linked.content, Step)
        linked_rows.append(row._replace(content=linked.content))
        names += linked.names
    return LinkedRows(linked_rows, names)
