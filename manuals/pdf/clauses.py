"""Entries of a manual as clauses of a printed document: their words as HTML, with notes and reasons below.

Each entry's words stand in an element with the id `clause-UUID`; clause_words.printed_text says which words those are.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

from manuals.content import (
    Content,
    Definition,
    Figure,
    Form,
    Reference,
    Table,
)
from manuals.entries import EntryView
from manuals.flowchart import text_width

from .book_source import LawNotes, Notes, Reasons
from .charts import data_uri
from .clause_words import AUDIENCES
from .fetcher import NO_PICTURE
from .typesetter import NO_HTML, Html, Typesetter

# Millimetres: the columns of the numbers as book.css has them, of the first level and below it
NUMBER_COLUMNS = (12.0, 8.0)
NUMBER_EM, NUMBER_GAP = 4.06, 0.6
DEFINED_FURTHER = 6.0  # a definition hangs so much deeper
SHORT_TABLE = 6  # rows up to which a table is never split


@dataclass(frozen=True, slots=True)
class PrintedClause:
    """An entry ready for clause.html: `words` is its HTML, `children` the entries below it."""

    entry: EntryView
    label: str
    words: Html
    children: list["PrintedClause"] = field(default_factory=list)
    notes: list[tuple[str, Html]] = field(default_factory=list)
    reason: Html = NO_HTML
    law_note: Html = NO_HTML

    @property
    def anchor(self) -> str:
        return entry_anchor(self.entry)

    @property
    def number_room(self) -> str:
        """The style of a clause whose number is wider than its column; "" of any other."""
        column = NUMBER_COLUMNS[min(self.entry.depth, 1)]
        needed = text_width(self.label) * NUMBER_EM + NUMBER_GAP
        if needed <= column:
            return ""
        if isinstance(self.entry.content, Definition):
            needed += DEFINED_FURTHER
        return f"padding-left:{needed:.1f}mm"


def entry_anchor(entry: EntryView) -> str:
    """The id of the element that has the entry's words: `clause-UUID` or `section-UUID`."""
    return f"{entry.kind}-{entry.uuid}"


@dataclass(frozen=True, slots=True)
class ClauseRenderer:
    """Makes the entries of one document PrintedClauses. `pictures` are the keys of figures that can be printed."""

    typesetter: Typesetter
    notes: Notes = field(default_factory=dict)
    reasons: Reasons = field(default_factory=dict)
    pictures: frozenset[str] = frozenset()
    law_notes: LawNotes = field(default_factory=dict)

    def tree(self, entries: Sequence[EntryView]) -> list[PrintedClause]:
        """Clauses nested by `depth`; an entry deeper than its neighbour allows goes one level down."""
        top: list[PrintedClause] = []
        open_clauses: list[PrintedClause] = []  # from the top to the one before
        for entry in entries:
            clause = self.clause(entry)
            while open_clauses and open_clauses[-1].entry.depth >= entry.depth:
                open_clauses.pop()
            siblings = top
            if open_clauses:
                siblings = open_clauses[-1].children
            siblings.append(clause)
            open_clauses.append(clause)
        return top

    def flat(self, entries: Sequence[EntryView]) -> list[PrintedClause]:
        """The clauses of a foreword or mission, one below the other; a section's own entry is left out."""
        return [self.clause(entry) for entry in entries if entry.content is not None]

    def clause(self, entry: EntryView) -> PrintedClause:
        typesetter = self.typesetter
        key = str(entry.uuid)
        notes = []
        for number, text, _ in self.notes.get(key, ()):
            shown_number = typesetter.plain_text(str(number))
            notes.append((shown_number, typesetter.text(text)))
        # Below the clause all of its notes stand together, and so does each reason once
        reason = " / ".join(dict.fromkeys(self.reasons.get(key, {}).values()))
        law_note = ""
        if isinstance(entry.content, Reference):
            law_note = self.law_notes.get(entry.content.source, "")
        return PrintedClause(
            entry=entry,
            label=typesetter.plain_text(entry.label),
            words=self.words(entry),
            notes=notes,
            reason=typesetter.text(reason),
            law_note=typesetter.text(law_note),
        )

    def words(self, entry: EntryView) -> Html:
        """The HTML of an entry without its label and children."""
        if entry.content is None:
            return NO_HTML
        words = self._content_html(entry.content)
        return Html(words + self.audience(entry))

    def audience(self, entry: EntryView) -> Html:
        words = AUDIENCES[entry.applies_to]
        if not words:
            return NO_HTML
        return Html(f' <span class="mark">{words}</span>')

    def _content_html(self, content: Content) -> str:
        typesetter = self.typesetter
        body = typesetter.body(content.body)
        match content:
            case Definition() if content.term:
                term = typesetter.text(content.term)
                verb = typesetter.text(content.verb_words)
                return f"<b>{term}</b> {verb} {body}"
            case Form():
                html = f"{typesetter.text(content.name)} {body}"
                if content.code:
                    code = typesetter.text(content.code)
                    html += f' <span class="code">{code}</span>'
                return html
            case Reference():
                as_cited = typesetter.text(content.cited_words)
                return f"{as_cited} {body}"
            case Table():
                return body + table_html(content, typesetter)
            case Figure():
                return figure_html(content, typesetter, self.pictures) + body
        return body


def figure_html(
    figure: Figure, typesetter: Typesetter, pictures: frozenset[str]
) -> str:
    """The picture with its caption; a frame where it is missing."""
    alt = typesetter.plain_text(figure.alt or figure.caption or "ภาพประกอบ")
    source = data_uri(NO_PICTURE)
    if figure.file in pictures:
        source = f"book:picture/{figure.file}"
    image = f'<img alt="{escape(alt)}" src="{escape(source)}">'
    caption = ""
    if figure.caption:
        words = typesetter.text(figure.caption)
        caption = f'<div class="caption">{words}</div>'
    return f'<div class="figure">{image}{caption}</div>'


def table_html(table: Table, typesetter: Typesetter) -> str:
    head = ""
    for column in table.columns:
        title = typesetter.text(column["title"])
        head += f"<th>{title}</th>"
    body = ""
    for row in table.rows:
        if not any(row["cells"].values()):
            continue
        cells = ""
        for column in table.columns:
            stored = row["cells"].get(column["id"], "")
            text = typesetter.text(stored)
            cells += f"<td>{text}</td>"
        body += f"<tr>{cells}</tr>"
    classes = "own rules"
    if len(table.rows) <= SHORT_TABLE:
        classes += " short"
    return f'<table class="{classes}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
