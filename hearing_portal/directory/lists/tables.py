"""A table of groups or offices as it was uploaded: its head, its cells, and what is wrong in which cell."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hearing_portal.spreadsheets import Line, TableRefused, read_day, read_table
from hearing_portal.thai.dates import DateRefused, be_date
from hearing_portal.thai.numbering import TO_ARABIC_DIGITS
from hearing_portal.thai.text import TextRefused, clean_text, visible_text

from ..importing.people_rows import RowError, bare_form
from ..importing.unknown_columns import UnknownColumn, find_unknown_columns

MOST_ROWS = 1_000  # read and taken in within a request; there are 245 offices
_HEAD_WITHIN = 10  # rows; lists often begin with a title


@dataclass(frozen=True, slots=True)
class ListColumns:
    """The columns of one kind of list: {key: heading} in their order, and those that may not be missing."""

    headings: Mapping[str, str]
    needed: Sequence[str]
    lengths: Mapping[str, int]  # the longest text of those that are text


@dataclass(frozen=True, slots=True)
class ReadList:
    """The rows below the head, and what the head says: {column key: cell index} and the columns that nobody reads."""

    indices: dict[str, int]
    unknown_columns: list[UnknownColumn]
    body: list[Line]


def read_list(raw: bytes, columns: ListColumns) -> ReadList:
    """Raises TableRefused for a file that is no such list."""
    lines = read_table(raw)
    best: tuple[int, dict[str, int]] = (0, {})
    for position, line in enumerate(lines[:_HEAD_WITHIN]):
        found = _find_headings(line, columns)
        if len(found) > len(best[1]):
            best = (position, found)
    head, indices = best
    missing = [columns.headings[key] for key in columns.needed if key not in indices]
    if missing:
        raise TableRefused(
            f"หัวตารางขาดคอลัมน์ {', '.join(missing)} โปรดใช้หัวตารางตามไฟล์ตัวอย่าง: {', '.join(columns.headings.values())}"
        )
    body = lines[head + 1 :]
    if not body:
        raise TableRefused("ไฟล์มีเฉพาะหัวตาราง โปรดกรอกรายการใต้หัวตารางแล้วส่งอีกครั้ง")
    if len(body) > MOST_ROWS:
        raise TableRefused(
            f"มีรายการ {len(body):,} แถว เกิน {MOST_ROWS:,} แถว โปรดแบ่งเป็นหลายไฟล์"
        )
    absent = [words for key, words in columns.headings.items() if key not in indices]
    unknown = find_unknown_columns(lines[head], indices.values(), absent)
    return ReadList(indices, unknown, body)


def _find_headings(line: Line, columns: ListColumns) -> dict[str, int]:
    keys = {bare_form(words): key for key, words in columns.headings.items()}
    found: dict[str, int] = {}
    for index, cell in enumerate(line.cells):
        words = re.sub(r"\(.*?\)", "", str(cell))  # วันจัดตั้ง (พ.ศ.)
        key = keys.get(bare_form(words))
        if key is None:
            continue
        if key in found:
            raise TableRefused(
                f"หัวตารางมีคอลัมน์ {columns.headings[key]} สองครั้ง โปรดเหลือไว้คอลัมน์เดียว"
            )
        found[key] = index
    return found


class RowCells:
    """The cells of one row, cleaned as they are asked for; what is wrong is gathered in `errors`."""

    def __init__(
        self, line: Line, indices: Mapping[str, int], columns: ListColumns
    ) -> None:
        self.line = line
        self.indices = indices
        self.columns = columns
        self.errors: list[RowError] = []

    @property
    def errors_in_order(self) -> list[RowError]:
        """As the columns stand in the template."""
        order = list(self.columns.headings.values())
        return sorted(self.errors, key=lambda error: order.index(error.column))

    def add_error(self, key: str, message: str) -> None:
        self.errors.append(
            RowError(self.line.number, self.columns.headings[key], message)
        )

    def text(self, key: str) -> str:
        """On one line; empty where the table lacks the column."""
        typed = str(self._cell(key))
        try:
            cleaned = clean_text(
                typed, max_length=self.columns.lengths[key], multiline=False
            )
        except TextRefused as refusal:
            self.add_error(key, refusal.message_th)
            return ""
        text = " ".join(visible_text(cleaned.text).split())
        if not text and key in self.columns.needed:
            self.add_error(key, "ช่องนี้ว่าง โปรดกรอก" + self.columns.headings[key])
        return text

    def number(self, key: str, *, most: int) -> int | None:
        typed = str(self._cell(key)).strip().translate(TO_ARABIC_DIGITS)
        if not typed:
            return None
        if (
            not typed.isascii()
            or not typed.isdigit()
            or not 1 <= int(typed[:9]) <= most
        ):
            self.add_error(key, f"โปรดกรอกตัวเลข 1 ถึง {most} หรือเว้นว่าง")
            return None
        return int(typed)

    def choice[Choice](
        self, key: str, choices: Mapping[str, Choice], refusal: str
    ) -> Choice | None:
        """One of the choices, by its bare words; None where the cell is empty or names none of them, which is refused
        with what was typed at the refusal's {}."""
        typed = self.text(key)
        if not typed:
            return None
        choice = choices.get(bare_form(typed))
        if choice is None:
            self.add_error(key, refusal.format(typed))
        return choice

    def day(self, key: str) -> date | None:
        try:
            return read_day(self._cell(key))
        except DateRefused as refusal:
            self.add_error(key, refusal.message_th)
            return None

    def _cell(self, key: str) -> str | date:
        if key in self.indices:
            return self.line.cell(self.indices[key])
        return ""


def refuse_repeated(
    cells: RowCells, key: str, form: str, line_of: dict[str, int]
) -> bool:
    """Whether a row before says the same in this column: an error. `line_of` remembers {column and form: line}."""
    line = cells.line.number
    first = line_of.setdefault(f"{key} {form}", line)
    if first == line:
        return False
    heading = cells.columns.headings[key]
    cells.add_error(key, f"{heading}นี้อยู่ที่แถว {first:,} แล้ว โปรดลบหรือแก้แถวใดแถวหนึ่ง")
    return True


def refuse_later_beginning(
    cells: RowCells, begins: date | None, first_role: date | None
) -> None:
    """Nobody may have worked for what did not exist yet."""
    if begins is not None and first_role is not None and begins > first_role:
        cells.add_error(
            "valid_from",
            f"มีบุคคลที่มีบทบาทตั้งแต่ {be_date(first_role)} โปรดกรอกวันที่ไม่หลังวันนั้น หรือเว้นว่างให้คงเดิม",
        )
