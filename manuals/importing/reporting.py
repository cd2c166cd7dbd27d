"""What a reading did to a file, in words and for programs: repairs, and how much of its words stands in the result."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from hearing_portal.thai.damage import REPAIR_NAMES

from ..source import MadeRepair
from .coverage import Coverage
from .drafts import ProcessDraft

CHANGE_NAMES = {"ins": "เพิ่ม", "del": "ตัด"}


def coverage_words(coverage: Coverage) -> str:
    """ถ้อยคำในไฟล์ 332 คำ อยู่ในผลการอ่านครบ 100 %, or what part of them is, and what became of the others."""
    words = f"ถ้อยคำในไฟล์ {coverage.words:,} คำ"
    if coverage.is_whole:
        return f"{words} อยู่ในผลการอ่านครบ 100 %"
    words += f" อยู่ในผลการอ่าน {coverage.percent:g} %"
    if coverage.missing_words:
        words += f" ขาด {coverage.missing_words:,} คำ"
    if coverage.scattered_words:
        words += f" แยกจากแถวของตาราง {coverage.scattered_words:,} คำ"
    return words


def repair_words(made: MadeRepair) -> str:
    repair = made.repair
    name = REPAIR_NAMES[repair.kind]
    return f"{made.place} {name} “{repair.before}” เป็น “{repair.after}”"


class NotedRow(NamedTuple):
    """What somebody put in, took out or remarked in the file; the name is one in a file, and says nothing for sure."""

    place: str
    kind: str
    words: str
    author: str


def noted_rows(draft: ProcessDraft) -> list[NotedRow]:
    """Changes that were tracked, then remarks in the margin."""
    rows = []
    for place, change in draft.changes:
        row = NotedRow(place, CHANGE_NAMES[change.kind], change.words, change.author)
        rows.append(row)
    for place, note in draft.margin_notes:
        rows.append(NotedRow(place, "ข้อสังเกต", note.words, note.author))
    return rows


def noted_words(row: NotedRow) -> str:
    author = f" โดย {row.author}" if row.author else ""
    return f"{row.place} {row.kind} “{row.words}”{author}".strip()


def describe_noted(drafts: Sequence[ProcessDraft]) -> dict[str, list[dict[str, str]]]:
    """{"changes": [{place, kind, words, author}], "margin_notes": [{place, words, author}]}."""
    changes = []
    notes = []
    for draft in drafts:
        for place, change in draft.changes:
            changes.append(
                {
                    "place": place,
                    "kind": change.kind,
                    "words": change.words,
                    "author": change.author,
                }
            )
        for place, note in draft.margin_notes:
            notes.append({"place": place, "words": note.words, "author": note.author})
    return {"changes": changes, "margin_notes": notes}


def describe_coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "words": coverage.words,
        "percent": coverage.percent,
        "scattered": coverage.scattered_words,
        "missing": [missing._asdict() for missing in coverage.missing],
    }


def describe_repairs(drafts: Sequence[ProcessDraft]) -> list[dict[str, Any]]:
    """One for each kind: how many, and each with its place, before and after."""
    by_kind: dict[str, list[dict[str, str]]] = {}
    for draft in drafts:
        for place, repair in draft.repairs:
            places = by_kind.setdefault(repair.kind, [])
            places.append(
                {"place": place, "before": repair.before, "after": repair.after}
            )
    return [
        {"kind": kind, "count": len(places), "places": places}
        for kind, places in by_kind.items()
    ]
