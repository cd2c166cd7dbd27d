"""A Word file as lines: what its final wording says, with the numbers Word shows, and what was changed and remarked in
it beside the words. Runs in a process of its own (importing/reading_process.py)."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from hearing_portal.thai.numbering import TO_ARABIC_DIGITS, Label, parse_label

from ..source import (
    ANSWER,
    BOOKMARK,
    PERSON,
    LeftOut,
    MarginNote,
    SourceDocument,
    SourceLine,
    SourceNotRead,
    TrackedChange,
)
from .numbering import Numbering, ShownNumber, Styles
from .package import BROKEN, open_document

MOST_PARAGRAPHS = 20_000
MOST_LETTERS = 1_000_000
TOO_LONG = f"ไฟล์ Word นี้มีเกิน {MOST_PARAGRAPHS:,} ย่อหน้าหรือหนึ่งล้านตัวอักษร โปรดแบ่งเป็นหลายไฟล์"
BETWEEN_CELLS = " | "
INDENTED = 280  # twentieths of a point from which a paragraph stands in
# What makes no words
_SKIPPED = {
    qn(name)
    for name in (
        "w:pPr",
        "w:rPr",
        "w:instrText",
        "w:delInstrText",
        "w:fldChar",
        "w:sdtPr",
    )
}
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"


def read_docx(raw: bytes) -> SourceDocument:
    """The lines, unmended. Raises SourceNotRead."""
    document = open_document(raw)
    body = document.element.body
    if body is None:
        raise SourceNotRead(BROKEN)
    _refuse_long(body)
    reader = _Reader(document)
    reader.read_blocks(body)
    reader.read_page_heads(document)
    return reader.document


def _refuse_long(body: Any) -> None:
    paragraphs = 0
    letters = 0
    for element in body.iter(qn("w:p"), qn("w:t"), qn("w:delText")):
        if element.tag == qn("w:p"):
            paragraphs += 1
        else:
            letters += len(element.text or "")
        if paragraphs > MOST_PARAGRAPHS or letters > MOST_LETTERS:
            raise SourceNotRead(TOO_LONG)


@dataclass(slots=True)
class _Words:
    """The words of a paragraph while they are collected."""

    text: str = ""
    changes: list[TrackedChange] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # ids of footnotes
    boxes: list[Any] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    bookmark: str = ""


class _Reader:
    def __init__(self, document: Document) -> None:
        part = document.part
        self.document = SourceDocument()
        self.styles = Styles(_part_of(part, RELATIONSHIP_TYPE.STYLES))
        numbering = _part_of(part, RELATIONSHIP_TYPE.NUMBERING)
        self.numbering = Numbering(numbering, self.styles)
        self.footnotes = _notes_of(_part_of(part, RELATIONSHIP_TYPE.FOOTNOTES))
        self.footnotes |= _notes_of(_part_of(part, RELATIONSHIP_TYPE.ENDNOTES), "e")
        self.margin_notes = _margin_notes_of(_part_of(part, RELATIONSHIP_TYPE.COMMENTS))
        self.told: set[str] = set()  # margin notes that found their words
        self.open_notes: dict[str, int] = {}  # {margin note: where its words begin}
        self.pending: list[MarginNote] = []  # of the paragraph that is being read
        self.paragraphs = 0
        self.tables = 0
        self.carried = _Words()  # of paragraphs whose end was taken out

    # --- blocks

    def read_blocks(self, container: Any, doubt: str = "") -> None:
        for block in container:
            if block.tag == qn("w:p"):
                self.read_paragraph(block, doubt)
            elif block.tag == qn("w:tbl"):
                self.read_table(block, doubt)
            elif block.tag in (
                qn("w:sdt"),
                qn("w:customXml"),
                qn("w:ins"),
                qn("w:moveTo"),
            ):
                inner = block.find(qn("w:sdtContent"))
                self.read_blocks(block if inner is None else inner, doubt)

    def read_paragraph(self, paragraph: Any, doubt: str = "") -> None:
        self.paragraphs += 1
        place = f"ย่อหน้าที่ {self.paragraphs}"
        words = self.carried
        self.carried = _Words()
        self._collect(paragraph, words)
        if _is_end_taken_out(paragraph):
            # Its words go on in the next paragraph, if any are left
            if not words.text.strip():
                words.bookmark = ""
            self.carried = words
            return
        shown = self.numbering.show(paragraph)
        lines = self._lines_of(paragraph, words, shown, place)
        for line in lines:
            if doubt:
                line.doubts.append(doubt)
            self.document.lines.append(line)
        anchor = lines[-1] if lines else None
        for name in words.pictures:
            figure = f"ภาพ {name}".strip()
            self.document.doubts.append(f"{place}: มี{figure} ซึ่งยังไม่ได้นำเข้า")
        for note in words.notes:
            self._add_footnote(note, anchor)
        for box in words.boxes:
            self.read_blocks(box, "ข้อความนี้อยู่ในกล่องข้อความ โปรดตรวจว่าอยู่ถูกที่")

    def _lines_of(
        self, paragraph: Any, words: _Words, shown: ShownNumber | None, place: str
    ) -> list[SourceLine]:
        """One for each line that was ended by hand: the first has the number."""
        pieces = words.text.split("\n")
        lines = []
        position = 0
        label, before, doubt = _label_of(shown)
        for number, piece in enumerate(pieces):
            start = position
            position += len(piece) + 1
            text = piece.replace("\t", " ")
            is_first = number == 0
            if is_first and before:
                text = f"{before} {text}"
            if not text.strip() and not (is_first and label is not None):
                continue
            stripped = len(text) - len(text.lstrip()) if is_first else 0
            line = SourceLine(
                text.strip() if label is not None and is_first else text.rstrip(),
                place,
                label=label if is_first else None,
                level=self.styles.outline_level(paragraph) if is_first else 0,
                is_paragraph=is_first,
                is_indented=self.styles.indentation(paragraph) >= INDENTED
                and label is None,
                bookmark=words.bookmark if is_first else "",
            )
            if is_first and doubt:
                line.doubts.append(doubt)
            shift = start - (len(before) + 1 if is_first and before else 0)
            if label is not None and is_first:
                shift += stripped
            line.changes = _changes_within(words.changes, start, position, shift)
            self._close_notes(line, start, position, shift)
            lines.append(line)
        return [line for line in lines if line.words]

    def read_table(self, table: Any, doubt: str = "") -> None:
        self.tables += 1
        number = self.tables
        rows = [row for row in _rows_of(table) if not _is_row_taken_out(row)]
        widths = {len(list(_cells_of(row))) for row in rows}
        if widths <= {1}:
            # A frame around text
            for row in rows:
                for cell in _cells_of(row):
                    self.read_blocks(cell, doubt)
            return
        above: dict[int, str] = {}  # {column: words of a cell that goes on downwards}
        for row_number, row in enumerate(rows, start=1):
            place = f"ตารางที่ {number} แถวที่ {row_number}"
            line = SourceLine("", place, kind="row", is_paragraph=True)
            column = 0
            for cell in _cells_of(row):
                properties = cell.find(qn("w:tcPr"))
                span = _span_of(properties)
                words = self._cell_words(cell, line)
                self._close_cell_notes(line, words)
                merge = (
                    properties.find(qn("w:vMerge")) if properties is not None else None
                )
                if merge is not None and merge.get(qn("w:val")) != "restart":
                    words = words or above.get(column, "")
                    if words:
                        line.doubts.append(
                            f"ช่องที่ {column + 1} ผสานกับแถวบน จึงใช้ข้อความเดียวกัน"
                        )
                elif merge is not None:
                    above[column] = words
                else:
                    above.pop(column, None)
                if span > 1:
                    line.doubts.append(f"ช่องที่ {column + 1} ผสาน {span} ช่อง")
                line.cells += [words, *[""] * (span - 1)]
                column += span
            line.text = BETWEEN_CELLS.join(line.cells)
            if doubt:
                line.doubts.append(doubt)
            if any(line.cells):
                self.document.lines.append(line)

    def _close_cell_notes(self, line: SourceLine, words: str) -> None:
        """Notes at words of the cell that is being read, by their places in the words of the row."""
        before = sum(len(cell) + len(BETWEEN_CELLS) for cell in line.cells)
        for note in self.pending:
            start = before + min(note.start, len(words))
            end = before + min(note.end, len(words))
            line.margin_notes.append(note._replace(start=start, end=end))
        self.pending = []

    def _cell_words(self, cell: Any, line: SourceLine) -> str:
        """Paragraphs of a cell, with their numbers, one below the other as one text."""
        texts = []
        for block in cell.iter(qn("w:p")):
            if _is_in_box(block, cell):
                continue
            self.paragraphs += 1
            words = _Words()
            self._collect(block, words)
            shown = self.numbering.show(block)
            text = words.text.replace("\t", " ").replace("\n", " ").strip()
            if shown is not None and shown.text and not shown.is_bullet:
                text = f"{shown.text} {text}".strip()
            if text:
                texts.append(text)
            line.changes += words.changes
            line.bookmark = line.bookmark or words.bookmark
            for note in words.notes:
                texts.append(f"({self.footnotes.get(note, '')})")
            if words.pictures:
                line.doubts.append("มีภาพในช่อง ซึ่งยังไม่ได้นำเข้า")
            for box in words.boxes:
                self.read_blocks(box, "ข้อความนี้อยู่ในกล่องข้อความ โปรดตรวจว่าอยู่ถูกที่")
        if cell.find(f".//{qn('w:tbl')}") is not None:
            line.doubts.append("มีตารางซ้อนอยู่ในช่อง")
        return " ".join(texts)

    # --- words

    def _collect(self, element: Any, words: _Words) -> None:
        """The final wording: with what was put in, without what was taken out."""
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or tag == _FALLBACK or not isinstance(tag, str):
                continue
            if tag in (qn("w:t"), _MATH_TEXT):
                words.text += child.text or ""
            elif tag in (qn("w:tab"), qn("w:ptab")):
                words.text += "\t"
            elif tag in (qn("w:br"), qn("w:cr")):
                words.text += "\n"
            elif tag == qn("w:noBreakHyphen"):
                words.text += "-"
            elif tag == qn("w:sym"):
                words.text += _symbol(child)
            elif tag in (qn("w:ins"), qn("w:moveTo")):
                self._collect_inserted(child, words)
            elif tag in (qn("w:del"), qn("w:moveFrom")):
                _note_deleted(child, words)
            elif tag == qn("w:commentRangeStart"):
                self.open_notes[child.get(qn("w:id"), "")] = len(words.text)
            elif tag == qn("w:commentRangeEnd"):
                self._end_note(child.get(qn("w:id"), ""), words)
            elif tag == qn("w:commentReference"):
                note_id = child.get(qn("w:id"), "")
                self.open_notes.setdefault(note_id, len(words.text))
                self._end_note(note_id, words)
            elif tag == qn("w:footnoteReference"):
                words.notes.append(child.get(qn("w:id"), ""))
            elif tag == qn("w:endnoteReference"):
                words.notes.append(f"e{child.get(qn('w:id'), '')}")
            elif tag == qn("w:txbxContent"):
                words.boxes.append(child)
            elif tag == qn("w:bookmarkStart"):
                _note_bookmark(child, words)
            elif tag == qn("w:object"):
                words.pictures.append("ของวัตถุที่ฝังไว้")
                self._collect(child, words)
            elif tag == qn("w:drawing") or tag == qn("w:pict"):
                self._collect_drawing(child, words)
            else:
                self._collect(child, words)

    def _collect_inserted(self, element: Any, words: _Words) -> None:
        start = len(words.text)
        self._collect(element, words)
        end = len(words.text)
        if end > start:
            inserted = words.text[start:]
            words.changes.append(
                TrackedChange("ins", start, end, inserted, *_made(element))
            )

    def _collect_drawing(self, element: Any, words: _Words) -> None:
        """A text box, or else a picture; one of a chart that we drew is drawn again from its steps."""
        if _drawn_name(element).startswith(BOOKMARK):
            return
        before = len(words.boxes)
        self._collect(element, words)
        if len(words.boxes) == before:
            words.pictures.append(_picture_name(element))

    def _end_note(self, note_id: str, words: _Words) -> None:
        note = self.margin_notes.get(note_id)
        if note is None or note_id in self.told:
            return
        self.told.add(note_id)
        start = self.open_notes.pop(note_id, 0)
        end = len(words.text)
        # A note over several paragraphs is told at the last of them
        self.pending.append(note._replace(start=min(start, end), end=end))

    def _close_notes(self, line: SourceLine, start: int, end: int, shift: int) -> None:
        kept = []
        for note in self.pending:
            if start <= note.start < end or (note.start >= end - 1 == note.end):
                moved = note._replace(
                    start=max(0, note.start - shift),
                    end=min(len(line.text), max(0, note.end - shift)),
                )
                line.margin_notes.append(moved)
            else:
                kept.append(note)
        self.pending = kept

    def _add_footnote(self, note: str, anchor: SourceLine | None) -> None:
        words = self.footnotes.get(note, "")
        if not words:
            return
        place = anchor.place if anchor is not None else f"ย่อหน้าที่ {self.paragraphs}"
        line = SourceLine(words, f"เชิงอรรถของ{place}", kind="note", is_paragraph=True)
        self.document.lines.append(line)

    def read_page_heads(self, document: Document) -> None:
        """Heads and feet of pages are no text of a process, and told."""
        told = set()
        kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
        for relation in document.part.rels.values():
            if relation.is_external or relation.reltype not in kinds:
                continue
            words = " ".join(_plain_texts(relation.target_part.element))
            if words and words not in told:
                told.add(words)
                self.document.left_out.append(
                    LeftOut("หัวหรือท้ายกระดาษ", words, "หัวหรือท้ายหน้ากระดาษ")
                )


def _label_of(shown: ShownNumber | None) -> tuple[Label | None, str, str]:
    """(the label, else what stands before the words instead, what is doubtful)."""
    if shown is None or not shown.text:
        return None, "", ""
    doubt = ""
    if shown.unknown_format:
        doubt = f"ไม่มีรูปแบบเลข {shown.unknown_format} ในระบบ จึงใช้เลขอารบิก"
    if shown.is_bullet:
        return Label("bullet", "", ""), "", ""
    number = shown.text.translate(TO_ARABIC_DIGITS)
    if all(piece.isdigit() for piece in number.split(".")):
        return Label("decimal", number, ""), "", doubt
    label = parse_label(f"{shown.text} x")
    if label is not None and label.rest == "x":
        return label._replace(rest="", is_weak=False), "", doubt
    doubt = doubt or f"เลขอัตโนมัติ “{shown.text}” ไม่มีในแบบเลขของระบบ จึงเก็บไว้ในข้อความ"
    return None, shown.text, doubt


def _changes_within(
    changes: list[TrackedChange], start: int, end: int, shift: int
) -> list[TrackedChange]:
    within = []
    for change in changes:
        if start <= change.start < end:
            within.append(
                change._replace(
                    start=max(0, change.start - shift), end=max(0, change.end - shift)
                )
            )
    return within


def _part_of(part: Any, kind: str) -> Any:
    """The XML of a part that the document points to; None where it has none, or what it points to is elsewhere."""
    for relation in part.rels.values():
        if relation.reltype == kind and not relation.is_external:
            target = relation.target_part
            element = getattr(target, "element", None)
            if element is None:
                element = parse_xml(target.blob)
            return element
    return None


def _notes_of(notes: Any, prefix: str = "") -> dict[str, str]:
    """{id: words} of footnotes, without the lines that part them from the text."""
    if notes is None:
        return {}
    found = {}
    for note in notes:
        if note.get(qn("w:type")) not in (None, "normal"):
            continue
        found[prefix + note.get(qn("w:id"), "")] = " ".join(_plain_texts(note))
    return found


def _margin_notes_of(notes: Any) -> dict[str, MarginNote]:
    if notes is None:
        return {}
    found = {}
    for note in notes:
        words = "\n".join(_plain_texts(note))
        author = note.get(qn("w:author"), "")
        made_at = note.get(qn("w:date"), "")
        found[note.get(qn("w:id"), "")] = MarginNote(0, 0, words, author, made_at)
    return found


def _plain_texts(element: Any) -> Iterator[str]:
    """The words of each paragraph that has some."""
    for paragraph in element.iter(qn("w:p")):
        text = "".join(each.text or "" for each in paragraph.iter(qn("w:t"))).strip()
        if text:
            yield text


def _made(element: Any) -> tuple[str, str]:
    return element.get(qn("w:author"), ""), element.get(qn("w:date"), "")


def _is_end_taken_out(paragraph: Any) -> bool:
    """Whether the paragraph was joined to the next one, or taken out whole."""
    path = f"{qn('w:pPr')}/{qn('w:rPr')}"
    properties = paragraph.find(path)
    if properties is None:
        return False
    return any(
        properties.find(qn(name)) is not None for name in ("w:del", "w:moveFrom")
    )


def _is_row_taken_out(row: Any) -> bool:
    properties = row.find(qn("w:trPr"))
    return properties is not None and properties.find(qn("w:del")) is not None


def _rows_of(table: Any) -> Iterator[Any]:
    for child in table:
        if child.tag == qn("w:tr"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:ins"), qn("w:customXml")):
            inner = child.find(qn("w:sdtContent"))
            yield from _rows_of(child if inner is None else inner)


def _cells_of(row: Any) -> Iterator[Any]:
    for child in row:
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in (qn("w:sdt"), qn("w:customXml")):
            inner = child.find(qn("w:sdtContent"))
            yield from _cells_of(child if inner is None else inner)


def _span_of(properties: Any) -> int:
    span = properties.find(qn("w:gridSpan")) if properties is not None else None
    if span is None:
        return 1
    value = span.get(qn("w:val"), "1")
    return min(int(value), 60) if value.isdigit() and value != "0" else 1


def _is_in_box(block: Any, cell: Any) -> bool:
    for ancestor in block.iterancestors():
        if ancestor is cell:
            return False
        if ancestor.tag == qn("w:txbxContent"):
            return True
    return False


def _symbol(element: Any) -> str:
    """A sign of the Symbol font, as the text policy knows it."""
    code = element.get(qn("w:char"), "")
    try:
        number = int(code, 16)
    except ValueError:
        return ""
    return (
        chr(number | 0xF000 if number < 0x100 else number) if number < 0x110000 else ""
    )


def _note_bookmark(element: Any, words: _Words) -> None:
    name = element.get(qn("w:name"), "")
    if name.startswith((BOOKMARK, ANSWER, PERSON)):
        words.bookmark = words.bookmark or name


def _note_deleted(element: Any, words: _Words) -> None:
    for bookmark in element.iter(qn("w:bookmarkStart")):
        # The first words of a clause may be gone, and the clause go on
        _note_bookmark(bookmark, words)
    gone = "".join(each.text or "" for each in element.iter(qn("w:delText"), qn("w:t")))
    if gone:
        at = len(words.text)
        words.changes.append(TrackedChange("del", at, at, gone, *_made(element)))


def _drawn_name(drawing: Any) -> str:
    for element in drawing.iter():
        if isinstance(element.tag, str) and element.tag.endswith("}docPr"):
            name: str = element.get("name", "")
            return name
    return ""


def _picture_name(drawing: Any) -> str:
    for element in drawing.iter():
        if isinstance(element.tag, str) and element.tag.endswith("}docPr"):
            name: str = element.get("descr") or element.get("title") or ""
            return f"“{name}”" if name else ""
    return ""
