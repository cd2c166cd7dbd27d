"""What somebody changed in a file where nothing is taken in: told cell by cell, so that no edit vanishes unsaid."""

from collections.abc import Sequence
from typing import NamedTuple

from .cells import Cells, find_changed_fixed
from .columns import BY_KEY
from .returned_file import ReturnedRow

FOREIGN = "คอลัมน์นี้ไม่ใช่คอลัมน์ของตาราง"


class LeftCell(NamedTuple):
    """A cell that is not taken in: in the file, in the portal, and why. `number` is that of its comment."""

    line: int
    number: str
    heading: str
    in_file: str
    in_portal: str
    why: str


def find_left_cells(row: ReturnedRow, today: Cells) -> list[LeftCell]:
    """Those that are not filled in, but were changed since the file was made, and those in columns of the file's own.
    What the portal says by now as well is nothing to tell."""
    left = []
    for column in find_changed_fixed(row.cells):
        if column.key not in row.absent:
            left += leave_cells(row, today, [column.key], column.why_fixed)
    for heading, words in row.foreign:
        left.append(LeftCell(row.line, today["number"], heading, words, "", FOREIGN))
    return left


def leave_cells(
    row: ReturnedRow, today: Cells, keys: Sequence[str], why: str
) -> list[LeftCell]:
    """Those of these cells that say something else than the portal."""
    left = []
    for key in keys:
        if not is_same(row.cells[key], today[key]):
            heading = BY_KEY[key].heading
            values = (heading, row.cells[key], today[key])
            left.append(LeftCell(row.line, today["number"], *values, why))
    return left


def is_same(one: str, other: str) -> bool:
    """Spreadsheet programs write blanks and line ends in their own ways."""
    return one.split() == other.split()
