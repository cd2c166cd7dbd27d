"""A Word file as lines: what its final wording says, with the numbers Word shows, and what was changed and remarked in
it beside the words. Runs in a process of its own (importing/reading_process.py)."""

import re
from typing import Any

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from ..source import (
    HIDDEN_ROW,
    IN_BOX,
    NOTE_OF,
    LeftOut,
    SourceDocument,
    SourceLine,
    SourceNotRead,
    TrackedChange,
    uuid_in_bookmark,
    without_blanks_around,
    without_blanks_behind,
)
from .elements import cells_of, is_end_taken_out, is_moved_here, is_row_hidden
from .looks import doubts_of_looks, looks_within
from .margin_notes import MarginNotes
from .notes import footnotes_of, plain_texts
from .numbering import Numbering, ShownNumber, Styles
from .package import BROKEN, open_document
from .paragraph_words import ParagraphWords, WordCollector
from .pictures import DrawnPicture, PictureReader
from .shown_labels import label_of
from .table_rows import TableReader, changes_of_gone_rows, is_frame, standing_rows_of

MOST_PARAGRAPHS = 20_000
MOST_LETTERS = 1_000_000
TOO_LONG = f"ไฟล์ Word นี้มีเกิน {MOST_PARAGRAPHS:,} ย่อหน้าหรือหนึ่งล้านตัวอักษร โปรดแบ่งเป็นหลายไฟล์"
INDENTED = 280  # twentieths of a point from which a paragraph stands in
_NUMBER = re.compile(r"\d+")


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
    reader.document.doubts += reader.table_reader.doubts
    reader.document.margin_notes_left = reader.margin_notes.left()
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


class _Reader:
    def __init__(self, document: Document) -> None:
        part = document.part
        self.document = SourceDocument()
        self.styles = Styles(_part_of(part, RELATIONSHIP_TYPE.STYLES))
        numbering = _part_of(part, RELATIONSHIP_TYPE.NUMBERING)
        self.numbering = Numbering(numbering, self.styles)
        self.footnotes = footnotes_of(_part_of(part, RELATIONSHIP_TYPE.FOOTNOTES))
        self.footnotes |= footnotes_of(_part_of(part, RELATIONSHIP_TYPE.ENDNOTES), "e")
        self.margin_notes = MarginNotes(_part_of(part, RELATIONSHIP_TYPE.COMMENTS))
        pictures = PictureReader(part.related_parts)
        self.document.pictures = pictures.taken
        self.collector = WordCollector(self.margin_notes, pictures)
        self.table_reader = TableReader(
            self.collector, self.numbering, self.footnotes, self.read_boxes
        )
        self.paragraphs = 0  # without those in cells
        self.tables = 0
        self.carried = ParagraphWords()  # of paragraphs whose end was taken out

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
        place = self._place()
        words = self.carried
        self.carried = ParagraphWords()
        first_note = len(self.margin_notes.pending)
        self.collector.collect(paragraph, words)
        if not words.text.strip():
            self.margin_notes.name_those_of_gone(first_note, words.bookmark)
        if is_end_taken_out(paragraph):
            # Its words go on in the next paragraph, if any are left
            if not words.text.strip():
                words.bookmark = ""
            self.carried = words
            return
        shown = self.numbering.show(paragraph)
        lines = self._lines_of(paragraph, words, shown, place)
        self._tell_beside(words, lines, place)
        for line in lines:
            if doubt:
                line.doubts.append(doubt)
            self.document.lines.append(line)
        anchor = lines[-1] if lines else None
        for picture in words.pictures:
            self._add_picture(picture, place, doubt)
        for note in words.notes:
            self._add_footnote(note, anchor)
        self.read_boxes(words)

    def _tell_beside(
        self, words: ParagraphWords, lines: list[SourceLine], place: str
    ) -> None:
        """What could not be read beside the paragraph's words; where none are left, of the whole file."""
        if lines:
            lines[0].doubts += words.doubts
        else:
            self.document.changes_left += [(place, each) for each in words.changes]
            self.document.doubts += [f"{place}: {doubt}" for doubt in words.doubts]

    def read_boxes(self, words: ParagraphWords) -> None:
        for box in words.boxes:
            self.read_blocks(box, IN_BOX)

    def read_table(self, table: Any, doubt: str = "") -> None:
        self.tables += 1
        place = f"ตารางที่ {self.tables}"
        self.document.changes_left += changes_of_gone_rows(table, place)
        self.table_reader.note_gone_rows(table)
        rows = standing_rows_of(table)
        if is_frame(rows):
            for row in rows:
                hidden = HIDDEN_ROW if is_row_hidden(row) else ""
                for cell in cells_of(row):
                    self.read_blocks(cell, doubt or hidden)
            return
        for line in self.table_reader.read(rows, place):
            if doubt:
                line.doubts.append(doubt)
            self.document.lines.append(line)

    def _place(self) -> str:
        return f"ย่อหน้าที่ {self.paragraphs + self.table_reader.paragraphs}"

    def _lines_of(
        self,
        paragraph: Any,
        words: ParagraphWords,
        shown: ShownNumber | None,
        place: str,
    ) -> list[SourceLine]:
        """One for each line that was ended by hand: the first has the number."""
        pieces = words.text.split("\n")
        lines = []
        position = 0
        label, before, doubt = label_of(shown)
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
                without_blanks_around(text)
                if label is not None and is_first
                else without_blanks_behind(text),
                place,
                label=label if is_first else None,
                level=self.styles.outline_level(paragraph) if is_first else 0,
                list_level=self._list_level(paragraph) if is_first else 0,
                is_paragraph=is_first,
                is_indented=self.styles.indentation(paragraph) >= INDENTED
                and label is None,
                bookmark=words.bookmark if is_first else "",
                is_moved_here=is_first and is_moved_here(paragraph),
            )
            if is_first and doubt:
                line.doubts.append(doubt)
            shift = start - (len(before) + 1 if is_first and before else 0)
            if label is not None and is_first:
                shift += stripped
            line.changes = _changes_within(words.changes, start, position, shift)
            line.looks = looks_within(words.looks, start, shift, line.text)
            line.doubts += doubts_of_looks(line.looks)
            if line.words:  # else it is none, and what is beside it goes on
                self.margin_notes.put_beside(line, start, position, shift)
            lines.append(line)
        return [line for line in lines if line.words]

    def _list_level(self, paragraph: Any) -> int:
        """Also one that the list does not describe, of which Word shows no number."""
        number_id, level = self.styles.find_list(paragraph, self.numbering)
        return level if number_id not in ("", "0") else 0

    def _add_picture(self, picture: DrawnPicture, place: str, doubt: str) -> None:
        if not picture.sha:
            told = f"{place}: {picture.told}"
            if told not in self.document.doubts:
                self.document.doubts.append(told)
            return
        is_ours = uuid_in_bookmark(picture.name) is not None
        line = SourceLine(
            picture.alt,
            f"ภาพใน{place}",
            kind="figure",
            is_paragraph=True,
            picture=picture.sha,
            bookmark=picture.name if is_ours else "",
        )
        if doubt:
            line.doubts.append(doubt)
        self.document.lines.append(line)

    def _add_footnote(self, note: str, anchor: SourceLine | None) -> None:
        words = self.footnotes.get(note, "")
        if not words:
            return
        place = anchor.place if anchor is not None else self._place()
        line = SourceLine(words, f"{NOTE_OF}{place}", kind="note", is_paragraph=True)
        self.document.lines.append(line)

    def read_page_heads(self, document: Document) -> None:
        """Heads and feet of pages are no text of a process, and told."""
        told = set()
        kinds = (RELATIONSHIP_TYPE.HEADER, RELATIONSHIP_TYPE.FOOTER)
        for relation in document.part.rels.values():
            if relation.is_external or relation.reltype not in kinds:
                continue
            words = " ".join(plain_texts(relation.target_part.element))
            # LibreOffice keeps one for each part of the file, each with the number of its page
            alike = _NUMBER.sub("", words)
            if words and alike not in told:
                told.add(alike)
                self.document.left_out.append(
                    LeftOut("หัวหรือท้ายกระดาษ", words, "หัวหรือท้ายหน้ากระดาษ")
                )


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
