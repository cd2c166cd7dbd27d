"""Area offices: correcting what is written of them. None is deleted; one that is no more has a last day."""

from datetime import date

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
        before = {name: getattr(office, name) for name in _WORDS}
        changed = [name for name in _WORDS if name in values and values[name] != before[name]]
        if not changed:
            return office
        for name in changed:
            setattr(office, name, values[name])
        _refuse_namesakes(office)
        if "valid_until" in changed:
            _refuse_orphaned_roles(office)
        office.save(update_fields=changed)
        words = [f"{_WORDS[name]}จาก “{_told(before[name])}” เป็น “{_told(values[name])}”" for name in changed]
        done.record(ACCOUNT_CHANGED, about_office(office), note="แก้" + " ".join(words))
        return office


def _refuse_namesakes(office: AreaOffice) -> None:
    others = AreaOffice.objects.exclude(pk=office.pk)
    for field in ("name", "short_name"):
        if others.filter(**{field: getattr(office, field)}).exists():
            raise OfficeRefused(f"มี สพท. อื่นใช้{_WORDS[field]}นี้แล้ว โปรดใช้ชื่ออื่น", field=field)


def _refuse_orphaned_roles(office: AreaOffice) -> None:
    """Nobody may speak for an office that is no more."""
    if office.valid_until is None:
        return
    if office.valid_until < office.valid_from:
        raise OfficeRefused(f"เขตนี้มีตั้งแต่ {be_date(office.valid_from)} วันสุดท้ายต้องไม่ก่อนวันนั้น", field="valid_until")
    later = RoleAssignment.objects.filter(office=office).exclude(valid_until__lte=office.valid_until)
    if people := later.values("user").distinct().count():
        raise OfficeRefused(f"ยังมี {people:,} คนที่มีบทบาทของเขตนี้หลังวันนั้น โปรดสิ้นสุดบทบาทเหล่านั้นก่อน", field="valid_until")


def _told(value: list[str] | str | date | None) -> str:
    if isinstance(value, list):
        return " ".join(value)
    return be_date(value) if isinstance(value, date) else value or "ไม่ระบุ"


def split_provinces(typed: str) -> list[str]:
    """["ชลบุรี", "ระยอง"] of "ชลบุรี, ระยอง" or "จังหวัดชลบุรี ระยอง"; each once, in order."""
    words = typed.replace(",", " ").split()
    return list(dict.fromkeys(word.removeprefix("จังหวัด") for word in words if word != "จังหวัด"))
