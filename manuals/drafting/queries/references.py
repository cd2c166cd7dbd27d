"""The clauses that a text refers to, and those that refer to a clause, as they are numbered in the working draft."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet

from hearing_portal.thai.markup import OBJECT_MARKER, referenced_uuids

from ...content import Content, Step
from ...entries import EntryView
from ...field_labels import FIELD_LABELS
from ...models import Clause, Edition, Manual, Section
from ...models.survivors import find_survivors_named
from ...queries import load_draft_clauses, load_edition_entries
from ...reading.names import CitedName, name_cited, section_words
from ..reference_lacks import ReferenceLack, find_reference_lacks
from ..step_table import StepRow
from ..typed_references import (
    TYPED_NUMBER,
    ClauseNumbers,
    LinkedContent,
    NumbersByTitle,
    find_beside_body,
    find_of_unknown_processes,
    find_texts_naming_others,
    find_unnamed,
    find_unnamed_outside,
    link_typed_references,
    may_refer,
    may_refer_outside,
    numbers_of,
    numbers_of_part,
    say_numbers,
    tell_apart,
    texts_with_references,
    unlinked_note,
)

STEP_FIELDS = [FIELD_LABELS[Step.kind][name] for name in Step().referring_fields]
# What may lead nowhere: a reference, or a number behind "ข้อ" (typed_references knows better)
MAY_LEAD_NOWHERE = Q(plain__contains=OBJECT_MARKER) | Q(plain__regex=TYPED_NUMBER)


@dataclass(frozen=True, slots=True)
class CitedClause:
    """Its entry, and the section it stands in. `has_moved`: it has the words of the one that was asked for, which was
    joined to it, or divided and left."""

    entry: EntryView
    section: Section
    has_moved: bool = False

    @property
    def name(self) -> CitedName:
        return name_cited(
            self.entry,
            section_title=self.section.title,
            section_kind=self.section.kind,
            manual_title=self.section.manual.title,
        )


def find_cited_clauses(uuids: Collection[str]) -> dict[str, CitedClause]:
    """{uuid: clause} of those that stand in the working draft; for one that was joined to another, or divided and
    left, the first that has its words. Two queries, none for none; where some do not stand one more, and for each
    generation that came of them, and two for what has their words."""
    found = _find_standing_clauses(uuids)
    survivors = find_survivors_named(set(uuids) - found.keys())
    if survivors:
        now = _find_standing_clauses({str(each.uuid) for each in survivors.values()})
        for uuid, survivor in survivors.items():
            if str(survivor.uuid) in now:
                found[uuid] = replace(now[str(survivor.uuid)], has_moved=True)
    return found


def _find_standing_clauses(uuids: Collection[str]) -> dict[str, CitedClause]:
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
        plain__contains=OBJECT_MARKER, section__retired__isnull=True
    )
    ids = set()
    sections = {}
    for clause in (
        referring.exclude(uuid__in=wanted)
        .select_related("section__manual")
        .order_by("section")
    ):
        if not wanted.isdisjoint(referenced_uuids(clause.content.referring)):
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
    two, three where something refers to a clause, and those of load_numbers_outside."""
    suspects = Clause.objects.live().filter(MAY_LEAD_NOWHERE, section__in=processes)
    sections = Section.objects.filter(pk__in=suspects.values("section"))
    manuals = {section.pk: section.manual_id for section in sections}
    entries_of_section = load_draft_clauses(list(sections))
    cited = set()
    contents = []
    for section_id, entries in entries_of_section.items():
        for entry in entries:
            cited.update(referenced_uuids(entry.clause_content.referring))
            contents.append((manuals[section_id], entry.clause_content))
    standing = find_standing(cited)
    outside = load_numbers_outside(contents)
    lacks = {}
    for section_id, entries in entries_of_section.items():
        found = find_reference_lacks(
            entries,
            standing.standing | standing.followed,
            is_process=True,
            outside=outside.get(manuals[section_id]),
        )
        if found:
            lacks[section_id] = found
    return lacks


class Standing(NamedTuple):
    """Clauses of the working draft, and those that left it and whose words one of these has."""

    standing: set[str]
    followed: set[str]


def find_standing(uuids: Collection[str]) -> Standing:
    """Those of these that are either. One query, none for none; where some do not stand one more, and one for each
    generation that came of them."""
    if not uuids:
        return Standing(set(), set())
    live = Clause.objects.live().filter(uuid__in=uuids, section__retired__isnull=True)
    standing = {str(uuid) for uuid in live.values_list("uuid", flat=True)}
    return Standing(standing, set(find_survivors_named(set(uuids) - standing)))


def link_typed_in(
    section: Section, content: Content, *, new: UUID | None = None
) -> LinkedContent:
    """As link_contents, for one."""
    return link_contents([(section, content)], new=new)[0]


def link_contents(
    placed: Sequence[tuple[Section, Content]], *, new: UUID | None = None
) -> list[LinkedContent]:
    """What names a clause of its process, or of another one by that one's title, by the number that it has now becomes
    the reference to it, in each of these contents. Numbers are those from before a `new` clause stood there, as its
    writer saw them. One query, none where nothing is named, one more where another process may be."""
    naming = []
    others: dict[str, Section] = {}
    for section, content in placed:
        names_outside = may_refer_outside(content)
        if section.is_process and may_refer(content):
            naming.append(section)
        if not others and names_outside:
            others = _find_sections_by_name(section.manual)
    numbers_of_section = {}
    names: dict[str, CitedName] = {}
    named = _named_in(placed, others)
    if naming or named:
        sections = [*naming, *named]
        entries_of_section = load_draft_clauses(sections, without=new)
        for each in sections:
            numbers_of_section[each.pk] = _numbers_in(each, entries_of_section[each.pk])
            names |= _names_in(each, entries_of_section[each.pk])
    outer_numbers = {}
    for title, other in others.items():
        if other.pk in numbers_of_section:
            outer_numbers[title] = numbers_of_section[other.pk]
    said_in: dict[int, dict[str, str]] = {}
    linked_contents = []
    for section, content in placed:
        own = numbers_of_section.get(section.pk, {}) if section.is_process else {}
        if section.pk not in said_in:
            said_in[section.pk] = {
                uuid: name.read_in(section.pk).text for uuid, name in names.items()
            }
        linked = link_typed_references(content, own, outer_numbers, said_in[section.pk])
        linked_contents.append(
            replace(
                linked,
                unnamed=_find_unnamed(section, linked.content, own, outer_numbers),
                beside=tuple(find_beside_body(linked.content, own)),
            )
        )
    return linked_contents


def _find_unnamed(
    section: Section,
    content: Content,
    own: ClauseNumbers,
    outer_numbers: NumbersByTitle,
) -> tuple[str, ...]:
    """What seems a reference in it and names nothing. No query."""
    unnamed = find_unnamed(content, own) if section.is_process else []
    return (
        *unnamed,
        *find_unnamed_outside(content, outer_numbers),
        *find_of_unknown_processes(content, outer_numbers),
    )


def _numbers_in(section: Section, entries: Sequence[EntryView]) -> ClauseNumbers:
    return numbers_of(entries) if section.is_process else numbers_of_part(entries)


def _names_in(section: Section, entries: Iterable[EntryView]) -> dict[str, CitedName]:
    return {
        str(entry.uuid): CitedClause(entry, section).name
        for entry in entries
        if entry.content is not None
    }


def tell_outside(outside: NumbersByTitle | None) -> dict[str, str]:
    """{uuid: what a reference to it says in another section} of all clauses of these. Two queries, none for none."""
    uuids: set[str] = set()
    for numbers in (outside or {}).values():
        uuids.update(numbers.values())
    cited = find_cited_clauses(uuids)
    return {uuid: found.name.read_in(None).text for uuid, found in cited.items()}


def _find_sections_by_name(manual: Manual) -> dict[str, Section]:
    """The live processes of all manuals, and the parts of this one before and behind its processes, by their titles and
    codes; of two with one name the one of this manual, and none where that does not tell them apart. One query."""
    return tell_apart(_named(_sections_to_name([manual.pk])), manual.pk)


def _sections_to_name(manuals: Collection[int]) -> QuerySet[Section]:
    is_part = Q(manual__in=manuals) & ~Q(kind=Section.Kind.UNIT)
    sections = Section.objects.live().select_related("manual")
    return sections.filter(Q(kind=Section.Kind.PROCESS) | is_part)


def _named(sections: Iterable[Section]) -> list[tuple[str, int, Section]]:
    named = []
    for section in sections:
        named.append((section.title, section.manual_id, section))
        if not section.is_process:  # as a reference calls it
            words = section_words(section.title, section.kind, section.manual.title)
            if words != section.title:
                named.append((words, section.manual_id, section))
        code = section.data.get("doc_code", "")
        if code and section.is_process:
            named.append((code, section.manual_id, section))
    return named


def load_numbers_outside(
    contents: Iterable[tuple[int, Content]],
) -> dict[int, NumbersByTitle]:
    """{manual: the numbers of the other processes that its contents may name}, of contents with their manuals. No query
    where none names another process, else up to three."""
    texts: dict[int, list[str]] = {}
    for manual_id, content in contents:
        for text in find_texts_naming_others(content):
            texts.setdefault(manual_id, []).append(text)
    if not texts:
        return {}
    processes = _named(_sections_to_name(texts))
    named: dict[int, dict[str, Section]] = {}
    wanted: dict[int, Section] = {}
    for manual_id, of_manual in texts.items():
        named[manual_id] = {}
        for title, section in tell_apart(processes, manual_id).items():
            if title and any(title in text for text in of_manual):
                named[manual_id][title] = section
                wanted[section.pk] = section
    entries_of_section = load_draft_clauses(list(wanted.values()))
    return {
        manual_id: {
            title: _numbers_in(section, entries_of_section[section.pk])
            for title, section in sections.items()
        }
        for manual_id, sections in named.items()
    }


def _named_in(
    placed: Sequence[tuple[Section, Content]], others: Mapping[str, Section]
) -> list[Section]:
    """Those of the other processes whose titles stand in one of the contents."""
    texts: list[str] = []
    for _, content in placed if others else ():
        texts += texts_with_references(content)
    return [
        section
        for title, section in others.items()
        if title and any(title in text for text in texts)
    ]


def link_as_read(section: Section, content: Content, edition: Edition) -> LinkedContent:
    """As link_contents, of words whose writer read the edition: a number becomes a reference only where it names one
    clause there and in the working draft. Two queries, none where nothing is named."""
    if not section.is_process or not may_refer(content):
        return LinkedContent(content)
    read = numbers_of(load_edition_entries(edition, section))
    entries = load_draft_clauses([section])[section.pk]
    now = numbers_of(entries)
    both = {cite: uuid for cite, uuid in now.items() if read.get(cite) == uuid}
    return link_typed_references(content, both, said=say_numbers(entries))


@dataclass(frozen=True, slots=True)
class LinkedRows:
    """Rows of the table of steps whose typed references lead to their clauses, and what those are called."""

    rows: list[StepRow]
    names: list[str]
    note: str  # what is told of those that lead nowhere


def link_rows(section: Section, rows: Sequence[StepRow]) -> LinkedRows:
    """As link_contents, for all rows of a table."""
    linked_rows = []
    names: list[str] = []
    unnamed: list[str] = []
    beside: list[str] = []
    contents = link_contents([(section, row.content) for row in rows])
    for row, linked in zip(rows, contents, strict=True):
        assert isinstance(linked.content, Step)
        linked_rows.append(row._replace(content=linked.content))
        names += linked.names
        unnamed += linked.unnamed
        beside += linked.beside
    return LinkedRows(
        linked_rows, names, unlinked_note(unnamed, beside, fields=STEP_FIELDS)
    )
