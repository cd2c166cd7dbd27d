"""Spreadsheets: the only module that imports python-calamine and xlsxwriter. What people upload is taken as hostile."""

import csv
import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter
from python_calamine import CalamineWorkbook
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from hearing_portal.refusals import Refusal
from hearing_portal.sheet_marks import MARK_PARTS, SheetMarks, find_marks
from hearing_portal.thai.byte_texts import NoText, decode_thai
from hearing_portal.thai.dates import parse_be_date
from hearing_portal.zip_files import BROKEN_ZIP

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED = 30 * 1024 * 1024  # bytes; 5,000 rows of ten columns are under 3 MiB
MAX_PARTS = 500
MAX_ROWS = 5_000
MAX_COLUMNS = 60
MOST_SHEETS = 10
HEAD_ROWS = 20  # titles and blank lines that may stand above the table
TEXT_IN_MEMORY = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class NumberText(str):
    """A cell that holds a number: leading zeros and digits behind the 15th may have been lost before it was read."""

    __slots__ = ()


type Cell = str | date
LAST_GREGORIAN_YEAR = 2400  # a later year of a cell is of the Buddhist Era
type CellRange = tuple[
    tuple[int, int], tuple[int, int]
]  # first and last cell, (row, column) from 0
type NumberedRow = tuple[
    int, tuple[Cell, ...], bool
]  # counted from 1, as the spreadsheet program does; is it hidden?


class TableRefused(Refusal):
    """A file no table can be read from; `message_th` says why and what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row that is not empty: its number as the spreadsheet program shows it (from 1), and its cells."""

    number: int
    cells: tuple[Cell, ...]
    # By hand or by a filter: who filled the table in may not know of it
    is_hidden: bool = False

    def cell(self, column: int) -> Cell:
        """The cell of a column (from 0); empty behind the last one."""
        if column < len(self.cells):
            return self.cells[column]
        return ""


@dataclass(frozen=True, slots=True)
class ReadSheet:
    """The lines of a table, and what of it the spreadsheet program does not show: columns (from 0), or all of it.
    `marks`: what stands there beside the values of the cells."""

    lines: list[Line]
    marks: SheetMarks = field(default_factory=SheetMarks)

    @property
    def hidden_columns(self) -> frozenset[int]:
        return self.marks.columns

    @property
    def is_hidden(self) -> bool:
        return self.marks.is_hidden


def read_table(raw: bytes) -> list[Line]:
    """The lines of `read_sheet`."""
    return read_sheet(raw).lines


def read_sheet(raw: bytes, what: str = "ตาราง") -> ReadSheet:
    """The first sheet of an XLSX file, or a CSV file in UTF-8 or TIS-620, by its content and not by its name.

    Cells are text (a whole number without ".0") or dates; one merged over several rows stands in each. Formulas
    give the value last computed, and text that looks like a formula stays text. `what` is what an empty file is told to
    lack. Raises TableRefused, also for a formula without a value: its cell would be read as empty.
    """
    [sheet] = _read(raw, 1, what)
    if sheet.marks.valueless:
        row, column = min(sheet.marks.valueless)
        cell = xl_rowcol_to_cell(row - 1, column)
        raise TableRefused(
            f"ช่อง {cell} เป็นสูตรที่ไม่มีค่าในไฟล์ จึงอ่านไม่ได้ โปรดเปิดไฟล์ใน Excel แล้วบันทึกใหม่ หรือพิมพ์ค่าแทนสูตร"
        )
    return sheet


def read_sheets(raw: bytes) -> list[ReadSheet]:
    """As read_sheet, all sheets with something in them, the first MOST_SHEETS of them. Raises TableRefused."""
    return _read(raw, MOST_SHEETS, "ตาราง")


def column_letters(column: int) -> str:
    """As the spreadsheet program names a column (from 0): A, AA."""
    return str(xl_col_to_name(column))


def _read(raw: bytes, most_sheets: int, what: str) -> list[ReadSheet]:
    if len(raw) > MAX_BYTES:
        raise TableRefused("ไฟล์ใหญ่เกิน 5 MB โปรดลบรูปและแผ่นงานอื่นออก หรือแบ่งเป็นหลายไฟล์")
    if raw.startswith(b"\xd0\xcf\x11\xe0"):  # Microsoft's compound file
        raise TableRefused(
            "ไฟล์เป็น Excel รุ่นเก่า (.xls) หรือมีรหัสผ่าน โปรดบันทึกเป็น .xlsx ที่ไม่มีรหัสผ่าน"
        )
    marks = [SheetMarks()]
    if raw.startswith(b"PK"):
        safe = _unpack_safely(raw)
        marks = find_marks(safe, MAX_COLUMNS, most_sheets)
        tables = _xlsx_tables(safe, marks)
    else:
        tables = iter([_csv_rows(raw)])
    sheets = []
    for rows, mark in zip(tables, marks, strict=False):
        lines = [Line(*row) for row in rows if any(row[1])]
        if len(lines) > MAX_ROWS + HEAD_ROWS:
            raise TableRefused(f"ตารางเกิน {MAX_ROWS:,} แถว โปรดแบ่งเป็นหลายไฟล์")
        if lines or mark.boxes or mark.notes:
            sheets.append(ReadSheet(lines, mark))
    if not any(sheet.lines for sheet in sheets):
        raise TableRefused(
            f"ไม่พบข้อมูลในไฟล์ โปรดตรวจว่าเลือกไฟล์ถูกต้อง และแผ่นงานแรกเป็น{what}"
        )
    return sheets


# -- XLSX ------------------------------------------------------------------------------------------------

# All that the first sheet's values need; pictures, macros, links and the rest are never unpacked
_PARTS = re.compile(
    r"\[content_types\]\.xml|_rels/\.rels|xl/workbook\.xml|xl/_rels/workbook\.xml\.rels"
    r"|xl/sharedstrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml",
    re.IGNORECASE,
)
_MARK_PARTS = re.compile(MARK_PARTS, re.IGNORECASE)
_UNREADABLE = "เปิดไฟล์ไม่ได้ ไฟล์เสียหรือไม่ใช่ .xlsx โปรดเปิดด้วย Excel แล้วบันทึกใหม่เป็น .xlsx"


def _unpack_safely(raw: bytes) -> bytes:
    try:
        return _repack(raw)
    except TableRefused:
        raise
    except BROKEN_ZIP as error:
        raise TableRefused(_UNREADABLE) from error


def _xlsx_tables(
    safe: bytes, marks: Sequence[SheetMarks]
) -> Iterator[Iterator[NumberedRow]]:
    """The rows of each sheet that has marks; one after the other, as a table may be large."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(safe))
        count = min(len(workbook.sheet_names), len(marks))
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in calamine's Rust is no Exception
        raise TableRefused(_UNREADABLE) from error
    if not count:
        raise TableRefused(_UNREADABLE)
    for place in range(count):
        yield _xlsx_rows(workbook, place, marks[place].rows)


def _xlsx_rows(
    workbook: CalamineWorkbook, place: int, hidden_rows: frozenset[int]
) -> Iterator[NumberedRow]:
    try:
        sheet = workbook.get_sheet_by_index(place)
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False)
        merged = sheet.merged_cell_ranges or []
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:
        raise TableRefused(_UNREADABLE) from error
    _fill_down(rows, merged)
    for number, row in enumerate(rows, start=1):
        yield number, tuple(_cell(value) for value in row), number in hidden_rows


def _repack(raw: bytes) -> bytes:
    """The needed parts, unpacked under a limit and packed again: no size the file only claims is trusted."""
    packed = io.BytesIO()
    left = MAX_UNPACKED
    with (
        zipfile.ZipFile(io.BytesIO(raw)) as archive,
        zipfile.ZipFile(packed, "w") as copy,
    ):
        parts = archive.infolist()
        names = {part.filename.lower() for part in parts}
        if len(parts) > MAX_PARTS or "xl/workbook.xml" not in names:
            raise TableRefused(_UNREADABLE)
        if len(names) < len(
            parts
        ):  # two parts of one name: which counts, every program decides for itself
            raise TableRefused(_UNREADABLE)
        has_macros = any(
            "vbaproject" in name or "macrosheets" in name for name in names
        )
        if has_macros:
            raise TableRefused(
                "ไฟล์มีมาโคร โปรดบันทึกเป็น “สมุดงาน Excel (.xlsx)” ซึ่งไม่มีมาโคร แล้วส่งใหม่"
            )
        for part in parts:
            is_of_cells = bool(_PARTS.fullmatch(part.filename))
            if not (is_of_cells or _MARK_PARTS.fullmatch(part.filename)):
                continue
            is_encrypted = part.flag_bits & 1
            is_packed_usually = part.compress_type in (
                zipfile.ZIP_STORED,
                zipfile.ZIP_DEFLATED,
            )
            if is_encrypted or not is_packed_usually:
                raise TableRefused(_UNREADABLE)
            with archive.open(part) as source:
                content = source.read(left + 1)
            if len(content) > left:
                raise TableRefused(
                    "ไฟล์ขยายออกแล้วใหญ่ผิดปกติ โปรดคัดลอกเฉพาะตารางไปไว้ในไฟล์ใหม่ แล้วส่งอีกครั้ง"
                )
            left -= len(content)
            if is_of_cells:
                content = _clean_xml(content)
            copy.writestr(part.filename, content)
    return packed.getvalue()


_ENCODING = re.compile(
    rb"""<\?xml[^>]*\bencoding\s*=\s*["']([^"']*)["']""", re.IGNORECASE
)
_BLANK_CELL = re.compile(rb"""<c\s+r="[A-Z]{1,3}\d{1,7}"[^<>]*/>""")
_BLANK_ROW = re.compile(rb"<row\b[^<>]*/>|<row\b[^<>/]*>\s*</row>")
# A cell's reference (r="B5") or a row's (r="5")
_REFERENCE = re.compile(rb"""(?<![\w:.-])r\s*=\s*("[^"]*"|'[^']*')""")
_REFERENCE_FORM = re.compile(rb"([A-Z]{0,3})([1-9]\d{0,6})")
_CELL = re.compile(rb"<(?:[^<>\s/:]+:)?c(?=[\s/>])")
_CELL_WITH_REFERENCE = re.compile(rb"""<(?:[^<>\s/:]+:)?c\s+r\s*=\s*["']""")


def _clean_xml(xml: bytes) -> bytes:
    """The part without cells and rows that hold nothing, refused when a cell stands far out.

    Calamine allots the whole rectangle from the first to the last cell: one cell in XFD1048576 would ask for
    hundreds of GB and abort the process, which no exception handler outlives.
    """
    # In UTF-16 the patterns would see nothing, and entities could hide what they look for
    declared = _ENCODING.search(xml[:200])
    if declared and declared[1].lower() not in (b"utf-8", b"us-ascii"):
        raise TableRefused(_UNREADABLE)
    if b"\x00" in xml or b"<!DOCTYPE" in xml:
        raise TableRefused(_UNREADABLE)
    # A sheet whose borders were drawn down to row 1,048,576 is no large table
    xml = _BLANK_CELL.sub(b"", xml)
    xml = _BLANK_ROW.sub(b"", xml)
    # Every program that writes XLSX gives a cell's reference, and first; a cell without one could stand anywhere
    cells = len(_CELL.findall(xml))
    cells_with_reference = len(_CELL_WITH_REFERENCE.findall(xml))
    if cells != cells_with_reference:
        raise TableRefused(_UNREADABLE)
    for reference in _REFERENCE.finditer(xml):
        unquoted = reference[1][1:-1]
        found = _REFERENCE_FORM.fullmatch(unquoted)
        if found is None:
            raise TableRefused(_UNREADABLE)
        letters = found[1]
        row = int(found[2])
        if row > MAX_ROWS + HEAD_ROWS:
            raise TableRefused(
                f"มีข้อมูลถึงแถวที่ {row:,} เกิน {MAX_ROWS:,} แถว โปรดลบแถวท้ายตาราง หรือแบ่งเป็นหลายไฟล์"
            )
        if _column_number(letters) > MAX_COLUMNS:
            raise TableRefused(
                f"มีข้อมูลถึงคอลัมน์ {letters.decode()} โปรดลบคอลัมน์ที่ไม่ใช้ทางขวาของตาราง"
            )
    return xml


def _column_number(letters: bytes) -> int:
    """1 for A, 27 for AA; 0 for the reference of a row."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _fill_down(rows: list[list[Any]], merged: Iterable[CellRange]) -> None:
    """A cell merged over several rows (one office for all its people) counts for each of them that says anything.

    Merged cells of a real sheet do not overlap, so together they are no more than its cells.
    """
    left = MAX_COLUMNS * (MAX_ROWS + HEAD_ROWS)
    for first_cell, last_cell in merged:
        first, column = first_cell
        last, last_column = last_cell
        below = rows[first + 1 : last + 1]
        left -= len(below) + 1
        if left < 0:
            raise TableRefused(_UNREADABLE)
        is_one_column = column == last_column
        if not below or not is_one_column or column >= len(rows[first]):
            continue
        value = rows[first][column]
        for row in below:
            if any(row):
                row[column] = value


def _cell(value: object) -> Cell:
    if isinstance(value, datetime):
        if value.time() == time.min:  # how Excel keeps a day
            return value.date()
        return value.isoformat(" ")
    if isinstance(value, date):
        return value
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer():
        return NumberText(int(value))
    if isinstance(value, int | float) and not isinstance(value, bool):
        return NumberText(value)
    return str(value).strip()


# -- CSV -------------------------------------------------------------------------------------------------


def _csv_rows(raw: bytes) -> Iterator[NumberedRow]:
    try:
        text = decode_thai(raw)
    except NoText:
        raise TableRefused(
            "ไฟล์ไม่ใช่ .xlsx หรือ CSV ที่อ่านได้ โปรดบันทึกเป็น .xlsx หรือ CSV UTF-8"
        ) from None
    head = "\n".join(text.splitlines()[:HEAD_ROWS])
    delimiter = max(
        ",;\t", key=head.count
    )  # Excel writes ; where the comma is the decimal sign
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    begins = 1
    try:
        for row in reader:
            if len(row) > MAX_COLUMNS:
                raise TableRefused(
                    f"แถวที่ {begins:,} มีเกิน {MAX_COLUMNS} ช่อง โปรดตรวจตัวคั่นและเครื่องหมายคำพูดในแถวนั้น"
                )
            yield begins, tuple(cell.strip() for cell in row), False
            begins = reader.line_num + 1
    except csv.Error as error:
        raise TableRefused(
            f"อ่านแถวที่ {begins:,} ไม่ได้ โปรดตรวจเครื่องหมายคำพูดในแถวนั้น"
        ) from error


# -- writing ---------------------------------------------------------------------------------------------

_LIKE_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def read_day(cell: Cell) -> date | None:
    """The day of a cell, None for an empty one. Raises DateRefused."""
    if isinstance(cell, date):
        if cell.year <= LAST_GREGORIAN_YEAR:
            return cell
        # Typed as 20/9/2565 into a program that knows no Buddhist Era
        cell = f"{cell.day}/{cell.month}/{cell.year}"
    if not cell:
        return None
    return parse_be_date(cell)


def write_table(
    title: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str]],
    *,
    notes: Sequence[str] = (),
    examples: Iterable[Sequence[str]] = (),
) -> bytes:
    """An XLSX file of one sheet named `title`, all cells text; `notes` stand on a second sheet, one a row.

    `examples` stand on a sheet of their own below the same head, where nobody takes them for rows.

    Text that looks like a formula carries Excel's quote prefix, so that it stays text when somebody edits the
    cell too.
    """
    packed = io.BytesIO()
    workbook = xlsxwriter.Workbook(packed, TEXT_IN_MEMORY)
    _add_sheet(workbook, title, head, rows)
    if notes:
        sheet = workbook.add_worksheet("คำอธิบาย")
        sheet.set_column(0, 0, 100)
        for number, note in enumerate(notes):
            sheet.write_string(number, 0, note)
    example_rows = list(examples)
    if example_rows:
        _add_sheet(workbook, "ตัวอย่าง", head, example_rows)
    workbook.close()
    return packed.getvalue()


def _add_sheet(
    workbook: Any,
    name: str,
    head: Sequence[str],
    rows: Iterable[Sequence[str | int]],
) -> None:
    bold = workbook.add_format({"bold": True})
    quoted = workbook.add_format({"quote_prefix": True})
    sheet = workbook.add_worksheet(name)
    sheet.freeze_panes(1, 0)
    for column, words in enumerate(head):
        sheet.write_string(0, column, words, bold)
    widths = [len(words) + 4 for words in head]  # in characters
    for number, row in enumerate(rows, start=1):
        for column, cell in enumerate(row):
            if isinstance(cell, int):
                sheet.write_number(number, column, cell)
                continue
            cell_format = quoted if cell.startswith(_LIKE_A_FORMULA) else None
            sheet.write_string(number, column, cell, cell_format)
            wanted = min(len(cell) + 2, 50)
            widths[column] = max(widths[column], wanted)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)


def write_sheets(
    sheets: Iterable[tuple[str, Sequence[str], Iterable[Sequence[str | int]]]],
) -> bytes:
    """An XLSX file of several sheets, each (name, head, rows); whole numbers are numbers, all else is text."""
    packed = io.BytesIO()
    workbook = xlsxwriter.Workbook(packed, TEXT_IN_MEMORY)
    for name, head, rows in sheets:
        _add_sheet(workbook, name, head, rows)
    workbook.close()
    return packed.getvalue()


def csv_row(cells: Iterable[str | int]) -> list[str | int]:
    """Text that looks like a formula begins with an apostrophe: a program that opens the file does nothing with it."""
    row: list[str | int] = []
    for cell in cells:
        is_like_formula = isinstance(cell, str) and cell.startswith(_LIKE_A_FORMULA)
        row.append(f"'{cell}" if is_like_formula else cell)
    return row


# -- writing what is too long for the memory -----------------------------------------------------------------

LONGEST_CELL = 32_767  # characters, of Excel; what is longer it would refuse as a whole
CUT_SHORT = "… (ข้อความยาวเกินช่องของตารางคำนวณ โปรดอ่านในระบบ)"
LONGEST_LIST = 255  # characters of the choices of a drop-down, of Excel


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column of a long table. `choices` are offered in each of its cells; `is_filled_in` marks those whose cells
    people are to fill in. A hidden one carries what the portal needs when the file comes back."""

    heading: str
    width: int = 14  # characters
    choices: tuple[str, ...] = ()
    is_filled_in: bool = False
    is_hidden: bool = False


def write_long_table(
    path: Path,
    title: str,
    columns: Sequence[SheetColumn],
    rows: Iterable[Sequence[str]],
    *,
    notes: Sequence[str] = (),
) -> int:
    """An XLSX file as write_table makes it, row by row: only one of them is in memory. Returns the number of rows.

    The head stays in sight and is repeated on each printed page.
    """
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    workbook = xlsxwriter.Workbook(str(path), options)
    look = {"text_wrap": True, "valign": "top"}
    plain = workbook.add_format(look)
    quoted = workbook.add_format({**look, "quote_prefix": True})
    head = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1}
    head_plain = workbook.add_format(head)
    head_filled_in = workbook.add_format({**head, "bg_color": "#FFF2CC"})
    sheet = workbook.add_worksheet(title)
    sheet.freeze_panes(1, 1)
    sheet.repeat_rows(0)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    for number, column in enumerate(columns):
        hidden = {"hidden": True} if column.is_hidden else {}
        sheet.set_column(number, number, column.width, None, hidden)
        style = head_filled_in if column.is_filled_in else head_plain
        sheet.write_string(0, number, column.heading, style)
    written = 0
    for written, row in enumerate(rows, start=1):
        for number, words in enumerate(row):
            if words:
                is_like_formula = words.startswith(_LIKE_A_FORMULA)
                style = quoted if is_like_formula else plain
                sheet.write_string(written, number, _within_cell(words), style)
    for number, column in enumerate(columns):
        if column.choices and len(",".join(column.choices)) <= LONGEST_LIST:
            offered = {
                "validate": "list",
                "source": list(column.choices),
                "error_title": "ค่าไม่อยู่ในรายการ",
                "error_message": "โปรดเลือกจากรายการ",
            }
            sheet.data_validation(1, number, max(written, 1), number, offered)
    sheet.autofilter(0, 0, max(written, 1), len(columns) - 1)
    if notes:
        beside = workbook.add_worksheet("คำอธิบาย")
        beside.set_column(0, 0, 100)
        for number, note in enumerate(notes):
            beside.write_string(number, 0, note, plain)
    workbook.close()
    return written


def _within_cell(words: str) -> str:
    if len(words) <= LONGEST_CELL:
        return words
    return words[: LONGEST_CELL - len(CUT_SHORT)] + CUT_SHORT
