"""The annex of a book that is printed with its causes: each changed clause with the comments that led to the change."""

from dataclasses import dataclass, field
from urllib.parse import urljoin

from .book_source import BookSource, numbered_processes
from .clauses import entry_anchor
from .templates import render_template
from .typesetter import Html, Typesetter

ANCHOR = "causes-annex"
TITLE = "ภาคผนวก ที่มาของการแก้ไข"


@dataclass(frozen=True, slots=True)
class CauseRow:
    """A change with its number, as it stands beside the clause: what led to it, and why. `anchor` is the clause's, ""
    of one that left; `url` leads to the comment in the portal."""

    number: str
    clause: str
    anchor: str
    words: Html
    reason: Html
    url: str


@dataclass(frozen=True, slots=True)
class CausesOfProcess:
    """The changes of a process; those of clauses that left the manuals stand below `title` alone."""

    number: str
    title: str
    rows: list[CauseRow] = field(default_factory=list)


def annex_html(book: BookSource, typesetter: Typesetter) -> str:
    """ "" for a book without causes."""
    processes = []
    told: set[str] = set()
    for manual in book.manuals:
        parts = [("", manual.name, manual.mission_entries)]
        for process in numbered_processes(manual):
            parts.append((process.number, process.section.title, process.entries))
        for number, title, entries in parts:
            shown = CausesOfProcess(
                typesetter.plain_text(number), typesetter.plain_text(title)
            )
            for entry in entries:
                key = str(entry.uuid)
                told.add(key)
                label = typesetter.plain_text(entry.cite or entry.label)
                shown.rows.extend(
                    _rows(book, typesetter, key, label, entry_anchor(entry))
                )
            if shown.rows:
                processes.append(shown)
    left = CausesOfProcess("", "ข้อที่ตัดออก")
    for key in book.notes:
        if key not in told:
            left.rows.extend(_rows(book, typesetter, key, "", ""))
    if left.rows:
        processes.append(left)
    if not processes:
        return ""
    return render_template(
        "causes_annex.html",
        digits=typesetter.digits,
        plain_title=TITLE,
        group=typesetter.plain_text(book.title),
        anchor=ANCHOR,
        processes=processes,
    )


def _rows(
    book: BookSource, typesetter: Typesetter, key: str, clause: str, anchor: str
) -> list[CauseRow]:
    rows = []
    reasons = book.reasons.get(key, {})
    for number, text, url in book.notes.get(key, ()):
        row = CauseRow(
            number=typesetter.plain_text(str(number)),
            clause=clause,
            anchor=anchor,
            words=typesetter.text(text),
            reason=typesetter.text(reasons.get(number, "")),
            url=urljoin(book.portal_url, url) if url else "",
        )
        rows.append(row)
    return rows
