"""Which lines of a PDF's page stand in a table. A PDF knows no cells: the words of a row come out in pieces, and
in no certain order, so a person has to look at each."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

import pypdfium2.raw
from pypdfium2 import PdfPage, PdfTextPage

from ..source import IN_TABLE, SourceLine
from .pdf_areas import PageArea, is_within
from .pdf_columns import MOST_PIECES, PrintedPiece, find_open_tables
from .pdf_rules import find_ruled_tables

MOST_SHAPES = 4000  # of one page; a drawing of more is no table
WIDEST_LABEL = 60.0  # points
NESTED = 3  # levels of groups on a page that are looked into
_LABEL = re.compile(r"\(?[\d๐-๙ก-ฮ.]{1,7}[.)]?|[^\w\s]")
LONG_ENOUGH = 5  # letters by which a piece of a row is known again


def doubt_lines_in_tables(
    lines: Sequence[SourceLine], page: PdfPage, text: PdfTextPage
) -> None:
    """`lines` are those of the page."""
    tables = find_ruled_tables(_shapes_of(page))
    for open_table in find_open_tables(_pieces_of(text)):
        # One with rules between its lines alone is found by them too
        if not any(is_within(open_table, table) for table in tables):
            tables.append(open_table)
    for box in tables:
        inside = text.get_text_bounded(*box).splitlines()
        _doubt(lines, [_letters(line) for line in inside])


def _shapes_of(page: PdfPage) -> Iterable[PageArea]:
    kinds = [pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    for number, shape in enumerate(page.get_objects(filter=kinds, max_depth=NESTED)):
        if number >= MOST_SHAPES:
            return
        bounds: Any = shape.get_bounds()
        yield PageArea(*bounds)


def _pieces_of(text: PdfTextPage) -> Iterable[PrintedPiece]:
    for number in range(min(text.count_rects(), MOST_PIECES)):
        area = PageArea(*text.get_rect(number))
        # Only what is as narrow as a number may be one
        words = ""
        if area.right - area.left < WIDEST_LABEL:
            words = text.get_text_bounded(*area).strip()
        yield PrintedPiece(area, _LABEL.fullmatch(words) is not None)


def _doubt(lines: Sequence[SourceLine], inside: Sequence[str]) -> None:
    left = Counter(inside)
    whole = "".join(inside)
    for line in lines:
        letters = _letters(line.text)
        is_piece = len(letters) >= LONG_ENOUGH and letters in whole
        if (letters and left[letters] > 0) or is_piece:
            left[letters] -= 1
            if IN_TABLE not in line.doubts:
                line.doubts.append(IN_TABLE)


def _letters(words: str) -> str:
    return "".join(letter for letter in words if letter.isalnum())
