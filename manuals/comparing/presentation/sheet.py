"""The official table of three columns as a spreadsheet: what it said, what it says, and why."""

from collections.abc import Sequence

from hearing_portal.spreadsheets import write_table
from hearing_portal.thai.numbering import display_digits

from ..queries.section_facts import ChangedSection
from ..sides import Sides
from .group import ComparedSection

HEAD = ("กระบวนงาน", "ข้อ", "การเปลี่ยนแปลง", "ข้อความเดิม", "ข้อความใหม่", "เหตุผล")
OF_SECTION = "แก้ข้อมูลกระบวนงาน"


def write_comparison_sheet(
    sides: Sides,
    changed_sections: Sequence[ChangedSection],
    sections: Sequence[ComparedSection],
) -> bytes:
    """XLSX; every cell is text, whatever it begins with. What sections say of themselves precedes their clauses. Its
    digits are Arabic: wordings and reasons were typed in either, and one table has one habit."""
    notes = [f"ข้อความเดิม: {sides.old.title}", f"ข้อความใหม่: {sides.new.title}"]
    rows = []
    for changed in changed_sections:
        for fact in changed.facts:
            told = (fact.label, OF_SECTION, fact.before, fact.after, fact.reason)
            cells = (changed.new.title, *told)
            rows.append([display_digits(cell, "arabic") for cell in cells])
    for section in sections:
        for row in section.rows:
            name = row.name
            if row.was:
                name = f"{row.was} เป็น {row.name}"
            fate = str(row.fate.label)
            cells = (section.title, name, fate, row.old_text, row.new_text, row.reason)
            rows.append([display_digits(cell, "arabic") for cell in cells])
    return write_table("เทียบข้อความ", HEAD, rows, notes=notes)
