"""What stands in the sheets of an XLSX file beside the values of their cells, which the reader of cells does not tell:
what is hidden, formulas without a value, notes at cells, text boxes and pictures. For hearing_portal/spreadsheets.py,
which has made the file safe."""

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape

# The parts that it reads, beside those of the cells
MARK_PARTS = r"xl/comments[^/]*\.xml|xl/drawings/drawing[^/]*\.xml|xl/worksheets/_rels/[^/]+\.rels"

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s[^<>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s[^<>]*>")
_HIDDEN_ROW = re.compile(
    rb"""<(?:\w+:)?row\s[^<>]*?\bhidden\s*=\s*["'](?:1|true)["'][^<>]*>"""
)
_HIDDEN_COLUMNS = re.compile(
    rb"""<(?:\w+:)?col\s[^<>]*?\bhidden\s*=\s*["'](?:1|true)["'][^<>]*>"""
)
_CELL = re.compile(rb"<(?:\w+:)?c(\s[^<>]*)>")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s/>]")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>[^<]")
_NOTE = re.compile(rb"<(?:\w+:)?comment(\s[^<>]*)>")
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)<")
_ANCHOR = re.compile(rb"<xdr:(?:two|one)CellAnchor\b([^<>]*)>")
_ANCHOR_ROW = re.compile(rb"<xdr:row>(\d{1,7})</xdr:row>")
_PARAGRAPH_END = b"</a:p>"
_CELL_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_THREAD = "[Threaded comment]"  # Excel's words around a note that others may answer
_THREAD_WORDS = "Comment:"

type Place = tuple[int, int]  # row from 1, column from 0


@dataclass(frozen=True, slots=True)
class SheetMarks:
    """Of one sheet. Rows are counted from 1, columns from 0.

    - valueless: cells with a formula of which the file has no value
    - notes: {cell: what somebody noted at it}
    - boxes: [(row it begins in, words of a text box)]
    - pictures: the rows they begin in
    """

    name: str = ""
    rows: frozenset[int] = frozenset()
    columns: frozenset[int] = frozenset()
    is_hidden: bool = False
    valueless: frozenset[Place] = frozenset()
    notes: Mapping[Place, str] = field(default_factory=dict)
    boxes: tuple[tuple[int, str], ...] = ()
    pictures: tuple[int, ...] = ()


def find_marks(safe: bytes, most_columns: int, most_sheets: int) -> list[SheetMarks]:
    """Of the first sheets, in their order."""
    with zipfile.ZipFile(io.BytesIO(safe)) as archive:
        parts = {name.lower(): name for name in archive.namelist()}
        targets = _targets(archive, parts, "xl/_rels/workbook.xml.rels", "xl")
        marks = []
        sheets = _SHEET.findall(archive.read(parts["xl/workbook.xml"]))
        for tag in sheets[:most_sheets]:
            name = unescape(_attribute(tag, b"name"))
            state = _attribute(tag, b"state").lower()
            is_hidden = state in ("hidden", "veryhidden")
            path = targets.get(_attribute(tag, rb"\w+:id"), "")
            if path not in parts:
                marks.append(SheetMarks(name, is_hidden=is_hidden))
                continue
            xml = archive.read(parts[path])
            relations = posixpath.join(
                posixpath.dirname(path), "_rels", f"{posixpath.basename(path)}.rels"
            )
            beside = _targets(archive, parts, relations, posixpath.dirname(path))
            marks.append(
                _marks_of(archive, parts, name, is_hidden, xml, beside, most_columns)
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
    numbers = [_attribute(row, b"r") for row in _HIDDEN_ROW.findall(xml)]
    return SheetMarks(
        name,
        frozenset(int(number) for number in numbers if number),
        _hidden_columns(xml, most_columns),
        is_hidden,
        frozenset(_valueless_in(xml)),
        notes,
        tuple(boxes),
        tuple(pictures),
    )


def _targets(
    archive: zipfile.ZipFile, parts: Mapping[str, str], relations: str, folder: str
) -> dict[str, str]:
    """{id of a relation: the part it leads to, in small letters}."""
    if relations not in parts:
        return {}
    targets = {}
    for relation in _RELATION.findall(archive.read(parts[relations])):
        target = _attribute(relation, b"Target").lower()
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        targets[_attribute(relation, b"Id")] = path
    return targets


def _hidden_columns(xml: bytes, most: int) -> frozenset[int]:
    columns: set[int] = set()
    for found in _HIDDEN_COLUMNS.findall(xml):
        first_column = _attribute(found, b"min")
        last_column = _attribute(found, b"max")
        if first_column.isdecimal() and last_column.isdecimal():
            last = min(int(last_column), most)
            columns.update(range(int(first_column) - 1, last))
    return frozenset(columns)


def _valueless_in(xml: bytes) -> set[Place]:
    places: set[Place] = set()
    if not _FORMULA.search(xml):
        return places
    for tag, body in _pieces(_CELL, xml):
        if tag.endswith(b"/") or _attribute(tag, b"t") == "str":
            continue  # words that were worked out, if only to nothing
        if _FORMULA.search(body) and not _VALUE.search(body):
            place = _place_of(_attribute(tag, b"r"))
            if place is not None:
                places.add(place)
    return places


def _notes_in(xml: bytes) -> dict[Place, str]:
    notes = {}
    for tag, body in _pieces(_NOTE, xml):
        place = _place_of(_attribute(tag, b"ref"))
        words = _words_in(body)
        if words.startswith(_THREAD):
            words = words.partition(_THREAD_WORDS)[2].strip() or words
        if place is not None and words:
            notes[place] = words
    return notes


def _drawn_in(xml: bytes) -> tuple[list[tuple[int, str]], list[int]]:
    boxes, pictures = [], []
    for _, anchor in _pieces(_ANCHOR, xml):
        row = _ANCHOR_ROW.search(anchor)
        number = int(row[1]) + 1 if row else 1
        paragraphs = [_words_in(each) for each in anchor.split(_PARAGRAPH_END)]
        words = "\n".join(each for each in paragraphs if each)
        if words:
            boxes.append((number, words))
        elif b"<xdr:pic" in anchor:
            pictures.append(number)
    return boxes, pictures


def _pieces(opening: re.Pattern[bytes], xml: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(attributes of an opening tag, what stands between it and the next one): a pattern that looked for the end would
    take the square of a file that has none."""
    tag = None
    begin = 0
    for found in opening.finditer(xml):
        if tag is not None:
            yield tag, xml[begin : found.start()]
        tag, begin = found[1], found.end()
    if tag is not None:
        yield tag, xml[begin:]


def _words_in(xml: bytes) -> str:
    texts = [each.decode("utf-8", "replace") for each in _TEXT.findall(xml)]
    return unescape("".join(texts)).strip()


def _place_of(name: str) -> Place | None:
    found = _CELL_NAME.fullmatch(name)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"(?<![\w:])" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return found[1].decode("utf-8", "replace") if found else ""
