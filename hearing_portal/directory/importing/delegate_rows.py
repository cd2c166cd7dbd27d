"""Judging the rows of a list of delegates: who is new, who is known, and what is wrong in which cell."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from hearing_portal.spreadsheets import Cell, Line
from hearing_portal.thai.dates import DateRefused, be_date, parse_be_date
from hearing_portal.thai.text import TextRefused, clean_text, search_form

from ..models import AreaOffice, RoleAssignment, User, WorkGroup
from ..people.services import free_usernames, taken_usernames

COLUMNS = {
    "title": "คำนำหน้า",
    "given_name": "ชื่อ",
    "family_name": "นามสกุล",
    "position": "ตำแหน่ง",
    "office": "สพท.",
    "groups": "กลุ่มงาน",
    "username": "ชื่อผู้ใช้",
    "valid_from": "วันเริ่ม",
    "valid_until": "วันสิ้นสุด",
}
_ORDER = list(COLUMNS.values())
NEEDED = ("given_name", "family_name", "office", "groups")
_LENGTHS = {"title": 40, "given_name": 100, "family_name": 100, "position": 200, "username": 60}


@dataclass(frozen=True, slots=True)
class RowError:
    """What is wrong in one cell of a row, and what to do about it."""

    line: int
    column: str
    message: str
    cell: str = ""

    @property
    def message_to_keep(self) -> str:
        """The message without what stood in the cell: in a shifted table that may be anybody's name."""
        return re.sub("“([^”]+)”", lambda quoted: "“…”" if quoted[1] in self.cell else quoted[0], self.message)


@dataclass(frozen=True, slots=True)
class NewDelegate:
    """A good row about somebody not known yet."""

    line: int
    title: str
    given_name: str
    family_name: str
    position: str
    office: AreaOffice
    groups: tuple[WorkGroup, ...]
    username: str
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class KnownDelegate:
    """A row about somebody of that name and office already known: nothing changes. `missing` are the groups of
    the row the person is no delegate for today."""

    line: int
    pk: int
    username: str
    missing: tuple[WorkGroup, ...]


@dataclass(slots=True)
class ImportPlan:
    """What a file would do."""

    new: list[NewDelegate] = field(default_factory=list)
    known: list[KnownDelegate] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)

    @property
    def bad_lines(self) -> int:
        return len({error.line for error in self.errors})

    @property
    def differing(self) -> list[KnownDelegate]:
        """Those known whose groups in the file are more than they hold."""
        return [row for row in self.known if row.missing]

    @property
    def rows(self) -> int:
        return len(self.new) + len(self.known) + self.bad_lines


class RowReader:
    """Judges row after row against the directory and the rows before it. Five queries, however many rows."""

    def __init__(self, places: dict[str, int]) -> None:
        self.places = places
        self.plan = ImportPlan()
        self.today = timezone.localdate()
        self.offices = _Offices(AreaOffice.objects.all())
        self.groups = _Groups(WorkGroup.objects.all())
        self.taken = taken_usernames()
        self.known = _known_people()
        self.seen: dict[tuple[int, str], int] = {}
        self.seen_usernames: dict[str, int] = {}
        self.free: dict[int, Iterator[str]] = {}
        self.looked_up: dict[tuple[str, str, date | None], Any] = {}
        self.line = Line(0, ())
        self.wrong: list[RowError] = []

    def read(self, line: Line) -> None:
        """Adds the row to the plan: as one error or several, as somebody known, or as somebody new."""
        self.line, self.wrong = line, []
        texts = {key: self._read_text(key) for key in _LENGTHS}
        office = self._looked_up("office", self.offices.find)
        valid_from, valid_until = self._read_days()
        groups = self._read_groups(valid_from)
        known = self._find_known(office, texts)
        if not (known or self.wrong):
            texts["username"] = self._read_username(texts["username"], office)
        if self.wrong:
            self.plan.errors += sorted(self.wrong, key=lambda error: _ORDER.index(error.column))
        elif known:
            missing = tuple(group for group in groups if group.pk not in known.groups)
            self.plan.known.append(KnownDelegate(line.number, known.pk, known.username, missing))
        else:
            self.plan.new.append(
                NewDelegate(
                    line.number, **texts, office=office, groups=groups, valid_from=valid_from, valid_until=valid_until
                )
            )

    def _wrong(self, key: str, message: str) -> None:
        self.wrong.append(RowError(self.line.number, COLUMNS[key], message, str(self._cell(key))))

    def _cell(self, key: str) -> Cell:
        return self.line.cell(self.places[key]) if key in self.places else ""

    def _read_text(self, key: str) -> str:
        typed = str(self._cell(key))
        try:
            cleaned = clean_text(typed, max_length=_LENGTHS[key], multiline=False).text if typed else ""
        except TextRefused as refusal:
            self._wrong(key, refusal.message_th)
            return ""
        text = " ".join(cleaned.split())
        if not text and key in NEEDED:
            self._wrong(key, "ช่องนี้ว่าง โปรดกรอก" + COLUMNS[key])
        return text

    def _looked_up[Found](self, key: str, find: Callable[[str], Found], day: date | None = None) -> Found | None:
        """What the cell names; equal cells (of a whole office, of a whole day) are looked up once."""
        typed = str(self._cell(key))
        found = self.looked_up.get((key, typed, day))
        if found is None:
            found = self.looked_up[key, typed, day] = _outcome(key, typed, find)
        if isinstance(found, _Unknown):
            self._wrong(key, found.message)
            return None
        return found

    def _read_groups(self, day: date) -> tuple[WorkGroup, ...]:
        def find(typed: str) -> tuple[WorkGroup, ...]:
            words = [part.strip() for part in re.split(r"[,;]", typed) if part.strip()]
            if not words:
                raise ValidationError("ช่องนี้ว่าง โปรดกรอก" + COLUMNS["groups"])
            return tuple({group.pk: group for group in (self.groups.find(part, day) for part in words)}.values())

        return self._looked_up("groups", find, day) or ()

    def _read_days(self) -> tuple[date, date | None]:
        begins, ends = self._read_day("valid_from") or self.today, self._read_day("valid_until")
        if ends and ends < begins:
            self._wrong("valid_until", f"วันสิ้นสุด {be_date(ends)} มาก่อนวันเริ่ม {be_date(begins)} โปรดแก้วันใดวันหนึ่ง")
        return begins, ends

    def _read_day(self, key: str) -> date | None:
        value = self._cell(key)
        if isinstance(value, date):
            # Typed as 20/9/2565 into a program that knows no Buddhist Era
            if value.year <= 2400:
                return value
            value = f"{value.day}/{value.month}/{value.year}"
        if not value:
            return None
        try:
            return parse_be_date(value)
        except DateRefused as refusal:
            self._wrong(key, refusal.message_th)
            return None

    def _find_known(self, office: AreaOffice | None, texts: dict[str, str]) -> "_Known | None":
        """Somebody of that name in that office; a second row about the same person is an error."""
        if office is None or not (texts["given_name"] and texts["family_name"]):
            return None
        person = (office.pk, _name_form(texts["given_name"], texts["family_name"]))
        if (first := self.seen.setdefault(person, self.line.number)) != self.line.number:
            self._wrong(
                "given_name",
                f"ชื่อนี้ของ {office.short_name} อยู่ที่บรรทัด {first:,} แล้ว โปรดรวมกลุ่มงานไว้ในบรรทัดเดียว แล้วลบบรรทัดนี้",
            )
            return None
        known = self.known.get(person)
        username = texts["username"].lower()
        if known and username and username not in known.usernames:
            self._wrong(
                "username",
                f"{office.short_name} มีคนชื่อนี้แล้ว ชื่อผู้ใช้ {known.username} ถ้าเป็นคนเดียวกันให้เว้นช่องนี้ว่าง "
                "ถ้าเป็นคนละคนให้เพิ่มที่หน้าเพิ่มบุคคล",
            )
        return known

    def _read_username(self, typed: str, office: AreaOffice) -> str:
        if not typed:
            # One count for each office: beginning anew for every row took 5 s for 5,000 rows of one office
            free = self.free.setdefault(office.pk, free_usernames(office, self.taken))
            username = next(free)
            self.taken.add(username)
            return username
        try:
            User._meta.get_field("username").run_validators(typed)
        except ValidationError:
            self._wrong("username", "ชื่อผู้ใช้มีได้เฉพาะตัวอักษร ตัวเลข และ @ . + - _ ไม่มีช่องว่าง หรือเว้นว่างให้ระบบตั้งให้")
            return ""
        first = self.seen_usernames.setdefault(typed.lower(), self.line.number)
        if first != self.line.number:
            self._wrong("username", f"ชื่อผู้ใช้ {typed} อยู่ที่บรรทัด {first:,} แล้ว โปรดใช้ชื่ออื่น หรือเว้นว่างให้ระบบตั้งให้")
        elif typed.lower() in self.taken:
            self._wrong("username", f"ชื่อผู้ใช้ {typed} เป็นของผู้อื่นแล้ว โปรดใช้ชื่ออื่น หรือเว้นว่างให้ระบบตั้งให้")
        else:
            self.taken.add(typed.lower())
        return typed


@dataclass(frozen=True, slots=True)
class _Unknown:
    message: str


def _outcome[Found](key: str, typed: str, find: Callable[[str], Found]) -> Found | _Unknown:
    if not typed:
        return _Unknown("ช่องนี้ว่าง โปรดกรอก" + COLUMNS[key])
    try:
        return find(clean_text(typed, max_length=300, multiline=False).text)
    except TextRefused as refusal:
        return _Unknown(refusal.message_th)
    except ValidationError as error:
        return _Unknown(error.message)


def bare_form(words: str) -> str:
    """For comparing what people type: without spaces, dots and stars; ๕ = 5, capitals = small letters."""
    return re.sub(r"[\s.*:]", "", search_form(words[:300]))


# -- the directory, by what people call things ---------------------------------------------------------------

_MOST_HINTS = 200  # of different unknown offices: a millisecond each, and who misspelled more has another list


class _Offices:
    def __init__(self, offices: Iterable[AreaOffice]) -> None:
        self.by_form = {
            bare_form(words): office for office in offices for words in (office.short_name, office.name, office.key)
        }
        self.short = {bare_form(office.short_name): office for office in self.by_form.values()}
        self.today = timezone.localdate()
        self.hints_left = _MOST_HINTS

    def find(self, typed: str) -> AreaOffice:
        form = bare_form(typed)
        office = self.by_form.get(form)
        if office is None:
            raise ValidationError(self._advice(typed, form))
        if office.valid_until and office.valid_until < self.today:
            raise ValidationError(f"{office.short_name} ยกเลิกไปตั้งแต่ {be_date(office.valid_until)} โปรดใช้ สพท. ปัจจุบัน")
        return office

    def _advice(self, typed: str, form: str) -> str:
        for kind, other in (("สพป", "สพม"), ("สพม", "สพป")):
            if form.startswith(kind) and (office := self.short.get(other + form.removeprefix(kind))):
                return f"ไม่มี “{typed}” แต่มี “{office.short_name}” โปรดตรวจว่าเป็น สพป. หรือ สพม."
        self.hints_left -= 1
        near = difflib.get_close_matches(form, self.short, n=1, cutoff=0.7) if self.hints_left >= 0 else []
        hint = f"ใกล้เคียงที่สุดคือ “{self.short[near[0]].short_name}”" if near else "เช่น สพป.ลำปาง เขต 1"
        return f"ไม่พบ “{typed}” โปรดตรวจตัวสะกดและเลขเขต {hint}"


class _Groups:
    def __init__(self, groups: Iterable[WorkGroup]) -> None:
        groups = list(groups)
        self.by_form: dict[str, WorkGroup] = {}
        self.names = [group.short_name for group in groups if group.valid_until is None]
        for group in groups:
            for words in (group.key, group.name, group.short_name, *group.aliases):
                self.by_form.setdefault(bare_form(words), group)
                self.by_form.setdefault(re.sub(r"^(กลุ่มงาน|กลุ่ม|หน่วย)", "", bare_form(words)), group)

    def find(self, typed: str, day: date) -> WorkGroup:
        """The group of that key, name, short name or alias that exists on the day."""
        form = bare_form(typed)
        group = self.by_form.get(form) or self.by_form.get(re.sub(r"^(กลุ่มงาน|กลุ่ม|หน่วย)", "", form))
        if group is None:
            raise ValidationError(f"ไม่รู้จักกลุ่มงาน “{typed}” โปรดใช้ชื่อใดชื่อหนึ่ง: {', '.join(self.names)}")
        if group.valid_until and group.valid_until < day:
            raise ValidationError(f"{group.name} เลิกไปตั้งแต่ {be_date(group.valid_until)} โปรดใช้กลุ่มงานปัจจุบัน")
        if group.valid_from > day:
            raise ValidationError(f"{group.name} เริ่มมีเมื่อ {be_date(group.valid_from)} โปรดแก้วันเริ่มให้ไม่ก่อนวันนั้น")
        return group


@dataclass(slots=True)
class _Known:
    """Somebody in the directory: the groups the person is a delegate for today, and (of namesakes in one office)
    all usernames."""

    pk: int
    username: str
    groups: set[int] = field(default_factory=set)
    usernames: set[str] = field(default_factory=set)


def _known_people() -> dict[tuple[int, str], _Known]:
    known: dict[tuple[int, str], _Known] = {}
    by_pk: dict[int, _Known] = {}
    people = User.objects.filter(office__isnull=False).order_by("pk")
    for pk, username, office, given, family in people.values_list(
        "pk", "username", "office", "given_name", "family_name"
    ):
        person = known.setdefault((office, _name_form(given, family)), _Known(pk, username))
        person.usernames.add(username.lower())
        by_pk[pk] = person
    held = RoleAssignment.objects.now().filter(role=RoleAssignment.Role.DELEGATE, user__office__isnull=False)
    for user, group in held.values_list("user", "work_group"):
        by_pk[user].groups.add(group)
    return known


def _name_form(given_name: str, family_name: str) -> str:
    return search_form(f"{given_name} {family_name}")
