"""Writing a Word file that one may go on in: real headings, automatic numbers, a hidden bookmark for each clause."""

import io
from collections.abc import Sequence
from typing import Any
from uuid import UUID

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from hearing_portal.thai.numbering import Digits

FONT = "TH Sarabun New"
SIZE = Pt(16)
INDENT = 567  # twentieths of a point a level: a centimetre
BOOKMARK = "_portal_"  # Word hides what begins with a line; forty letters with the UUID, and it takes no more
LEVELS = 6
_FORMATS = {"thai": "thaiNumbers", "arabic": "decimal"}
# {numbering of a clause: (format of its numbers, what stands around them)}; "" is that of the digits
_SIGNS = {
    "plain": ("", "%1"),
    "paren": ("", "%1)"),
    "parens": ("", "(%1)"),
    "letter": ("thaiLetters", "%1."),
    "letter_paren": ("thaiLetters", "%1)"),
    "letter_parens": ("thaiLetters", "(%1)"),
    "bullet": ("bullet", "•"),
}


class WordWriter:
    """Writes one document from top to bottom."""

    def __init__(self, title: str, digits: Digits = "thai") -> None:
        self.digits = _FORMATS[digits]
        self.document = docx.Document()
        self.document.core_properties.title = title
        self.document.core_properties.language = "th-TH"
        self._set_font()
        numbering = self.document.part.numbering_part.element
        for child in list(numbering):
            numbering.remove(child)
        self.numbering = numbering
        self.abstract: dict[tuple[str, int], int] = {}  # {(kind, depth): id}
        self.lists = 0
        self.open_list: dict[tuple[str, int], int] = {}  # those that go on
        self.chain = 0  # the list of 1., 1.1, 1.1.1 that is being written
        self.bookmarks = 0

    def add_title(self, text: str) -> None:
        self._fill(self.document.add_heading("", level=0), text)

    def add_heading(self, text: str, level: int, bookmark: UUID | None = None) -> None:
        self._fill(self.document.add_heading("", level=level), text, bookmark)

    def begin_chain(self, prefix_levels: int = 1) -> None:
        """A new row of 1., 1.1, 1.1.1: of a process whose parts are 1. to 9., or of a chapter."""
        self.chain = self._new_list("chain", prefix_levels)
        self.open_list.clear()

    def add_part(self, name: str) -> None:
        """The heading of the next part, with its number."""
        paragraph = self.document.add_heading("", level=3)
        self._number(paragraph, self.chain, 0)
        self._fill(paragraph, name)
        self.open_list.clear()

    def add_chained(
        self, text: str, level: int, bookmark: UUID, bold: str = ""
    ) -> None:
        """A clause that is numbered by what it stands below: 5.4 is level 1."""
        paragraph = self.document.add_paragraph()
        self._number(paragraph, self.chain, level)
        self._fill(paragraph, text, bookmark, bold)
        self._close_below(level - 1)

    def add_item(
        self, text: str, kind: str, depth: int, bookmark: UUID, bold: str = ""
    ) -> None:
        """A clause with a number of its own list, or without one ("none")."""
        paragraph = self.document.add_paragraph()
        if kind == "none":
            paragraph.paragraph_format.left_indent = Pt(INDENT / 20 * depth)
        else:
            key = (kind, depth)
            if key not in self.open_list:
                self.open_list[key] = self._new_list(kind, depth)
            self._number(paragraph, self.open_list[key], 0)
        self._fill(paragraph, text, bookmark, bold)
        self._close_below(depth)

    def add_text(self, text: str) -> None:
        self._fill(self.document.add_paragraph(), text)

    def add_table(
        self,
        head: Sequence[str],
        rows: Sequence[Sequence[str]],
        bookmarks: Sequence[UUID] = (),
    ) -> None:
        """The head comes again on each page."""
        table = self.document.add_table(rows=0, cols=len(head))
        table.style = "Table Grid"
        for number, cells in enumerate([head, *rows]):
            row = table.add_row()
            for cell, text in zip(row.cells, cells, strict=True):
                bookmark = None
                if number and cell is row.cells[0] and number <= len(bookmarks):
                    bookmark = bookmarks[number - 1]
                self._fill(cell.paragraphs[0], text, bookmark)
            if number == 0:
                properties = row._tr.get_or_add_trPr()
                properties.append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))

    def save(self) -> bytes:
        written = io.BytesIO()
        self.document.save(written)
        return written.getvalue()

    # --- words

    def _fill(
        self, paragraph: Any, text: str, bookmark: UUID | None = None, bold: str = ""
    ) -> None:
        """`bold` is what the text begins with."""
        if bookmark is not None:
            self._mark(paragraph, bookmark)
        if bold:
            paragraph.add_run(bold).bold = True
        for number, line in enumerate(text[len(bold) :].split("\n")):
            if number:
                paragraph.add_run().add_break()
            paragraph.add_run(line)

    def _mark(self, paragraph: Any, uuid: UUID) -> None:
        self.bookmarks += 1
        name = f"{BOOKMARK}{uuid.hex}"
        for xml in (
            f'<w:bookmarkStart {nsdecls("w")} w:id="{self.bookmarks}" w:name="{name}"/>',
            f'<w:bookmarkEnd {nsdecls("w")} w:id="{self.bookmarks}"/>',
        ):
            paragraph._p.append(parse_xml(xml))

    def _set_font(self) -> None:
        """Thai is what Word calls a complex script, with a font and a size of its own."""
        for name in ("Normal", "Title", "Heading 1", "Heading 2", "Heading 3"):
            style = self.document.styles[name]
            style.font.name = FONT
            properties = style.element.get_or_add_rPr()
            fonts = properties.find(qn("w:rFonts"))
            for attribute in list(fonts.attrib):
                fonts.attrib.pop(attribute)
            for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
                fonts.set(qn(attribute), FONT)
            if name == "Normal":
                style.font.size = SIZE
                half_points = int(SIZE.pt * 2)
                properties.append(
                    parse_xml(f'<w:szCs {nsdecls("w")} w:val="{half_points}"/>')
                )

    # --- numbers

    def _number(self, paragraph: Any, number_id: int, level: int) -> None:
        properties = paragraph._p.get_or_add_pPr()
        properties.append(
            parse_xml(
                f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{level}"/><w:numId w:val="{number_id}"/></w:numPr>'
            )
        )

    def _new_list(self, kind: str, depth: int) -> int:
        """A w:num that begins anew. Lists of one kind at one depth share what they look like."""
        key = (kind, depth)
        if key not in self.abstract:
            self.abstract[key] = self._add_abstract(kind, depth)
        self.lists += 1
        self.numbering.append(
            parse_xml(
                f'<w:num {nsdecls("w")} w:numId="{self.lists}"><w:abstractNumId w:val="{self.abstract[key]}"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )
        return self.lists

    def _add_abstract(self, kind: str, depth: int) -> int:
        abstract_id = len(self.abstract)
        levels = ""
        if kind == "chain":
            for level in range(LEVELS):
                text = ".".join(f"%{number + 1}" for number in range(level + 1))
                dot = "." if level == 0 and depth else ""
                levels += _level_xml(level, self.digits, f"{text}{dot}", level)
        else:
            number_format, text = _SIGNS[kind]
            levels = _level_xml(0, number_format or self.digits, text, depth)
        element = parse_xml(
            f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{abstract_id}">'
            f'<w:multiLevelType w:val="{"multilevel" if kind == "chain" else "singleLevel"}"/>{levels}</w:abstractNum>'
        )
        # All looks stand before all lists
        self.numbering.insert(abstract_id, element)
        return abstract_id

    def _close_below(self, depth: int) -> None:
        """Lists below a clause end with the next one beside it."""
        for key in list(self.open_list):
            if key[1] > depth:
                self.open_list.pop(key)


def _level_xml(level: int, number_format: str, text: str, depth: int) -> str:
    left = INDENT * (depth + 1)
    return (
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:ind w:left="{left}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
    )
