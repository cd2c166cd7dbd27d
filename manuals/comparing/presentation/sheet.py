"""The official table of three columns as a spreadsheet: what it said, what it says, and why."""

from collections.abc import Iterator, Sequence

from hearing_portal.spreadsheets import write_table

from ..sides import Sides
from .group import ComparedRow, ComparedSection

HEAD = ("กระบวนงาน", "ข้อ", "การเปลี่ยนแปลง", "ข้อความเดิม", "ข้อความใหม่", "เหตุผล")


def write_comparison_sheet(sides: Sides, sections: Sequence[ComparedSection]) -> bytes:
    """XLSX; every cell is text, whatever it begins with."""
    notes = [f"ข้อความเดิม: {sides.old.title}", f"ข้อความใหม่: {sides.new.title}"]
    return write_table("เทียบข้อความ", HEAD, _sheet_rows(sections), notes=notes)


def _sheet_rows(sections: Sequence[ComparedSection]) -> Iterator[tuple[str, ...]]:
    for section in sections:
        for row in section.rows:
            yield (section.title, _place(row), str(row.fate.label), row.old_text, row.new_text, row.reason)


def _place(row: ComparedRow) -> str:
    if row.old_name and row.new_name and row.old_name != row.new_name:
        return f"{row.old_name} เป็น {row.new_name}"
    return row.new_name or row.old_name
