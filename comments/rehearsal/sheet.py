"""The sheet at the end of a rehearsal: plain text, in columns, for the organiser; and the same as JSON."""

import unicodedata
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from hearing_portal.thai.dates import be_datetime

from .judging import JudgedFigure

PARTS = {
    "portal": "ระบบ (หน้าเว็บและสัญญาณสด)",
    "database": "ฐานข้อมูล",
    "players": "ส่วนจำลองโทรศัพท์",
    "others": "โปรแกรมอื่นบนเครื่องนี้",
}
NOT_MEASURED = (
    "การซ้อมไม่ได้วัดเครือข่ายไร้สายของห้องประชุมและเครื่องของผู้เข้าร่วม โปรดทดลองในสถานที่จริงด้วยโทรศัพท์หลายเครื่อง",
    "ส่วนจำลองโทรศัพท์ทำงานบนเครื่องเดียวกัน ในวันจริงกำลังส่วนนี้เป็นของระบบ",
    "อ่านหน้าที่เปิดไว้แล้วเมื่อไม่มีเครือข่ายใช้ได้เฉพาะเมื่อระบบอยู่หลัง HTTPS (ตั้ง PORTAL_HTTPS=1)",
)


def describe_sheet(
    played: dict[str, Any],
    rows: Sequence[JudgedFigure],
    *,
    minutes: float,
    at: datetime,
) -> dict[str, Any]:
    return {
        "go": all(row.is_kept for row in rows),
        "people": played["people"],
        "minutes": minutes,
        "at": at.isoformat(timespec="seconds"),
        "rows": [row.describe() for row in rows],
        "machine": played["machine"],
        "web_processes": played["web_processes"],
        "played": {
            name: value
            for name, value in played.items()
            if name not in ("posts", "rooms", "joined", "machine")
        },
    }


def write_sheet(
    played: dict[str, Any],
    rows: Sequence[JudgedFigure],
    *,
    minutes: float,
    at: datetime,
) -> str:
    broken = [row for row in rows if not row.is_kept]
    verdict = "ไป"
    if broken:
        verdict = f"ไม่ไป (ไม่เป็นไปตามเกณฑ์ {len(broken)} จาก {len(rows)} รายการ)"
    lines = [
        "ผลการซ้อมวันประชาพิจารณ์",
        f"{played['people']:,} คน {minutes:g} นาที เมื่อ {be_datetime(at)}",
        "",
        f"ผล: {verdict}",
        "",
        *_table([("", "รายการ", "ผล", "เกณฑ์"), *map(_cells, rows)]),
        "",
        *_describe_machine(played),
    ]
    if broken:
        lines += ["", "สิ่งที่ต้องทำ"]
        for advice, labels in _by_advice(broken).items():
            lines += [f"- {'; '.join(labels)}", f"  {advice}"]
    lines += ["", "โปรดทราบ", *(f"- {line}" for line in NOT_MEASURED)]
    return "\n".join(lines) + "\n"


def _cells(row: JudgedFigure) -> tuple[str, str, str, str]:
    return ("ผ่าน" if row.is_kept else "ไม่ผ่าน", row.label, row.value, row.limit)


def _by_advice(rows: Sequence[JudgedFigure]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in rows:
        found.setdefault(row.advice, []).append(row.label)
    return found


def _describe_machine(played: dict[str, Any]) -> list[str]:
    machine = played["machine"]
    processors = machine["processors"]
    rows = [("", "หน่วยประมวลผล", "หน่วยความจำสูงสุด")]
    for part, name in PARTS.items():
        used = machine["memory"].get(part)
        rows.append(
            (
                name,
                f"{machine['shares'][part]:.0%}",
                "" if used is None else f"{used / 1_000_000:,.0f} MB",
            )
        )
    streams = played["streams"]
    return [
        f"เครื่องนี้มีหน่วยประมวลผล {processors} หน่วย โพรเซสหน้าเว็บ {played['web_processes']} โพรเซส",
        *_table(rows),
        f"ส่งความคิดเห็นซ้ำ {played['sent_again']:,} เรื่อง สัญญาณสดขาด {streams['lost']:,} ครั้ง "
        f"ถามใหม่ทั้งหน้า {streams['gaps']:,} ครั้ง เหตุการณ์ที่ส่งซ้ำและเครื่องตัดออก {streams['told_twice']:,} ครั้ง",
    ]


def _table(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [
        max(_width(cell) for cell in column) for column in zip(*rows, strict=True)
    ]
    lines = []
    for row in rows:
        cells = []
        for cell, width in zip(row, widths, strict=True):
            cells.append(cell + " " * (width - _width(cell)))
        lines.append("  ".join(cells).rstrip())
    return lines


def _width(text: str) -> int:
    """Columns of a terminal: vowels and tones above and below take none."""
    return sum(unicodedata.category(letter) != "Mn" for letter in text)
