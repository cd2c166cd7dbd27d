"""A matrix that somebody filled in elsewhere and sent back, as rows. What it holds is taken as hostile."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hearing_portal.refusals import Refusal
from hearing_portal.spreadsheets import Cell, read_day, read_sheet
from hearing_portal.thai.dates import be_date_short
from hearing_portal.web.http import parse_uuid

from .cells import Cells
from .columns import COLUMNS, NEEDED
from .refusals import MatrixNotRead


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """`line` is its number in the file; `uuid` None where the cell names no comment."""

    line: int
    uuid: UUID | None
    cells: Cells
    absent: frozenset[str] = frozenset()  # keys of columns that the file has not
    # [(heading, words)] in columns that the matrix has not
    foreign: tuple[tuple[str, str], ...] = ()


def read_returned(raw: bytes) -> list[ReturnedRow]:
    """Raises TableRefused and MatrixNotRead."""
    head, *lines = read_sheet(raw, "ตารางสรุปความคิดเห็น").lines
    places = {}
    for column in COLUMNS:
        for number, heading in enumerate(head.cells):
            if str(heading).strip() == column.heading:
                places[column.key] = number
    missing = [column for column in COLUMNS if column.key not in places]
    needed = [each for each in missing if each.key in NEEDED]
    if needed:
        named = ", ".join(f"“{column.heading}”" for column in needed)
        raise MatrixNotRead(
            f"ไฟล์ไม่มีคอลัมน์ {named} โปรดใช้ไฟล์ที่ส่งออกจากระบบ โดยไม่ลบหรือเปลี่ยนชื่อคอลัมน์"
        )
    known = set(places.values())
    foreign = [
        (number, str(heading).strip())
        for number, heading in enumerate(head.cells)
        if number not in known
    ]
    absent = frozenset(column.key for column in missing)
    rows = []
    for line in lines:
        cells = {}
        for column in COLUMNS:
            place = places.get(column.key)
            cell: Cell = line.cell(place) if place is not None else ""
            cells[column.key] = _told(column.key, cell)
        noted = []
        for place, heading in foreign:
            words = str(line.cell(place)).strip()
            if words:
                noted.append((heading, words))
        uuid = parse_uuid(cells["uuid"])
        rows.append(ReturnedRow(line.number, uuid, cells, absent, tuple(noted)))
    if not rows:
        raise MatrixNotRead("ไฟล์มีเฉพาะหัวตาราง ไม่มีความคิดเห็น")
    return rows


def _told(key: str, cell: Cell) -> str:
    """A day in the one way the portal writes it, whatever the spreadsheet program made of it."""
    if key != "due":
        return str(cell).strip()
    try:
        day: date | None = read_day(cell)
    except Refusal:
        return str(cell).strip()
    return be_date_short(day) if day is not None else ""


def uuids_of(rows: Sequence[ReturnedRow]) -> list[UUID]:
    return [row.uuid for row in rows if row.uuid is not None]
