"""An edition as a book: its entries gathered into what manuals.pdf prints."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from hearing_portal.jobs.files import read_stored_file
from hearing_portal.jobs.models import StoredFile
from hearing_portal.refusals import Refusal
from hearing_portal.thai.dates import be_year
from hearing_portal.thai.numbering import Digits

from ..content import Figure, Reference
from ..editions.verify_code import verify_code
from ..entries import EntryView
from ..law.queries import load_successions
from ..models import Edition, EditionEntry, EditionRelease, LegalSource, Manual
from ..models.manual import BOOK
from ..queries import entry_view
from ..reading.presentation.links import name_in_editions
from ..reading.presentation.overview import describe_processes
from ..reading.told_words import referenced_in
from .book_source import (
    BookSource,
    ManualSource,
    Notes,
    ProcessStatus,
    Reasons,
    Sides,
    UnitSource,
)

NAMES_YEAR = re.compile(
    r"พ\.ศ\.|(?<!\d)[2๒]\d{3}(?!\d)"
)  # ฉบับปรับปรุง พ.ศ. 2565, ร่างรับฟังความคิดเห็น ปี ๒๕๖๙
PICTURE_TYPES = ("image/png", "image/jpeg")


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """What to print: all groups or one, one process only, in which digits, the notes of the margin, and the lines of
    hashes on the cover."""

    group: str = ""
    process: str = ""
    digits: Digits = "thai"
    notes: Notes = field(default_factory=dict)
    reasons: Reasons = field(default_factory=dict)
    proofs: Sequence[str] = ()


class NothingToPrint(Refusal):
    """The edition has no such group or process; the message is for the person who asked."""


def load_book_source(edition: Edition, options: PrintOptions) -> BookSource:
    """Gather a sealed edition into a BookSource. Seven queries, two less without a basis, one more for pictures, two
    for the laws it cites, one where the pages refer to what is not printed, four where that is in no edition.

    Raises NothingToPrint.
    """
    if edition.sealed_at is None or edition.manifest_sha is None:
        raise ValueError(
            f"edition {edition.code} is not sealed: its words could change while it is printed"
        )
    manuals = Manual.objects.select_related("work_group").order_by(
        "work_group__order", "key"
    )
    statuses = load_statuses(edition)
    entries = load_entries_by_manual(edition)
    sources = []
    foreword: list[EntryView] = []
    for manual in manuals:
        if manual.pk not in entries:
            continue
        if manual.key == BOOK:
            if not options.process:
                # Without the entry of the manual itself
                for entry in entries[manual.pk]:
                    if entry.kind != "manual":
                        foreword.append(entry_view(entry))
        elif options.group in ("", manual.key):
            source = manual_source(manual, entries[manual.pk], options, statuses)
            if source is not None:
                sources.append(source)
    if not sources:
        raise NothingToPrint(f"ฉบับ {edition.code} ไม่มีกลุ่มหรือกระบวนงานที่ขอพิมพ์")
    sides: Sides = 1
    if len(sources) > 1:
        sides = 2
    return replace(
        empty_book(edition, options.digits),
        sides=sides,
        manuals=sources,
        foreword_entries=foreword,
        portal_url=settings.PORTAL_URL,
        labels=load_labels_from_outside(edition, sources, foreword),
        notes=options.notes,
        reasons=options.reasons,
        proofs=options.proofs,
        law_notes=load_law_notes(sources),
        pictures=load_pictures(sources),
    )


def load_labels_from_outside(
    edition: Edition, manuals: Sequence[ManualSource], foreword: Sequence[EntryView]
) -> dict[str, str]:
    """{uuid: words} of what these refer to and do not hold, by the edition's own numbers."""
    printed = list(foreword)
    for manual in manuals:
        printed += manual.mission_entries
        for unit in manual.units:
            for entries in unit.processes:
                printed += entries
    cited = referenced_in(entry.content.referring for entry in printed if entry.content)
    lost = cited - {uuid for entry in printed for uuid in entry.names_it_answers_to}
    names = name_in_editions(lost, [edition.pk])
    return {uuid: name.read_in(None).text for uuid, name in names.items()}


def load_statuses(edition: Edition) -> dict[str, ProcessStatus]:
    """{section uuid: what its group's page says of the process}."""
    statuses = {}
    for uuid, change in describe_processes(edition).items():
        statuses[str(uuid)] = ProcessStatus(change.kind, change.words)
    return statuses


def is_public(edition: Edition) -> bool:
    return edition.releases.filter(audience=EditionRelease.Audience.PUBLIC).exists()


def empty_book(edition: Edition, digits: Digits) -> BookSource:
    """What stands on the cover and at the foot of the pages of a sealed edition."""
    seal = edition.seal
    sealed_on = timezone.localtime(seal.at).date()
    draft_date = None
    if edition.is_draft:
        draft_date = sealed_on
    year_line = edition.title
    if not NAMES_YEAR.search(year_line):
        year_line += f" พ.ศ. {be_year(sealed_on)}"
    code = verify_code(seal.manifest_sha)
    verify_path = reverse("verify", args=[code])
    return BookSource(
        title="คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา",
        year_line=year_line,
        edition_code=edition.code,
        edition_title=edition.title,
        draft=edition.is_draft,
        unreleased=edition.kind == Edition.Kind.FINAL and not is_public(edition),
        draft_date=draft_date,
        verify_code=code,
        verify_url=f"{settings.PORTAL_URL}{verify_path}",
        digits=digits,
    )


def draft_book(day: date, digits: Digits) -> BookSource:
    """What stands at the foot of the pages of a working draft: it has no code, and nothing to verify."""
    return BookSource(
        title="คู่มือการปฏิบัติงานสำนักงานเขตพื้นที่การศึกษา",
        year_line=f"ร่าง พ.ศ. {be_year(day)}",
        edition_code="",
        edition_title="ร่างปัจจุบัน",
        draft=True,
        draft_date=day,
        verify_code="",
        verify_url="",
        digits=digits,
    )


def load_pictures(manuals: Sequence[ManualSource]) -> dict[str, tuple[str, bytes]]:
    """{sha: (media type, bytes)} of the figures printed. One that is not in the store, or no picture, is left out:
    its frame, caption and words are printed all the same. One query, none without figures."""
    shas = set()
    for manual in manuals:
        for unit in manual.units:
            for entries in unit.processes:
                for entry in entries:
                    if isinstance(entry.content, Figure) and entry.content.file:
                        shas.add(entry.content.file)
    pictures: dict[str, tuple[str, bytes]] = {}
    if not shas:
        return pictures
    for file in StoredFile.objects.filter(
        sha__in=shas,
        media_type__in=PICTURE_TYPES,
    ):
        raw = read_stored_file(file)
        if raw is not None:
            pictures[file.sha] = (file.media_type, raw)
    return pictures


def load_law_notes(manuals: Sequence[ManualSource]) -> dict[str, str]:
    """What is in force today instead of the repealed laws that the processes cite: the words of the edition stay, and
    the reader is told. Two queries, none where nothing is cited."""
    keys = set()
    for manual in manuals:
        for unit in manual.units:
            for entries in unit.processes:
                for entry in entries:
                    if isinstance(entry.content, Reference) and entry.content.source:
                        keys.add(entry.content.source)
    if not keys:
        return {}
    repealed = LegalSource.objects.filter(
        key__in=keys, status=LegalSource.Status.REPEALED
    )
    successions = load_successions()
    notes = {}
    for source in repealed:
        notes[source.key] = repealed_words(successions.in_force_after(source))
    return notes


def repealed_words(successors: Sequence[LegalSource]) -> str:
    """กฎหมายนี้ยกเลิกแล้ว ปัจจุบันใช้… และ…"""
    if not successors:
        return "กฎหมายนี้ยกเลิกแล้ว"
    titles = " และ".join(source.full_title for source in successors)
    return f"กฎหมายนี้ยกเลิกแล้ว ปัจจุบันใช้{titles}"


def load_entries_by_manual(edition: Edition) -> dict[int, list[EditionEntry]]:
    """{Manual.pk: its entries in reading order}. One query."""
    entries: dict[int, list[EditionEntry]] = {}
    for entry in edition.entries.select_related("blob").order_by("ordinal"):
        entries.setdefault(entry.manual_id, []).append(entry)
    return entries


def manual_source(
    manual: Manual,
    entries: Sequence[EditionEntry],
    options: PrintOptions,
    statuses: Mapping[str, ProcessStatus],
) -> ManualSource | None:
    """The manual, or its one process that is to be printed; None when it has not got that."""
    sections = entries_by_section(entries)
    numbers = place_processes(sections)
    mission = []
    for section_entries in sections:
        if section_entries[0].section_kind == "mission":
            mission += section_entries
    duties = []
    duties_are_announced = False
    group_no = 0
    name = manual.title
    group = manual.work_group
    if group is not None:
        duties = group.duties
        duties_are_announced = group.duties_are_announced
        group_no = group.order
        name = group.name
    if not options.process:
        return ManualSource(
            group_no,
            manual.key,
            name,
            mission,
            units_with_processes(sections),
            duties,
            duties_are_announced,
            statuses=statuses,
        )
    wanted = []
    for section_entries in sections:
        section = section_entries[0]
        if section.section_kind == "unit" or str(section.uuid) == options.process:
            wanted.append(section_entries)
    units = units_with_processes(wanted)
    if not units:
        return None
    return ManualSource(
        group_no,
        manual.key,
        name,
        [],
        units,
        numbers=numbers,
        statuses=statuses,
    )


def place_processes(sections: Sequence[list[EntryView]]) -> dict[str, int]:
    """{section uuid: place of the process in its manual, from 1}."""
    numbers: dict[str, int] = {}
    for entries in sections:
        if entries[0].section_kind == "process":
            numbers[str(entries[0].uuid)] = len(numbers) + 1
    return numbers


def entries_by_section(entries: Sequence[EditionEntry]) -> list[list[EntryView]]:
    """Lists of entries, each beginning with its section's own; the manual's is left out."""
    sections: list[list[EntryView]] = []
    for entry in entries:
        if entry.kind == "section":
            sections.append([entry_view(entry)])
        elif entry.kind == "clause":
            sections[-1].append(entry_view(entry))
    return sections


def units_with_processes(sections: Sequence[list[EntryView]]) -> list[UnitSource]:
    """Units with their processes, empty ones left out; a process before any unit stands in one without title."""
    units: list[UnitSource] = []
    for entries in sections:
        kind = entries[0].section_kind
        if kind == "unit":
            units.append(UnitSource(entries[0].title))
        elif kind == "process":
            if not units:
                units.append(UnitSource(""))
            units[-1].processes.append(entries)
    return [unit for unit in units if unit.processes]
