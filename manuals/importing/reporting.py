"""What a reading did to a file, in words and for programs: repairs, and how much of its words stands in the result."""

from collections.abc import Sequence
from typing import Any

from hearing_portal.thai.damage import REPAIR_NAMES

from ..source import MadeRepair
from .coverage import Coverage
from .drafts import ProcessDraft


def coverage_words(coverage: Coverage) -> str:
    """ถ้อยคำในไฟล์ 332 คำ อยู่ในผลการอ่านครบ 100 %."""
    words = f"ถ้อยคำในไฟล์ {coverage.words:,} คำ"
    if coverage.is_whole:
        return f"{words} อยู่ในผลการอ่านครบ 100 %"
    return (
        f"{words} อยู่ในผลการอ่าน {coverage.percent:g} % ขาด {coverage.missing_words:,} คำ"
    )


def repair_words(made: MadeRepair) -> str:
    repair = made.repair
    name = REPAIR_NAMES[repair.kind]
    return f"{made.place} {name} “{repair.before}” เป็น “{repair.after}”"


def describe_coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        "words": coverage.words,
        "percent": coverage.percent,
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
