"""How the fields of a legal source, and what stands in them, are told in the log and in previews."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from hearing_portal.shipped_lists import FieldDifference
from hearing_portal.thai.dates import be_date

from ..models import LegalSource

SOURCE_WORDS = {
    "full_title": "ชื่อเต็ม",
    "short_title": "ชื่อย่อ",
    "year_be": "ปี พ.ศ.",
    "kind": "ประเภท",
    "status": "สถานะ",
    "in_force_from": "วันที่ใช้บังคับ",
    "until": "วันที่สิ้นผลใช้บังคับ",
    "url": "ที่อยู่เว็บ",
    "note": "หมายเหตุ",
}
# What a later law did to it (LegalSuccession.said_of_earlier)
SUCCESSION_WORDS = {
    "replaced_by": "แทนที่โดย",
    "amended_by": "แก้ไขโดย",
}
_STATUS_WORDS = dict(LegalSource.Status.choices)


def tell_source_differences(differences: Iterable[FieldDifference]) -> str:
    """สถานะจาก “ใช้บังคับ” เป็น “ยกเลิกแล้ว” …"""
    told: list[str] = []
    for name, stored, listed in differences:
        words = SOURCE_WORDS[name]
        before = tell_source_value(name, stored)
        after = tell_source_value(name, listed)
        told.append(f"{words}จาก “{before}” เป็น “{after}”")
    return " ".join(told)


def tell_source_value(name: str, value: Any) -> str:
    """A value of any of the fields above, as it is stored or as JSON."""
    if value in (None, ""):
        return "ไม่ระบุ"
    if name == "status":
        return str(_STATUS_WORDS[value])
    if name in ("in_force_from", "until"):
        day = value if isinstance(value, date) else date.fromisoformat(value)
        return be_date(day)
    return str(value)
