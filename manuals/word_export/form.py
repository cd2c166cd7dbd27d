"""A form to be filled in beside the words it asks about: below each clause a row of empty cells. What the cells ask for
is told by who makes the form."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from hearing_portal.thai.numbering import Digits, display_digits

from ..comparing.sides import Side
from ..content import Content, Step, Table
from ..entries import EntryView
from ..reading.names import CitedNames, read_names_in
from ..source import PERSON
from ..word.blocks import Block, Cell, Paragraph, Row, TableBlock, WordDocument, Words
from ..word.writing import answer_bookmark, bookmark_of, write_word_file
from .document import clause_words, told_fields
from .sources import load_word_source

SIZE = 14  # points
LEAST_HEIGHT = (
    1000  # of an empty row, in twentieths of a point: room for three lines by hand
)


@dataclass(frozen=True, slots=True)
class FormWords:
    """What stands on the form: its title and how to fill it in, what is asked of who answers, the heads of the columns
    with their widths, and what may be chosen in the first. `of_process`: what the last row of a process asks."""

    title: str
    help_texts: Sequence[str]
    asked_of_person: Sequence[str]
    columns: Sequence[tuple[str, int]]
    choices: Sequence[str]
    of_process: str

    @property
    def printed(self) -> list[str]:
        """All of it that stands on the form whoever fills it in, paragraph by paragraph and row by row."""
        heads = " ".join(title for title, _ in self.columns)
        return [
            self.title,
            *self.help_texts,
            *self.asked_of_person,
            heads,
            self.of_process,
        ]


def write_form(
    side: Side, form: FormWords, *, group: str = "", process: str = "", digits: Digits
) -> bytes:
    """Of a group, a process, or all. Raises NothingToExport."""
    source = load_word_source(side, group, process)
    blocks: list[Block] = [
        Paragraph("title", Words(form.title), "title"),
        Paragraph("edition", Words(source.title), "heading1"),
    ]
    for number, words in enumerate(form.help_texts):
        blocks.append(Paragraph(f"help{number}", Words(words)))
    rows = []
    for number, asked in enumerate(form.asked_of_person):
        cells = [Cell(Words(asked, len(asked)), f"{PERSON}{number}"), Cell()]
        rows.append(Row(f"person{number}", cells, height=500))
    blocks.append(TableBlock("person", rows, (1, 3), SIZE))
    writer = _FormWriter(form, digits, source.names)
    for entry in source.entries:
        if entry.content is None:
            blocks += writer.end_process()
            blocks += writer.begin(entry)
        else:
            writer.ask(entry)
    blocks += writer.end_process()
    foot = f"{form.title} {source.title}"
    return write_word_file(WordDocument(form.title, blocks, foot), digits)


class _FormWriter:
    def __init__(self, form: FormWords, digits: Digits, names: CitedNames) -> None:
        self.form = form
        self.digits = digits
        self.names = names
        self.cited: dict[str, str] = {}  # what a reference says in the section at hand
        self.section: EntryView | None = None
        self.rows: list[Row] = []

    def begin(self, entry: EntryView) -> list[Block]:
        is_manual = entry.kind == "manual"
        self.section = None if is_manual else entry
        targets = read_names_in(self.names, entry.section_id)
        self.cited = {
            uuid: display_digits(target.text, self.digits)
            for uuid, target in targets.items()
        }
        return [
            Paragraph(
                str(entry.uuid),
                Words(entry.title),
                "heading1" if is_manual else "heading2",
                bookmark=entry.uuid,
            )
        ]

    def ask(self, entry: EntryView) -> None:
        words = asked_words(entry, self.cited, self.digits)
        self._add_rows(words, entry.uuid, bookmark_of(entry.uuid))

    def end_process(self) -> list[Block]:
        """The table of a section, with what is asked of all of it at its end."""
        section = self.section
        if section is None or not self.rows:
            self.rows = []
            return []
        words = Words(self.form.of_process, len(self.form.of_process))
        self._add_rows(words, section.uuid, "")
        heads = [Cell(Words(title)) for title, _ in self.form.columns]
        rows = [Row("head", heads, is_head=True), *self.rows]
        widths = [width for _, width in self.form.columns]
        self.rows = []
        return [TableBlock(f"{section.uuid}:form", rows, widths, SIZE)]

    def _add_rows(self, words: Words, uuid: UUID, bookmark: str) -> None:
        columns = len(self.form.columns)
        asked = Cell(words, bookmark, span=columns)
        self.rows.append(Row(f"{uuid}:asked", [asked], is_shaded=True))
        cells = [Cell(bookmark=answer_bookmark(uuid), choices=self.form.choices)]
        cells += [Cell()] * (columns - 1)
        self.rows.append(Row(f"{uuid}:answer", cells, height=LEAST_HEIGHT))


def asked_words(entry: EntryView, cited: Mapping[str, str], digits: Digits) -> Words:
    """What the row above an answer says: the clause with its number."""
    number = ""
    if entry.label or entry.cite:
        number = display_digits(f"ข้อ {entry.cite or entry.label} ", digits)
    if isinstance(entry.content, Step):
        number = display_digits(f"ลำดับที่ {entry.label} ", digits)
    return Words(f"{number}{_told(entry.clause_content, cited)}", len(number))


def _told(content: Content, cited: Mapping[str, str]) -> str:
    """All that can be commented on, in lines."""
    lines = [clause_words(content, cited).text]
    if isinstance(content, Step):
        for _, text in told_fields(content, cited)[1:]:
            lines.append(text)
    if isinstance(content, Table):
        lines.append(" | ".join(column["title"] for column in content.columns))
        for row in content.rows:
            cells = [row["cells"].get(each["id"], "") for each in content.columns]
            lines.append(" | ".join(cells))
    return "\n".join(line for line in lines if line)
