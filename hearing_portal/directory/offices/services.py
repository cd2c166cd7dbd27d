"""Area offices: adding them, correcting what is written of them. None is deleted; one that is no more has a last
day."""

from dataclasses import dataclass
from datetime import date

from hearing_portal.acts.overtaking import refuse_overtaken
from hearing_portal.acts.services import act
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.shipped_lists import FieldDifference
from hearing_portal.thai.dates import be_date
from hearing_portal.thai.sentences import joined

from ..acts import ACCOUNT_CHANGED, DIRECTORY_CHANGED, about_office
from ..field_words import OFFICE_WORDS, tell_differences
from ..locks import lock_directory
from ..models import AreaOffice, RoleAssignment, User
from .keys import next_office_key
from .names import kind_by_name

# What may be corrected; kind and key are what comments were counted by
CORRECTABLE = (
    "name",
    "short_name",
    "provinces",
    "area_no",
    "official_code",
    "valid_from",
    "valid_until",
)


class OfficeRefused(Refusal):
    """An office that cannot be added, or a correction that cannot be made; `field` is what is wrong."""

    kind = RefusalKind.CONFLICT


@dataclass(frozen=True, slots=True)
class OfficeFacts:
    """What is written of an office."""

    kind: str
    name: str
    short_name: str
    provinces: list[str]
    valid_from: date
    area_no: int | None = None
    official_code: str | None = None


def add_office(facts: OfficeFacts, *, by: User, reason: str = "") -> AreaOffice:
    """Its key is the next one of its kind. Raises OfficeRefused."""
    with act(by=by, reason=reason) as done:
        lock_directory()
        office = AreaOffice(
            key=next_office_key(facts.kind),
            kind=facts.kind,
            name=facts.name,
            short_name=facts.short_name,
            provinces=facts.provinces,
            area_no=facts.area_no,
            official_code=facts.official_code,
            valid_from=facts.valid_from,
        )
        _refuse_namesakes(office)
        _refuse_other_kind(office)
        office.save()
        done.record(
            DIRECTORY_CHANGED,
            about_office(office),
            note=f"เพิ่ม {office.get_kind_display()} รหัส {office.key}",
        )
        return office


def change_office(
    office: AreaOffice,
    *,
    by: User,
    reason: str = "",
    version: str = "",
    **values: object,
) -> AreaOffice:
    """`values`: of CORRECTABLE; `version` of them as the person read them. Raises OfficeRefused, EditOvertaken.

    The log says what stood there before: nothing of an office is personal.
    """
    with act(by=by, reason=reason) as done:
        lock_directory()
        office = AreaOffice.objects.select_for_update().get(pk=office.pk)
        changes: list[FieldDifference] = []
        for name in CORRECTABLE:
            before = getattr(office, name)
            after = values.get(name, before)
            if after != before:
                changes.append(FieldDifference(name, before, after))
        if not changes:
            return office
        refuse_overtaken(office, CORRECTABLE, version, about_office(office))
        for change in changes:
            setattr(office, change.name, change.listed)
        changed = [change.name for change in changes]
        _refuse_namesakes(office)
        if "name" in changed or "short_name" in changed:
            _refuse_other_kind(office)
        if "valid_until" in changed or "valid_from" in changed:
            _refuse_orphaned_roles(office)
        office.save(update_fields=changed)
        done.record(
            ACCOUNT_CHANGED,
            about_office(office),
            note="แก้" + tell_differences(changes, OFFICE_WORDS),
        )
        return office


def _refuse_other_kind(office: AreaOffice) -> None:
    for field in ("name", "short_name"):
        told = kind_by_name(getattr(office, field))
        if told and told != office.kind:
            kind = AreaOffice.Kind(office.kind).label
            raise OfficeRefused(
                f"{joined('ชื่อนี้เป็นของ', told.label)} แต่ประเภทเป็น {kind} โปรดแก้ให้ตรงกัน",
                field=field,
            )


def _refuse_namesakes(office: AreaOffice) -> None:
    others = AreaOffice.objects.exclude(pk=office.pk)
    for field in ("name", "short_name", "official_code"):
        value = getattr(office, field)
        namesake = others.filter(**{field: value}).first() if value else None
        if namesake is not None:
            word = OFFICE_WORDS[field]
            raise OfficeRefused(
                f"มี สพท. อื่นใช้{word}นี้แล้ว คือ {namesake} โปรดแก้ให้ต่างกัน", field=field
            )


def _refuse_orphaned_roles(office: AreaOffice) -> None:
    """Nobody may speak for an office that is no more, or not yet."""
    roles = RoleAssignment.objects.filter(office=office)
    earlier = (
        roles.filter(valid_from__lt=office.valid_from).values("user").distinct().count()
    )
    if earlier:
        raise OfficeRefused(
            f"มี {earlier:,} คนซึ่งมีบทบาทของเขตนี้ก่อนวันนั้น โปรดกรอกวันที่ไม่หลังวันเริ่มต้นของบทบาทเหล่านั้น",
            field="valid_from",
        )
    if office.valid_until is None:
        return
    if office.valid_until < office.valid_from:
        raise OfficeRefused(
            f"เขตนี้จัดตั้งเมื่อ {be_date(office.valid_from)} วันสิ้นสุดต้องไม่ก่อนวันนั้น",
            field="valid_until",
        )
    later = roles.exclude(valid_until__lte=office.valid_until)
    people = later.values("user").distinct().count()
    if people:
        raise OfficeRefused(
            f"ยังมี {people:,} คนซึ่งมีบทบาทของเขตนี้หลังวันนั้น โปรดกำหนดวันสิ้นสุดของบทบาทเหล่านั้นก่อน",
            field="valid_until",
        )


def split_provinces(typed: str) -> list[str]:
    """["ชลบุรี", "ระยอง"] of "ชลบุรี, ระยอง" or "จังหวัดชลบุรี ระยอง"; each once, in order."""
    names: dict[str, None] = {}
    for word in typed.replace(",", " ").replace(";", " ").split():
        if word != "จังหวัด":
            names[word.removeprefix("จังหวัด")] = None
    return list(names)
