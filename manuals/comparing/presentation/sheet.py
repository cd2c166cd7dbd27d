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
    digits are Arabic: wordings and reasons were typed in either, and one table has one habit; not where the style of
    digits is all that differs."""
    notes = [f"ข้อความเดิม: {sides.old.title}", f"ข้อความใหม่: {sides.new.title}"]
    rows = []
    for changed in changed_sections:
        for fact in changed.facts:
            words = _in_arabic(fact.before, fact.after)
            place = (changed.new.title, fact.label, OF_SECTION)
            rows.append([*place, *words, fact.reason])
    for section in sections:
        for row in section.rows:
            name = row.name
            if row.was:
                name = f"{row.was} เป็น {row.name}"
            name = f"{name} {row.origin}".rstrip()
            words = _in_arabic(row.old_text, row.new_text or row.destination)
            rows.append([section.title, name, row.fate_words, *words, row.reason])
    for cells in rows:
        for column in (0, 1, 5):
            cells[column] = display_digits(cells[column], "arabic")
    return write_table("เทียบข้อความ", HEAD, rows, notes=notes)


def _in_arabic(old: str, new: str) -> tuple[str, str]:
    """Two wordings in one style of digits; as they are where nothing else differs."""
    shown = (display_digits(old, "arabic"), display_digits(new, "arabic"))
    return (old, new) if shown[0] == shown[1] else shown
