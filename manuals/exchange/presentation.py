"""What an edition's file holds, in words."""

from typing import NamedTuple

from .checking import CheckedFile

WORDS = {
    "manuals": "คู่มือ",
    "sections": "หมวดและกระบวนงาน",
    "clauses": "ข้อ",
    "legal_sources": "กฎหมายที่อ้าง",
    "files": "ไฟล์ภาพและแบบฟอร์ม",
}


class CountRow(NamedTuple):
    """How many the file has, and how many of them the portal does not; a dash where that is not asked."""

    name: str
    total: str
    new: str


def count_rows(plan: CheckedFile) -> list[CountRow]:
    rows = []
    for what, total in plan.counts.items():
        new = "–"
        if what in plan.new_counts:
            new = f"{plan.new_counts[what]:,}"
        rows.append(CountRow(WORDS[what], f"{total:,}", new))
    return rows
