"""What stands in the sheets of an XLSX file beside the values of their cells, which the reader of cells does not tell:
what is hidden, formulas without a value, notes at cells, text boxes and pictures, words struck through. For
hearing_portal/spreadsheets.py, which has made the file safe."""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from hearing_portal.sheet_parts import (
    CELL,
    Place,
    attribute_of,
    pieces_of,
    place_of,
    words_in,
)
from hearing_portal.struck_cells import StruckLooks

# The parts that it reads, beside those of the cells
MARK_PARTS = r"xl/comments[^/]*\.xml|xl/drawings/drawing[^/]*\.xml|xl/worksheets/_rels/[^/]+\.rels"

_LOOKS = ("xl/styles.xml", "xl/sharedstrings.xml")

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_HIDDEN_ROW = re.compile(
    rb"""<(?:\w+:)?row\s[^<>]*?\bhidden\s*=\s*["'](?:1|true)["'][^<>]*>"""
)
_HIDDEN_COLUMNS = re.compile(
    rb"""<(?:\w+:)?col\s[^<>]*?\bhidden\s*=\s*["'](?:1|true)["'][^<>]*>"""
)
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>[^<]")
_NOTE = re.compile(rb"<(?:\w+:)?comment(\s[^<>]*)>")
_ANCHOR = re.compile(rb"<xdr:(?:two|one)CellAnchor\b([^<>]*)>")
_ANCHOR_ROW = re.compile(rb"<xdr:row>(\d{1,7})</xdr:row>")
_PARAGRAPH_END = b"</a:p>"
_THREAD = "[Threaded comment]"  # Excel's words around a note that others may answer
_THREAD_WORDS = "Comment:"


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Of one sheet. Rows are counted from 1, columns from 0.

    - valueless: cells with a formula of which the file has no value
    - notes: {cell: what somebody noted at it}
    - boxes: [(row it begins in, words of a text box)]
    - pictures: the rows they begin in
    - struck: {cell: the words of it that are struck through; "" for all of them}
    """

    name: str = ""
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    valueless: frozenset[Place] = frozenset()
    notes: Mapping[Place, str] = field(default_factory=dict)
    boxes: tuple[tuple[int, str], ...] = ()
    pictures: tuple[int, ...] = ()
    struck: Mapping[Place, str] = field(default_factory=dict)


def find_marks(safe: bytes, most_columns: int, most_sheets: int) -> list[SheetMarks]:
    """Of the first sheets, in their order."""
    with zipfile.ZipFile(io.BytesIO(safe)) as archive:
        parts = {name.lower(): name for name in archive.namelist()}
        targets = _targets(archive, parts, "xl/_rels/workbook.xml.rels", "xl")
        looks = StruckLooks(*(_part(archive, parts, name) for name in _LOOKS))
        marks = []
        sheets = _SHEET.findall(archive.read(parts["xl/workbook.xml"]))
        for tag in sheets[:most_sheets]:
            name = unescape(attribute_of(tag, b"name"))
            state = attribute_of(tag, b"state").lower()
            is_hidden = state in ("hidden", "veryhidden")
            path = targets.get(attribute_of(tag, rb"\w+:id"), "")
            if path not in parts:
                marks.append(SheetMarks(name, is_hidden=is_hidden))
                continue
            xml = archive.read(parts[path])
            relations = posixpath.join(
                posixpath.dirname(path), "_rels", f"{posixpath.basename(path)}.rels"
            )
            beside = _targets(archive, parts, relations, posixpath.dirname(path))
            marks.append(
                _marks_of(
                    archive, parts, name, is_hidden, xml, beside, most_columns, looks
                )
            )
    return marks


def _marks_of(
    archive: zipfile.ZipFile,
    parts: Mapping[str, str],
    name: str,
    is_hidden: bool,
    xml: bytes,
    beside: Mapping[str, str],
    most_columns: int,
    looks: StruckLooks,
) -> SheetMarks:
    notes: dict[Place, str] = {}
    boxes: list[tuple[int, str]] = []
    pictures: list[int] = []
    for target in beside.values():
        if target not in parts:
            continue
        if posixpath.basename(target).startswith("comments"):
            notes |= _notes_in(archive.read(parts[target]))
        elif posixpath.basename(target).startswith("drawing"):
            found_boxes, found_pictures = _drawn_in(archive.read(parts[target]))
            boxes += found_boxes
            pictures += found_pictures
    numbers = [attribute_of(row, b"r") for row in _HIDDEN_ROW.findall(xml)]
    return SheetMarks(
        name,
        frozenset(int(number) for number in numbers if number),
        _hidden_columns(xml, most_columns),
        is_hidden,
        frozenset(_valueless_in(xml)),
        notes,
        tuple(boxes),
        tuple(pictures),
        looks.find(xml),
    )


def _part(archive: zipfile.ZipFile, parts: Mapping[str, str], name: str) -> bytes:
    return archive.read(parts[name]) if name in parts else b""


def _targets(
    archive: zipfile.ZipFile, parts: Mapping[str, str], relations: str, folder: str
) -> dict[str, str]:
    """{id of a relation: the part it leads to, in small letters}."""
    if relations not in parts:
        return {}
    targets = {}
    for relation in _RELATION.findall(archive.read(parts[relations])):
        target = attribute_of(relation, b"Target").lower()
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        targets[attribute_of(relation, b"Id")] = path
    return targets


def _hidden_columns(xml: bytes, most: int) -> frozenset[int]:
    columns: set[int] = set()
    for found in _HIDDEN_COLUMNS.findall(xml):
        first_column = attribute_of(found, b"min")
        last_column = attribute_of(found, b"max")
        if first_column.isdecimal() and last_column.isdecimal():
            last = min(int(last_column), most)
            columns.update(range(int(first_column) - 1, last))
    return frozenset(columns)


def _valueless_in(xml: bytes) -> set[Place]:
    places: set[Place] = set()
    if not _FORMULA.search(xml):
        return places
    for tag, body in pieces_of(CELL, xml):
        if tag.endswith(b"/") or attribute_of(tag, b"t") == "str":
            continue  # words that were worked out, if only to nothing
        if _FORMULA.search(body) and not _VALUE.search(body):
            place = place_of(attribute_of(tag, b"r"))
            if place is not None:
                places.add(place)
    return places


def _notes_in(xml: bytes) -> dict[Place, str]:
    notes = {}
    for tag, body in pieces_of(_NOTE, xml):
        place = place_of(attribute_of(tag, b"ref"))
        words = words_in(body)
        if words.startswith(_THREAD):
            words = words.partition(_THREAD_WORDS)[2].strip() or words
        if place is not None and words:
            notes[place] = words
    return notes


def _drawn_in(xml: bytes) -> tuple[list[tuple[int, str]], list[int]]:
    boxes, pictures = [], []
    for _, anchor in pieces_of(_ANCHOR, xml):
        row = _ANCHOR_ROW.search(anchor)
        number = int(row[1]) + 1 if row else 1
        paragraphs = [words_in(each) for each in anchor.split(_PARAGRAPH_END)]
        words = "\n".join(each for each in paragraphs if each)
        if words:
            boxes.append((number, words))
        elif b"<xdr:pic" in anchor:
            pictures.append(number)
    return boxes, pictures
