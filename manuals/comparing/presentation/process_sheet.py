"""Which process became which, as a spreadsheet: a line for each pair, so that it can be sorted and filtered."""

from collections.abc import Iterator, Sequence

from hearing_portal.spreadsheets import write_table

from ..fates import ProcessFate
from ..sides import Sides
from .processes import CorrespondenceRow, ProcessCounts, ProcessPlace

HEAD = (
    "เลขเดิม",
    "กระบวนงานเดิม",
    "งานเดิม",
    "กลุ่มงานเดิม",
    "ผล",
    "เลขใหม่",
    "กระบวนงานใหม่",
    "งานใหม่",
    "กลุ่มงานใหม่",
    "รวมกับ",
    "ที่มาของข้อสรุป",
    "เหตุผล",
)
GAP = "ยังไม่มีเหตุผล"


def write_process_sheet(
    sides: Sides, counts: Sequence[ProcessCounts], rows: Sequence[CorrespondenceRow]
) -> bytes:
    """XLSX; every cell is text, whatever it begins with. The counts stand on the second sheet."""
    notes = [f"ฉบับเดิม: {sides.old.title}", f"ฉบับใหม่: {sides.new.title}"]
    for line in counts:
        notes.append(f"{line.label}: ฉบับเดิม {line.old} ฉบับใหม่ {line.new} กระบวนงาน")
    return write_table("เทียบกระบวนงาน", HEAD, _sheet_rows(rows), notes=notes)


def _sheet_rows(rows: Sequence[CorrespondenceRow]) -> Iterator[tuple[str, ...]]:
    for row in rows:
        partners = " / ".join(partner.section.title for partner in row.partners)
        reason = " / ".join(row.reasons)
        if not reason and row.fate == ProcessFate.DROPPED:
            reason = GAP
        reason = reason or row.tells_by_clause
        old = _cells(row.old)
        if not row.news:
            new = ("", "", "", row.elsewhere)
            yield (*old, row.fate_words, *new, partners, "", reason)
        for place in row.news:
            new = _cells(place)
            yield (*old, row.fate_words, *new, partners, place.evidence, reason)


def _cells(place: ProcessPlace | None) -> tuple[str, str, str, str]:
    if place is None:
        return "", "", "", ""
    return place.number, place.section.title, place.section.unit, place.group
