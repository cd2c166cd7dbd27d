"""What stands before the groups: cover, foreword and contents; and the stamps laid over every page."""

import io
from dataclasses import dataclass

import segno

from hearing_portal.thai.dates import be_date

from .book_source import BookSource, ManualSource, UnitSource, numbered_processes
from .causes_annex import ANCHOR as ANNEX
from .causes_annex import TITLE as ANNEX_TITLE
from .charts import INK, data_uri
from .chunks import tab_top
from .clauses import ClauseRenderer, entry_anchor
from .templates import render_template
from .typesetter import Html, Typesetter

UNRELEASED = "ยังไม่เผยแพร่"


@dataclass(frozen=True, slots=True)
class CoverTab:
    """A group on the cover, at the height of its thumb tab."""

    number: str
    name: Html
    top: str


@dataclass(frozen=True, slots=True)
class ContentsRow:
    """A line of the contents; `target` is the anchor whose page stands at its right. The title has no marks of its
    own: a link of several pieces would be several links."""

    number: str
    title: str
    target: str = ""
    kind: str = ""  # g: a group, s: a unit, "": a process


def cover_html(book: BookSource, typesetter: Typesetter) -> str:
    draft_line = ""
    if book.draft:
        draft_line = "สำหรับการประชาพิจารณ์"
        if book.draft_date:
            draft_line += f" {be_date(book.draft_date)}"
    groups = [manual for manual in book.manuals if manual.group_no]
    scope = ""
    if len(groups) > 1:
        scope = f"ฉบับรวม {len(groups)} กลุ่มงาน"
    elif book.manuals:
        scope = book.manuals[0].name
    tabs = []
    for manual in groups:
        tab = CoverTab(
            number=typesetter.plain_text(str(manual.group_no)),
            name=typesetter.text(manual.name),
            top=f"{tab_top(manual.group_no):.1f}",
        )
        tabs.append(tab)
    logo = ""
    if book.logo in book.pictures:
        logo = f"book:picture/{book.logo}"
    return render_template(
        "cover.html",
        digits=typesetter.digits,
        plain_title=typesetter.plain_text(book.title),
        group="",
        year_line=typesetter.text(book.year_line),
        edition_code=typesetter.plain_text(book.edition_code),
        edition_title=typesetter.text(book.edition_title),
        unreleased_line=UNRELEASED if book.unreleased else "",
        draft_line=typesetter.text(draft_line),
        scope=typesetter.text(scope),
        tabs=tabs,
        logo=logo,
        proofs=book.proofs,  # compared letter by letter: never in Thai digits
    )


def foreword_html(book: BookSource, typesetter: Typesetter) -> str:
    date_line = ""
    if book.draft_date:
        date_line = typesetter.plain_text(be_date(book.draft_date))
    return render_template(
        "foreword.html",
        digits=typesetter.digits,
        plain_title="คำนำ",
        group=typesetter.plain_text(book.title),
        clauses=ClauseRenderer(typesetter).flat(book.foreword_entries),
        date_line=date_line,
    )


def contents_html(book: BookSource, typesetter: Typesetter) -> str:
    """One table of everything, in one document: its pages fill whatever the lengths of the groups."""
    rows = []
    if book.foreword_entries:
        rows.append(ContentsRow("", "คำนำ", "foreword", "g"))
    for manual in book.manuals:
        rows += contents_rows(manual, typesetter)
    if book.notes:
        rows.append(ContentsRow("", ANNEX_TITLE, ANNEX, "g"))
    return render_template(
        "contents.html",
        digits=typesetter.digits,
        plain_title="สารบัญ",
        group=typesetter.plain_text(book.title),
        rows=rows,
    )


def contents_rows(manual: ManualSource, typesetter: Typesetter) -> list[ContentsRow]:
    """The group, then its units and processes."""
    group_number = ""
    if manual.group_no:
        group_number = typesetter.plain_text(str(manual.group_no))
    rows = [
        ContentsRow(
            group_number,
            typesetter.plain_text(manual.name),
            f"group-{manual.key}",
            "g",
        )
    ]
    unit_before: UnitSource | None = None
    for process in numbered_processes(manual):
        unit = process.unit
        if unit is not unit_before and unit.title:
            rows.append(ContentsRow("", typesetter.plain_text(unit.title), "", "s"))
        unit_before = unit
        row = ContentsRow(
            number=typesetter.plain_text(process.number),
            title=typesetter.plain_text(process.section.title),
            target=entry_anchor(process.section),
        )
        rows.append(row)
    return rows


def stamps_html(book: BookSource, typesetter: Typesetter) -> str:
    """Two pages, portrait and landscape: the foot of every page of the book, and the draft mark."""
    qr = ""
    if book.verify_url:
        qr = qr_code(book.verify_url)
    return render_template(
        "stamps.html",
        digits=typesetter.digits,
        plain_title="stamps",
        group="",
        shapes=["", "wide"],
        first_line=typesetter.plain_text(f"{book.title} {book.year_line}"),
        second_line=typesetter.plain_text(" · ".join(edition_facts(book))),
        draft=book.draft,
        qr=qr,
    )


def edition_facts(book: BookSource) -> list[str]:
    facts = []
    if book.edition_code:
        facts.append(f"รหัสฉบับ {book.edition_code}")
    if book.verify_code:
        facts.append(f"รหัสตรวจสอบ {book.verify_code}")
    if book.draft:
        name = book.edition_title
        if name in book.year_line:  # which stands in the line above
            name = "ร่าง"
        if book.draft_date:
            name += f" วันที่ {be_date(book.draft_date)}"
        facts.append(name)
    if book.unreleased:
        facts.append(UNRELEASED)
    return facts


def qr_code(address: str) -> str:
    """A data URI of the QR code as SVG."""
    drawn = io.BytesIO()
    code = segno.make(address, error="m", micro=False)
    code.save(
        drawn,
        kind="svg",
        xmldecl=False,
        border=0,
        dark=INK,
        nl=False,
    )
    return data_uri(drawn.getvalue().decode())
