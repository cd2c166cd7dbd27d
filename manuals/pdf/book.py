"""The whole book: what it is made of, and the one call that prints it."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Literal

import segno
from django.utils.safestring import mark_safe

from hearing_portal.thai.dates import be_date
from hearing_portal.thai.numbering import Digits
from manuals.entries import EntryView

from .assemble import Chunk, assemble
from .charts import ChartSource, data_uri
from .chunks import Place, UndraftedUnit, anchor_of, chart_source, chunk_html, labels_of, undrafted_html
from .front import (
    ContentsRow,
    Fact,
    OverviewUnit,
    contents_html,
    cover_html,
    foreword_html,
    opening_html,
    overview_row,
    stamps_html,
)
from .press import Document, print_documents, warm_up
from .typeset import Typesetter


@dataclass(frozen=True, slots=True)
class UnitSource:
    """A งาน of a group; each process is its section entry followed by its clauses in reading order."""

    title: str
    processes: list[list[EntryView]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ManualSource:
    """A group's manual. `duties` are {"clause": "(ก)", "text": …}; `mission_entries` may begin with a section.

    Processes are numbered in their order; where only some are printed, `numbers` gives {section uuid: number}.
    """

    group_no: int
    key: str
    name: str
    mission_entries: list[EntryView] = field(default_factory=list)
    units: list[UnitSource] = field(default_factory=list)
    duties: list[Mapping[str, str]] = field(default_factory=list)
    numbers: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BookSource:
    """Everything printed. `labels` are words of references the entries do not hold; `pictures` are
    {sha: (media type, bytes)} of figures; `logo` is the key of the cover's picture. For print on both `sides` the
    margins of left-hand pages are mirrored, and front matter and groups open on the right."""

    title: str
    year_line: str
    edition_code: str
    edition_title: str
    draft: bool
    draft_date: date | None
    verify_code: str
    verify_url: str
    digits: Digits = "thai"
    sides: Literal[1, 2] = 1
    manuals: list[ManualSource] = field(default_factory=list)
    foreword_entries: list[EntryView] = field(default_factory=list)
    notes: Mapping[str, Sequence[tuple[str, str, str]]] = field(default_factory=dict)
    reasons: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    pictures: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    logo: str = ""


@dataclass(frozen=True, slots=True)
class BookFile:
    bytes: bytes
    pages: int
    chunks_rendered: int
    chunks_reused: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Draft:
    """A chunk before it is printed: its HTML and its place in the book."""

    name: str
    html: str
    numbered: str = "figures"
    level: int = 0
    heading: str = ""
    chart: ChartSource | None = None
    group_no: int = 0
    opens: bool = False


def print_book(
    book: BookSource, *, cache_dir: Path | None = None, progress: Callable[[int, int], None] | None = None
) -> BookFile:
    """One tagged PDF of the book. `progress(done, total)` is called after each document; with `cache_dir` a document
    is printed once and then taken from there.

    Raises PrintFailed with the name of the document that could not be printed.
    """
    warm_up()
    drafts = draft_chunks(book)
    documents = [Document(draft.name, draft.html, chart=draft.chart) for draft in drafts]
    documents.append(Document("stamps", stamp_html(book), tagged=False))
    printed, rendered = print_documents(documents, pictures=book.pictures, cache_dir=cache_dir, progress=progress)
    chunks = [
        Chunk(each, draft.numbered, draft.level, draft.heading, draft.group_no, draft.opens)
        for each, draft in zip(printed, drafts, strict=False)
    ]
    counts = page_counts(book, drafts, chunks)
    made = assemble(chunks, printed[-1], title=book.title, digits=book.digits, counts=counts, sides=book.sides)
    return BookFile(made.pdf, made.pages, rendered, len(documents) - rendered, made.sha256)


def draft_chunks(book: BookSource) -> list[Draft]:
    """All documents of the book in reading order."""
    labels = book_labels(book)
    typesetter = Typesetter(book.digits, labels)
    drafts = [Draft("cover", _cover(book, typesetter), "", heading="ปก", level=1)]
    if book.foreword_entries:
        day = be_date(book.draft_date) if book.draft_date else ""
        drafts.append(Draft("foreword", foreword_html(book.foreword_entries, typesetter, book.title, day), "letters"))
    drafts.append(_contents(book, typesetter))
    drafts[1] = replace(drafts[1], opens=True)
    for manual in book.manuals:
        drafts += _manual_drafts(manual, book, typesetter)
    return drafts


def _manual_drafts(manual: ManualSource, book: BookSource, typesetter: Typesetter) -> list[Draft]:
    """The opening of a group, its processes, and the list of those without words."""
    group = manual.group_no
    drafts = [Draft(f"opening-{manual.key}", _opening(manual, typesetter), group_no=group, opens=True)]
    for number, unit, entries in numbered_processes(manual):
        if not is_drafted(entries):
            continue
        html = chunk_html(
            entries,
            digits=book.digits,
            notes=_only(book.notes, entries),
            reasons=_only(book.reasons, entries),
            labels=typesetter.labels,
            place=Place(manual.name, unit.title, number),
            pictures=frozenset(book.pictures),
            drawn=False,
        )
        chart = chart_source(entries[0], entries, book.digits)
        drafts.append(Draft(f"process-{entries[0].uuid}", html, chart=chart, group_no=group))
    if html := _undrafted(manual, book.digits):
        drafts.append(Draft(f"undrafted-{manual.key}", html, group_no=group))
    return drafts


def _undrafted(manual: ManualSource, digits: Digits) -> str:
    """The list of the group's processes without a clause; "" when each has its words."""
    units: dict[str, UndraftedUnit] = {}
    for number, unit, entries in numbered_processes(manual):
        if not is_drafted(entries):
            row = (str(entries[0].uuid), number, entries[0].title)
            units.setdefault(unit.title, UndraftedUnit(unit.title, [])).processes.append(row)
    if not units:
        return ""
    return undrafted_html(list(units.values()), key=manual.key, group_name=manual.name, digits=digits)


def is_drafted(entries: Sequence[EntryView]) -> bool:
    """A process is drafted once it has a clause beside its name."""
    return len(entries) > 1


def book_labels(book: BookSource) -> dict[str, str]:
    """The words of every reference in the book; a process is called by its number and name."""
    labels: dict[str, str] = {}
    for manual in book.manuals:
        labels |= labels_of(manual.mission_entries)
        for number, _, entries in numbered_processes(manual):
            labels |= labels_of(entries)
            labels[str(entries[0].uuid)] = f"กระบวนงาน {number} {entries[0].title}"
    labels |= labels_of(book.foreword_entries)
    return labels | dict(book.labels)


def numbered_processes(manual: ManualSource) -> list[tuple[str, UnitSource, list[EntryView]]]:
    """(number, unit, entries) of each process: "4.2", running through the units of a group."""
    found = [(unit, entries) for unit in manual.units for entries in unit.processes]
    prefix = f"{manual.group_no}." if manual.group_no else ""
    return [
        (f"{prefix}{manual.numbers.get(str(entries[0].uuid), number)}", unit, entries)
        for number, (unit, entries) in enumerate(found, start=1)
    ]


def page_counts(book: BookSource, drafts: Sequence[Draft], chunks: Sequence[Chunk]) -> dict[str, str]:
    """{"count-KEY": pages of the group}, in the reader's digits."""
    typesetter = Typesetter(book.digits)
    pages = {draft.name: len(chunk.printed.manifest.pages) for draft, chunk in zip(drafts, chunks, strict=True)}
    counts = {}
    for manual in book.manuals:
        names = [f"opening-{manual.key}"]
        names += [f"process-{entries[0].uuid}" for _, _, entries in numbered_processes(manual)]
        names.append(f"undrafted-{manual.key}")
        counts[f"count-{manual.key}"] = typesetter.plain_text(str(sum(pages.get(name, 0) for name in names)))
    return counts


def stamp_html(book: BookSource) -> str:
    """What stands at the foot of every page, and the draft mark."""
    lines = [f"รหัสฉบับ {book.edition_code}" if book.edition_code else ""]
    lines.append(f"รหัสตรวจสอบ {book.verify_code}" if book.verify_code else "")
    if book.draft:
        day = f" วันที่ {be_date(book.draft_date)}" if book.draft_date else ""
        name = "ร่าง" if book.edition_title in book.year_line else book.edition_title
        lines.append(f"{name}{day}")
    qr = ""
    if book.verify_url:
        drawn = io.BytesIO()
        code = segno.make(book.verify_url, error="m", micro=False)
        code.save(drawn, kind="svg", xmldecl=False, border=0, dark="#14181f", nl=False)
        qr = data_uri(drawn.getvalue().decode())
    return stamps_html(
        Typesetter(book.digits),
        first_line=f"{book.title} {book.year_line}",
        second_line=" · ".join(line for line in lines if line),
        draft=book.draft,
        qr=qr,
    )


def _only(mapping: Mapping, entries: Sequence[EntryView]) -> dict:
    keys = {str(entry.uuid) for entry in entries}
    return {str(key): value for key, value in mapping.items() if str(key) in keys}


def _cover(book: BookSource, typesetter: Typesetter) -> str:
    draft_line = ""
    if book.draft:
        draft_line = f"สำหรับการวิพากษ์ {be_date(book.draft_date)}" if book.draft_date else "สำหรับการวิพากษ์"
    groups = [(manual.group_no, manual.name) for manual in book.manuals if manual.group_no]
    many = len(groups) > 1
    return cover_html(
        typesetter,
        title=book.title,
        year_line=book.year_line,
        edition_code=book.edition_code,
        edition_title=book.edition_title,
        draft_line=draft_line,
        scope=f"ฉบับรวม {len(groups)} กลุ่มงาน" if many else book.manuals[0].name if book.manuals else "",
        groups=groups,
        logo=f"book:picture/{book.logo}" if book.logo in book.pictures else "",
    )


def _contents(book: BookSource, typesetter: Typesetter) -> Draft:
    """One table of everything, in one document: its pages fill whatever the lengths of the groups."""
    rows = [ContentsRow("", "คำนำ", "foreword", "g")] if book.foreword_entries else []
    for manual in book.manuals:
        rows += _contents_rows(manual, typesetter)
    return Draft("contents", contents_html(rows, typesetter, book.title), "letters")


def _contents_rows(manual: ManualSource, typesetter: Typesetter) -> list[ContentsRow]:
    """The group, then its units and processes."""
    number = typesetter.plain_text(str(manual.group_no)) if manual.group_no else ""
    rows = [ContentsRow(number, typesetter.plain_text(manual.name), f"group-{manual.key}", "g")]
    unit_shown: UnitSource | None = None
    for number, unit, entries in numbered_processes(manual):
        if unit is not unit_shown and unit.title:
            rows.append(ContentsRow("", typesetter.plain_text(unit.title), "", "s"))
        unit_shown = unit
        title = typesetter.plain_text(entries[0].title)
        rows.append(ContentsRow(typesetter.plain_text(number), title, anchor_of(entries[0])))
    return rows


def _opening(manual: ManualSource, typesetter: Typesetter) -> str:
    processes = numbered_processes(manual)
    units = []
    for unit in manual.units:
        rows = [
            overview_row(number, entries, anchor_of(entries[0]), typesetter)
            for number, of_unit, entries in processes
            if of_unit is unit
        ]
        units.append(OverviewUnit(mark_safe(typesetter.tight(unit.title)), rows))
    new = sum(str(entries[0].data.get("origin")) in ("new", "additional") for _, _, entries in processes)
    facts = [
        Fact("กระบวนงาน", typesetter.plain_text(str(len(processes)))),
        Fact("กระบวนงานใหม่", typesetter.plain_text(str(new))),
        Fact("งานภายในกลุ่ม", typesetter.plain_text(str(len(manual.units)))),
        Fact("หน้า", target=f"count-{manual.key}"),
    ]
    return opening_html(
        typesetter,
        key=manual.key,
        group_no=manual.group_no,
        name=manual.name,
        mission=manual.mission_entries,
        duties=manual.duties,
        units=units,
        facts=facts,
    )
