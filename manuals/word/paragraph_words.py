"""The words of a paragraph of a Word file: its final wording, with what was changed, remarked and drawn in it."""

from dataclasses import dataclass, field
from typing import Any

from docx.oxml.ns import qn

from ..source import ANSWER, BOOKMARK, PERSON, TABLE, OddLook, TrackedChange
from .drawings import told_of_boxes
from .elements import made
from .looks import looks_of_run, note_look
from .margin_notes import MARKS, MarginNotes
from .pictures import DrawnPicture, PictureReader, is_chart_of_ours, told_of_drawing
from .symbols import UnreadSymbol, read_letters, read_symbol, symbol_font_of

EMBEDDED = "ของวัตถุที่ฝังไว้ ซึ่งไม่ได้นำเข้า โปรดบันทึกเป็นภาพ PNG แล้วแนบในร่างหลังนำเข้า"
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


@dataclass(slots=True)
class ParagraphWords:
    """The words of a paragraph while they are collected."""

    text: str = ""
    changes: list[TrackedChange] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)  # ids of footnotes
    boxes: list[Any] = field(default_factory=list)
    pictures: list[DrawnPicture] = field(default_factory=list)
    bookmark: str = ""
    looks: list[OddLook] = field(default_factory=list)
    unread: list[UnreadSymbol] = field(default_factory=list)

    def add(self, text: str, symbol_font: str) -> None:
        if symbol_font:
            text, unread = read_letters(text, symbol_font, len(self.text))
            self.unread += unread
        self.text += text

    def add_symbol(self, symbol: str | UnreadSymbol) -> None:
        if isinstance(symbol, str):
            self.text += symbol
        else:
            self.unread.append(symbol)

    @property
    def doubts(self) -> list[str]:
        """What of its words could not be read, and where it stands."""
        return [symbol.doubt(self.text) for symbol in self.unread]


@dataclass(slots=True)
class WordCollector:
    """Collects the words of one paragraph after the other."""

    margin_notes: MarginNotes
    pictures: PictureReader
    symbol_font: str = ""  # of the run that is being read

    def collect(self, element: Any, words: ParagraphWords) -> None:
        """The final wording: with what was put in, without what was taken out."""
        for child in element:
            tag = child.tag
            if tag in _SKIPPED or tag == _FALLBACK or not isinstance(tag, str):
                continue
            if tag in (qn("w:t"), _MATH_TEXT):
                words.add(child.text or "", self.symbol_font)
            elif tag == qn("w:r"):
                start = len(words.text)
                self.symbol_font = symbol_font_of(child)
                self.collect(child, words)
                self.symbol_font = ""
                for kind in looks_of_run(child):
                    note_look(words.looks, kind, start, words.text)
            elif tag in (qn("w:tab"), qn("w:ptab")):
                words.text += "\t"
            elif tag in (qn("w:br"), qn("w:cr")):
                words.text += "\n"
            elif tag == qn("w:noBreakHyphen"):
                words.text += "-"
            elif tag == qn("w:sym"):
                words.add_symbol(read_symbol(child, len(words.text)))
            elif tag in (qn("w:ins"), qn("w:moveTo")):
                self._collect_inserted(child, words)
            elif tag in (qn("w:del"), qn("w:moveFrom")):
                _note_deleted(child, words)
                for mark in child.iter(*MARKS):
                    self.margin_notes.mark(mark, len(words.text))
            elif tag in MARKS:
                self.margin_notes.mark(child, len(words.text))
            elif tag == qn("w:footnoteReference"):
                words.notes.append(child.get(qn("w:id"), ""))
            elif tag == qn("w:endnoteReference"):
                words.notes.append(f"e{child.get(qn('w:id'), '')}")
            elif tag == qn("w:txbxContent"):
                words.boxes.append(child)
            elif tag == qn("w:bookmarkStart"):
                _note_bookmark(child, words)
            elif tag == qn("w:object"):
                words.pictures.append(DrawnPicture("", "", refused=EMBEDDED))
                self.collect(child, words)
            elif tag == qn("w:drawing") or tag == qn("w:pict"):
                self._collect_drawing(child, words)
            else:
                self.collect(child, words)

    def note_gone(self, element: Any) -> None:
        """Remarks beside words that were taken out whole, a row of a table."""
        first = len(self.margin_notes.pending)
        words = ParagraphWords()
        self.collect(element, words)
        self.margin_notes.name_those_of_gone(first, words.bookmark)

    def _collect_inserted(self, element: Any, words: ParagraphWords) -> None:
        start = len(words.text)
        self.collect(element, words)
        end = len(words.text)
        if end > start:
            inserted = words.text[start:]
            words.changes.append(
                TrackedChange("ins", start, end, inserted, *made(element))
            )

    def _collect_drawing(self, element: Any, words: ParagraphWords) -> None:
        """A text box, or else a picture; one of a chart that we drew is drawn again from its steps."""
        if is_chart_of_ours(*told_of_drawing(element)):
            return
        before = len(words.boxes)
        self.collect(element, words)
        boxes = len(words.boxes) - before
        if not boxes or self.pictures.has_own(element):
            words.pictures += self.pictures.read(element)
        told = told_of_boxes(element, boxes) if boxes else ""
        if told:
            words.pictures.append(DrawnPicture("", "", refused=told, kind="รูปวาด"))


def _note_bookmark(element: Any, words: ParagraphWords) -> None:
    name = element.get(qn("w:name"), "")
    if name.startswith((BOOKMARK, ANSWER, PERSON, TABLE)):
        words.bookmark = words.bookmark or name


def _note_deleted(element: Any, words: ParagraphWords) -> None:
    for bookmark in element.iter(qn("w:bookmarkStart")):
        # The first words of a clause may be gone, and the clause go on
        _note_bookmark(bookmark, words)
    gone = "".join(each.text or "" for each in element.iter(qn("w:delText"), qn("w:t")))
    if gone:
        at = len(words.text)
        words.changes.append(TrackedChange("del", at, at, gone, *made(element)))
