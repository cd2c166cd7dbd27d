"""Area offices: correcting what is written of them. None is deleted; one that is no more has a last day."""

from datetime import date
from typing import Any

from hearing_portal.acts.services import act
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.dates import be_date

from ..acts import ACCOUNT_CHANGED, about_office
from ..models import AreaOffice, RoleAssignment, User

# What may be corrected; kind and key are what comments were counted by
_WORDS = {
    "name": "ชื่อเต็ม",
    "short_name": "ชื่อย่อ",
    "provinces": "จังหวัด",
    "official_code": "รหัสหน่วยงาน",
    "valid_until": "วันสุดท้ายของเขต",
}


class OfficeRefused(Refusal):
    """A correction that cannot be made; `field` is what is wrong, `message_th` says why."""

    kind = RefusalKind.CONFLICT


def change_office(office: AreaOffice, *, by: User, **values: object) -> AreaOffice:
    """`values`: name, short_name, provinces, official_code, valid_until. Raises OfficeRefused.

    The log says what stood there before: nothing of an office is personal.
    """
    with act(by=by) as done:
        office = AreaOffice.objects.select_for_update().get(pk=office.pk)
        changed: list[str] = []
        words: list[str] = []
        for name, word in _WORDS.items():
            before = getattr(office, name)
            after = values.get(name, before)
            if after != before:
                setattr(office, name, after)
                changed.append(name)
                words.append(f"{word}จาก “{_told(before)}” เป็น “{_told(after)}”")
        if not changed:
            return office
        others = AreaOffice.objects.exclude(pk=office.pk)
        namesakes = {
            "name": others.filter(name=office.name),
            "short_name": others.filter(short_name=office.short_name),
        }
        for field, offices in namesakes.items():
            if offices.exists():
                raise OfficeRefused(f"มี สพท. อื่นใช้{_WORDS[field]}นี้แล้ว โปรดใช้ชื่ออื่น", field=field)
        if "valid_until" in changed:
            _refuse_orphaned_roles(office)
        office.save(update_fields=changed)
        done.record(ACCOUNT_CHANGED, about_office(office), note="แก้" + " ".join(words))
        return office


def _refuse_orphaned_roles(office: AreaOffice) -> None:
    """Nobody may speak for an office that is no more."""
    if office.valid_until is None:
        return
    if office.valid_until < office.valid_from:
        raise OfficeRefused(f"เขตนี้มีตั้งแต่ {be_date(office.valid_from)} วันสุดท้ายต้องไม่ก่อนวันนั้น", field="valid_until")
    later = RoleAssignment.objects.filter(office=office).exclude(valid_until__lte=office.valid_until)
    people = later.values("user").distinct().count()
    if people:
        raise OfficeRefused(f"ยังมี {people:,} คนที่มีบทบาทของเขตนี้หลังวันนั้น โปรดสิ้นสุดบทบาทเหล่านั้นก่อน", field="valid_until")


def _told(value: Any) -> str:
    """A value of any of the fields above, as the log says it."""
    if isinstance(value, list):
        return " ".join(value)
    if isinstance(value, date):
        return be_date(value)
    return value or "ไม่ระบุ"


def split_provinces(typed: str) -> list[str]:
    """["ชลบุรี", "ระยอง"] of "ชลบุรี, ระยอง" or "จังหวัดชลบุรี ระยอง"; each once, in order."""
    names: dict[str, None] = {}
    for word in typed.replace(",", " ").split():
        if word != "จังหวัด":
            names[word.removeprefix("จังหวัด")] = None
    return list(names)
