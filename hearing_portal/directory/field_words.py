"""How the fields of groups and offices, and what stands in them, are told in the log and in previews."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from hearing_portal.shipped_lists import FieldDifference
from hearing_portal.thai.dates import be_date

from .models import AreaOffice, WorkGroup

OFFICE_WORDS = {
    "kind": "ประเภท",
    "name": "ชื่อเต็ม",
    "short_name": "ชื่อย่อ",
    "provinces": "จังหวัด",
    "area_no": "เลขเขต",
    "official_code": "รหัสหน่วยงาน",
    "valid_from": "วันจัดตั้ง",
    "valid_until": "วันสิ้นสุดของเขต",
}
GROUP_WORDS = {
    "name": "ชื่อเต็ม",
    "short_name": "ชื่อย่อ",
    "kind": "ประเภท",
    "order": "ลำดับ",
    "aliases": "ชื่ออื่น",
    "duties": "หน้าที่",
    "valid_from": "วันจัดตั้ง",
    "valid_until": "วันสิ้นสุดของกลุ่ม",
}
_KIND_WORDS = {**dict(AreaOffice.Kind.choices), **dict(WorkGroup.Kind.choices)}


def tell_differences(
    differences: Iterable[FieldDifference], words: Mapping[str, str]
) -> str:
    """ชื่อย่อจาก “อำนวยการ” เป็น “อก.” จังหวัดจาก …"""
    told: list[str] = []
    for name, stored, listed in differences:
        told.append(
            f"{words[name]}จาก “{tell_value(name, stored)}” เป็น “{tell_value(name, listed)}”"
        )
    return " ".join(told)


def tell_value(name: str, value: Any) -> str:
    """A value of any of the fields above, as it is stored or as JSON."""
    if value in (None, "", []):
        return "ไม่ระบุ"
    if name == "kind":
        return _KIND_WORDS[value]
    if name == "duties":
        return f"{len(value)} ข้อ"
    if name in ("valid_from", "valid_until"):
        return be_date(value if isinstance(value, date) else date.fromisoformat(value))
    if name == "aliases":
        return ", ".join(value)
    if isinstance(value, list):
        return " ".join(value)
    return str(value)
