"""The columns of an uploaded list that are read by nobody, so that a misspelled heading does not lose what is below."""

import difflib
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from hearing_portal.spreadsheets import Line

_LONGEST_QUOTE = 100  # letters of a heading
_LIKENESS = 0.55  # from 0 to 1: บทบาทหน้าที่ is meant for บทบาท


@dataclass(frozen=True, slots=True)
class UnknownColumn:
    """A heading that is none of the list's, as it was typed, and the one it may be meant for; "" where none is near."""

    heading: str
    nearest: str

    @property
    def message(self) -> str:
        words = f"ไม่มีคอลัมน์ “{self.heading}” ในไฟล์ตัวอย่าง จึงไม่ได้อ่านข้อมูลในคอลัมน์นี้"
        if not self.nearest:
            return words
        return f"{words} หากหมายถึง “{self.nearest}” โปรดแก้หัวตารางแล้วส่งใหม่"


def find_unknown_columns(
    head: Line, known: Collection[int], missing: Iterable[str]
) -> list[UnknownColumn]:
    """`known` are the indices of the columns that are read; `missing` the headings the table lacks."""
    left = list(missing)
    found = []
    for index, cell in enumerate(head.cells):
        heading = str(cell).strip()[:_LONGEST_QUOTE]
        if index in known or not heading:
            continue
        nearest = difflib.get_close_matches(heading, left, n=1, cutoff=_LIKENESS)
        found.append(UnknownColumn(heading, nearest[0] if nearest else ""))
    return found
