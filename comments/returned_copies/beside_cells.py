"""What stands in a filled-in sheet beside the values of its cells, told: hidden, noted, drawn, struck through,
not worked out. And how a place of a sheet is named."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from hearing_portal.spreadsheets import Line, ReadSheet, column_letters
from manuals.word_export.comparison import STRUCK_OUT
from manuals.word_export.returned import ReturnedFile, ReturnedItem

from .comment_sheet import FILLED_IN, WORDS

HIDDEN_COLUMN = "คอลัมน์ “{name}” ซ่อนไว้ในไฟล์แต่ยังนำเข้า โปรดตรวจกับ สพท. เจ้าของไฟล์"
HIDDEN_SHEET = "แผ่นงาน “{name}” ซ่อนไว้ในไฟล์แต่ยังอ่าน โปรดตรวจกับ สพท. เจ้าของไฟล์"
NO_VALUE = "เป็นสูตรที่ไม่มีค่าในไฟล์ จึงอ่านไม่ได้ โปรดขอให้ สพท. พิมพ์ข้อความแทนสูตร หรือเปิดใน Excel แล้วบันทึกใหม่"
PICTURE = "มีภาพซึ่งไม่ได้นำเข้าเป็นความคิดเห็น ภาพยังอยู่ในไฟล์ต้นฉบับ"
STRUCK = "ขีดฆ่า “{words}” ไว้ แต่ยังนำเข้า โปรดตรวจกับ สพท. เจ้าของไฟล์"


@dataclass(frozen=True, slots=True)
class SheetPlaces:
    """`name` stands before a row where the file has several forms."""

    name: str
    head: Line

    def row(self, number: int) -> str:
        return f"{self.name}แถวที่ {number}"

    def column(self, place: int) -> str:
        title = str(self.head.cell(place)).strip()
        return f"คอลัมน์ “{title}”" if title else f"คอลัมน์ {column_letters(place)}"


def tell_marks(
    sheet: ReadSheet,
    places: SheetPlaces,
    columns: Mapping[str, int],
    by_number: Mapping[int, UUID | None],
    returned: ReturnedFile,
) -> None:
    """`columns`: {the form's title: where it stands}, `by_number`: {row: the entry it is about}."""
    marks = sheet.marks
    for name in FILLED_IN:
        if columns[name] in marks.columns:
            returned.notes.append(places.name + HIDDEN_COLUMN.format(name=name))
    if sheet.is_hidden:
        returned.notes.append(HIDDEN_SHEET.format(name=marks.name))
    for number, column in sorted(marks.valueless):
        where = f"{places.row(number)} {places.column(column)}"
        returned.notes.append(f"{where} {NO_VALUE}")
    for (number, column), words in sorted(marks.notes.items()):
        where = f"บันทึกย่อ{places.row(number)} {places.column(column)}"
        node = by_number.get(number)
        if node is None:
            returned.leave(words, where)
        else:
            returned.items.append(ReturnedItem("remark", node, where, words))
    _tell_struck(sheet, places, columns, by_number, returned)
    leave_drawn(sheet, places.name, returned)


def _tell_struck(
    sheet: ReadSheet,
    places: SheetPlaces,
    columns: Mapping[str, int],
    by_number: Mapping[int, UUID | None],
    returned: ReturnedFile,
) -> None:
    """In the clause's own words it says what is to go, as in a Word file; elsewhere a person has to ask."""
    lines = {line.number: line for line in sheet.lines}
    for (number, column), struck in sorted(sheet.marks.struck.items()):
        line = lines.get(number)
        words = struck or (str(line.cell(column)).strip() if line else "")
        if not words:
            continue
        place = places.row(number)
        node = by_number.get(number)
        if node is not None and column == columns.get(WORDS):
            told = STRUCK_OUT.format(words=words)
            returned.items.append(ReturnedItem("remark", node, place, told))
        else:
            told = f"{place} {places.column(column)} {STRUCK.format(words=words)}"
            returned.notes.append(told)


def leave_drawn(
    sheet: ReadSheet, name: str, returned: ReturnedFile, near: UUID | None = None
) -> None:
    for number, words in sheet.marks.boxes:
        returned.leave(words, f"{name}กล่องข้อความที่แถวที่ {number}", near)
    for number in sheet.marks.pictures:
        returned.notes.append(f"{name}แถวที่ {number}: {PICTURE}")
