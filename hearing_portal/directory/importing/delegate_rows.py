"""Judging the rows of a list of delegates: who is new, who is known, and what is wrong in which cell."""

import difflib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from hearing_portal.refusals import Refusal
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
_COLUMN_ORDER = list(COLUMNS.values())
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

        def without_cell(quoted: re.Match[str]) -> str:
            if quoted[1] in self.cell:
                return "“…”"
            return quoted[0]

        return re.sub("“([^”]+)”", without_cell, self.message)


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
    """A row about somebody of that name and office already known: nothing changes.

    `missing` are the groups of the row the person is no delegate for today.
    """

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
        """How many rows have an error."""
        return len({error.line for error in self.errors})

    @property
    def differing(self) -> list[KnownDelegate]:
        """Those known whose groups in the file are more than they hold."""
        return [row for row in self.known if row.missing]

    @property
    def rows(self) -> int:
        return len(self.new) + len(self.known) + self.bad_lines


type PersonKey = tuple[int, str]  # the office's pk, and the search form of the name
type Groups = tuple[WorkGroup, ...]


class RowReader:
    """Judges row after row against the directory and the rows before it. Five queries, however many rows.

    `columns` says which cell of a row is which: {key of COLUMNS: index}.
    """

    def __init__(self, columns: dict[str, int]) -> None:
        self.columns = columns
        self.plan = ImportPlan()
        self.today = timezone.localdate()
        self.offices = _OfficeFinder(AreaOffice.objects.all())
        self.groups = _GroupFinder(WorkGroup.objects.all())
        self.taken_usernames = taken_usernames()
        self.known_people = _load_known_people()
        # Of the rows before: in which line each person and each username stood
        self.line_of_person: dict[PersonKey, int] = {}
        self.line_of_username: dict[str, int] = {}
        # By office: one count for each, since beginning anew for every row took 5 s for 5,000 rows of one office
        self.free_usernames: dict[int, Iterator[str]] = {}
        # Equal cells (of a whole office, of a whole day) are looked up once
        self.office_of_cell: dict[str, AreaOffice | _Unknown] = {}
        self.groups_of_cell: dict[tuple[str, date], Groups | _Unknown] = {}
        # The row that is being read, and what is wrong in it
        self.line = Line(0, ())
        self.errors: list[RowError] = []

    def read(self, line: Line) -> None:
        """Adds the row to the plan: as one error or several, as somebody known, or as somebody new."""
        self.line = line
        self.errors = []
        texts = {key: self._read_text(key) for key in _LENGTHS}
        office = self._read_office()
        valid_from, valid_until = self._read_days()
        groups = self._read_groups(valid_from)
        known = self._find_known(office, texts)
        if office and not known and not self.errors:
            texts["username"] = self._read_username(texts["username"], office)
        if self.errors or office is None:  # an unknown office is one of the errors
            self.errors.sort(key=lambda error: _COLUMN_ORDER.index(error.column))
            self.plan.errors += self.errors
        elif known:
            missing = tuple(group for group in groups if group.pk not in known.groups)
            row = KnownDelegate(line.number, known.pk, known.username, missing)
            self.plan.known.append(row)
        else:
            delegate = NewDelegate(
                line.number,
                **texts,
                office=office,
                groups=groups,
                valid_from=valid_from,
                valid_until=valid_until,
            )
            self.plan.new.append(delegate)

    def _add_error(self, key: str, message: str) -> None:
        cell = str(self._cell(key))
        error = RowError(self.line.number, COLUMNS[key], message, cell)
        self.errors.append(error)

    def _cell(self, key: str) -> Cell:
        """Empty where the table lacks the column."""
        if key in self.columns:
            return self.line.cell(self.columns[key])
        return ""

    def _read_text(self, key: str) -> str:
        typed = str(self._cell(key))
        try:
            cleaned = clean_text(typed, max_length=_LENGTHS[key], multiline=False)
        except TextRefused as refusal:
            self._add_error(key, refusal.message_th)
            return ""
        text = " ".join(cleaned.text.split())
        if not text and key in NEEDED:
            self._add_error(key, "ช่องนี้ว่าง โปรดกรอก" + COLUMNS[key])
        return text

    def _read_office(self) -> AreaOffice | None:
        typed = str(self._cell("office"))
        outcome = self.office_of_cell.get(typed)
        if outcome is None:
            outcome = _look_up("office", typed, self.offices.find)
            self.office_of_cell[typed] = outcome
        if isinstance(outcome, _Unknown):
            self._add_error("office", outcome.message)
            return None
        return outcome

    def _read_groups(self, day: date) -> Groups:
        """The groups as they are on the day; none after an error."""
        typed = str(self._cell("groups"))
        outcome = self.groups_of_cell.get((typed, day))
        if outcome is None:
            outcome = _look_up("groups", typed, lambda text: self.groups.find_all(text, day))
            self.groups_of_cell[typed, day] = outcome
        if isinstance(outcome, _Unknown):
            self._add_error("groups", outcome.message)
            return ()
        return outcome

    def _read_days(self) -> tuple[date, date | None]:
        begins = self._read_day("valid_from") or self.today
        ends = self._read_day("valid_until")
        if ends and ends < begins:
            message = f"วันสิ้นสุด {be_date(ends)} มาก่อนวันเริ่ม {be_date(begins)} โปรดแก้วันใดวันหนึ่ง"
            self._add_error("valid_until", message)
        return begins, ends

    def _read_day(self, key: str) -> date | None:
        value = self._cell(key)
        if isinstance(value, date):
            if value.year <= 2400:
                return value
            # Typed as 20/9/2565 into a program that knows no Buddhist Era
            value = f"{value.day}/{value.month}/{value.year}"
        if not value:
            return None
        try:
            return parse_be_date(value)
        except DateRefused as refusal:
            self._add_error(key, refusal.message_th)
            return None

    def _find_known(self, office: AreaOffice | None, texts: dict[str, str]) -> "_Known | None":
        """Somebody of that name in that office; a second row about the same person is an error."""
        if office is None or not texts["given_name"] or not texts["family_name"]:
            return None
        given_name = texts["given_name"]
        family_name = texts["family_name"]
        person = _person_key(office.pk, given_name, family_name)
        line = self.line.number
        first = self.line_of_person.setdefault(person, line)
        if first != line:
            self._add_error(
                "given_name",
                f"ชื่อนี้ของ {office.short_name} อยู่ที่บรรทัด {first:,} แล้ว โปรดรวมกลุ่มงานไว้ในบรรทัดเดียว แล้วลบบรรทัดนี้",
            )
            return None
        known = self.known_people.get(person)
        username = texts["username"].lower()
        if known and username and username not in known.usernames:
            self._add_error(
                "username",
                f"{office.short_name} มีคนชื่อนี้แล้ว ชื่อผู้ใช้ {known.username} ถ้าเป็นคนเดียวกันให้เว้นช่องนี้ว่าง "
                "ถ้าเป็นคนละคนให้เพิ่มที่หน้าเพิ่มบุคคล",
            )
        return known

    def _read_username(self, typed: str, office: AreaOffice) -> str:
        if not typed:
            free = free_usernames(office, self.taken_usernames)
            free = self.free_usernames.setdefault(office.pk, free)
            username = next(free)
            self.taken_usernames.add(username)
            return username
        try:
            User._meta.get_field("username").run_validators(typed)
        except ValidationError:
            self._add_error("username", "ชื่อผู้ใช้มีได้เฉพาะตัวอักษร ตัวเลข และ @ . + - _ ไม่มีช่องว่าง หรือเว้นว่างให้ระบบตั้งให้")
            return ""
        username = typed.lower()
        line = self.line.number
        first = self.line_of_username.setdefault(username, line)
        if first != line:
            self._add_error("username", f"ชื่อผู้ใช้ {typed} อยู่ที่บรรทัด {first:,} แล้ว โปรดใช้ชื่ออื่น หรือเว้นว่างให้ระบบตั้งให้")
        elif username in self.taken_usernames:
            self._add_error("username", f"ชื่อผู้ใช้ {typed} เป็นของผู้อื่นแล้ว โปรดใช้ชื่ออื่น หรือเว้นว่างให้ระบบตั้งให้")
        else:
            self.taken_usernames.add(username)
        return typed


# -- the directory, by what people call things ---------------------------------------------------------------

_MOST_HINTS = 200  # of different unknown offices: a millisecond each, and who misspelled more has another list
_GROUP_WORD = re.compile(r"^(กลุ่มงาน|กลุ่ม|หน่วย)")


class _NotFound(Refusal):
    """Nothing of that name; `message_th` says what is near."""


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A cell that names nothing, and what to tell the person."""

    message: str


def _look_up[Found](key: str, typed: str, find: Callable[[str], Found]) -> Found | _Unknown:
    if not typed:
        return _Unknown("ช่องนี้ว่าง โปรดกรอก" + COLUMNS[key])
    try:
        cleaned = clean_text(typed, max_length=300, multiline=False)
        return find(cleaned.text)
    except (TextRefused, _NotFound) as refusal:
        return _Unknown(refusal.message_th)


def bare_form(words: str) -> str:
    """For comparing what people type: without spaces, dots and stars; ๕ = 5, capitals = small letters."""
    return re.sub(r"[\s.*:]", "", search_form(words[:300]))


class _OfficeFinder:
    """Offices by short name, name and key, in the bare form of each."""

    def __init__(self, offices: Iterable[AreaOffice]) -> None:
        self.by_form: dict[str, AreaOffice] = {}
        self.by_short_name: dict[str, AreaOffice] = {}
        for office in offices:
            self.by_short_name[bare_form(office.short_name)] = office
            for words in (office.short_name, office.name, office.key):
                self.by_form[bare_form(words)] = office
        self.today = timezone.localdate()
        self.hints_left = _MOST_HINTS

    def find(self, typed: str) -> AreaOffice:
        """Raises _NotFound, also for an office that is no more."""
        form = bare_form(typed)
        office = self.by_form.get(form)
        if office is None:
            raise _NotFound(self._advice(typed, form))
        if office.valid_until and office.valid_until < self.today:
            raise _NotFound(f"{office.short_name} ยกเลิกไปตั้งแต่ {be_date(office.valid_until)} โปรดใช้ สพท. ปัจจุบัน")
        return office

    def _advice(self, typed: str, form: str) -> str:
        for kind, other_kind in (("สพป", "สพม"), ("สพม", "สพป")):
            if form.startswith(kind):
                office = self.by_short_name.get(other_kind + form.removeprefix(kind))
                if office:
                    return f"ไม่มี “{typed}” แต่มี “{office.short_name}” โปรดตรวจว่าเป็น สพป. หรือ สพม."
        hint = "เช่น สพป.ลำปาง เขต 1"
        if self.hints_left > 0:
            self.hints_left -= 1
            nearest = difflib.get_close_matches(form, self.by_short_name, n=1, cutoff=0.7)
            if nearest:
                office = self.by_short_name[nearest[0]]
                hint = f"ใกล้เคียงที่สุดคือ “{office.short_name}”"
        return f"ไม่พบ “{typed}” โปรดตรวจตัวสะกดและเลขเขต {hint}"


class _GroupFinder:
    """Work groups by key, name, short name and aliases, with or without the word กลุ่ม before them."""

    def __init__(self, groups: Iterable[WorkGroup]) -> None:
        self.by_form: dict[str, WorkGroup] = {}
        self.names_of_today: list[str] = []
        for group in groups:
            if group.valid_until is None:
                self.names_of_today.append(group.short_name)
            names = (group.key, group.name, group.short_name, *group.aliases)
            for words in names:
                form = bare_form(words)
                # The first in book order has the name, where a former group had it too
                self.by_form.setdefault(form, group)
                self.by_form.setdefault(_GROUP_WORD.sub("", form), group)

    def find_all(self, typed: str, day: date) -> Groups:
        """Of several names between commas or semicolons, each group once. Raises _NotFound."""
        found: dict[int, WorkGroup] = {}
        for part in re.split(r"[,;]", typed):
            words = part.strip()
            if not words:
                continue
            group = self.find(words, day)
            found[group.pk] = group
        if not found:
            raise _NotFound("ช่องนี้ว่าง โปรดกรอก" + COLUMNS["groups"])
        return tuple(found.values())

    def find(self, typed: str, day: date) -> WorkGroup:
        """The group of that key, name, short name or alias that exists on the day. Raises _NotFound."""
        form = bare_form(typed)
        group = self.by_form.get(form)
        if group is None:
            without_word = _GROUP_WORD.sub("", form)
            group = self.by_form.get(without_word)
        if group is None:
            names = ", ".join(self.names_of_today)
            raise _NotFound(f"ไม่รู้จักกลุ่มงาน “{typed}” โปรดใช้ชื่อใดชื่อหนึ่ง: {names}")
        if group.valid_until and group.valid_until < day:
            raise _NotFound(f"{group.name} เลิกไปตั้งแต่ {be_date(group.valid_until)} โปรดใช้กลุ่มงานปัจจุบัน")
        if group.valid_from > day:
            raise _NotFound(f"{group.name} เริ่มมีเมื่อ {be_date(group.valid_from)} โปรดแก้วันเริ่มให้ไม่ก่อนวันนั้น")
        return group


def _person_key(office_pk: int, given_name: str, family_name: str) -> PersonKey:
    return office_pk, search_form(f"{given_name} {family_name}")


@dataclass(slots=True)
class _Known:
    """Somebody in the directory; of namesakes in one office, the first.

    `groups` are those the person is a delegate for today, `usernames` those of all namesakes.
    """

    pk: int
    username: str
    groups: set[int] = field(default_factory=set)
    usernames: set[str] = field(default_factory=set)


def _load_known_people() -> dict[PersonKey, _Known]:
    """Everybody with an office. Two queries."""
    known: dict[PersonKey, _Known] = {}
    by_pk: dict[int, _Known] = {}
    people = User.objects.filter(office__isnull=False).order_by("pk")
    rows = people.values_list("pk", "username", "office", "given_name", "family_name")
    for pk, username, office_pk, given_name, family_name in rows:
        key = _person_key(office_pk, given_name, family_name)
        person = known.setdefault(key, _Known(pk, username))
        person.usernames.add(username.lower())
        by_pk[pk] = person
    held = RoleAssignment.objects.now().filter(role=RoleAssignment.Role.DELEGATE, user__office__isnull=False)
    for user_pk, group_pk in held.values_list("user", "work_group"):
        by_pk[user_pk].groups.add(group_pk)
    return known
