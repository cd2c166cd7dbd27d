"""Judging the rows of a list of people: who is new, who is known, and what is wrong in which cell.

A row gives one person one role; several rows about one person give several roles.
"""

import difflib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.core.exceptions import ValidationError
from django.utils import timezone

from hearing_portal.refusals import Refusal
from hearing_portal.spreadsheets import Cell, Line, NumberText, read_day
from hearing_portal.thai.dates import DateRefused, be_date
from hearing_portal.thai.sentences import joined
from hearing_portal.thai.text import (
    TextRefused,
    clean_text,
    search_form,
    visible_text,
)

from ..models import AreaOffice, RoleAssignment, User, WorkGroup
from ..people.services import SCOPES, free_usernames, taken_usernames
from .identities import ListedPerson, PeopleIndex
from .names import put_title_apart, split_full_name
from .unknown_columns import UnknownColumn

Role = RoleAssignment.Role

COLUMNS = {
    "title": "คำนำหน้า",
    "given_name": "ชื่อ",
    "family_name": "นามสกุล",
    "position": "ตำแหน่ง",
    "role": "บทบาท",
    "office": "สพท.",
    "groups": "กลุ่มงาน",
    "username": "ชื่อผู้ใช้",
    "valid_from": "วันเริ่มต้น",
    "valid_until": "วันสิ้นสุด",
}
FULL_NAME = "full_name"  # given and family name in one column, in the place of two
OFFICE_BESIDE = (
    "office_beside"  # a second column that may name the office: เขตพื้นที่ beside สังกัด
)
# Other headings that people write, where the list has none of the own name
OTHER_HEADINGS = {
    # วันเริ่ม, as the example of earlier days has it
    "valid_from": (COLUMNS["valid_from"].removesuffix("ต้น"),),
    "family_name": ("สกุล",),
    "office": ("สังกัด", "สังกัด สพท.", "เขตพื้นที่", "สำนักงานเขตพื้นที่การศึกษา"),
    FULL_NAME: (
        "ชื่อ-สกุล",
        "ชื่อ/สกุล",
        "ชื่อ สกุล",  # and ชื่อสกุล, where no column has the given name
        "ชื่อ/นามสกุล",
        "ชื่อ-นามสกุล",
        "ชื่อ นามสกุล",
        "ชื่อ-ชื่อสกุล",
        "ชื่อและสกุล",
        "ชื่อและนามสกุล",
    ),
}
# Headings that mean a column only where no other does: หน่วยงาน beside สังกัด may be a school
VAGUE_HEADINGS = {
    "office": (
        "หน่วยงาน/สังกัด",
        "สังกัด/หน่วยงาน",
        "หน่วยงานต้นสังกัด",
        "หน่วยงาน",
    ),
}
# A whole name in a list without a column of given names, the surname beside one
SURNAME_BESIDE_A_NAME = ("ชื่อสกุล",)
FULL_NAME_COLUMN = "ชื่อ-นามสกุล"
_COLUMN_ORDER = list(COLUMNS.values())
NEEDED = (
    "given_name",
    "family_name",
    "office",
    "groups",
)  # in the head; which cells, the role says too
FILLED_IN = ("given_name", "family_name")  # in every row
IMPORTABLE = [role for role in Role if role != Role.ADMIN]
# What a spreadsheet makes of a long number, 1.1E+12 or 1100000000000.0
_SPOILT_NUMBER = re.compile(r"\d+(?:[.,]\d+)?[eE]\+?\d+|\d+\.0+")
# A number that a cell holds exactly; nobody knows whether it began with zeros
_WHOLE_NUMBER = re.compile(r"\d{1,15}")
_LENGTHS = {
    "title": 40,
    "given_name": 100,
    "family_name": 100,
    "position": 200,
    "username": 60,
}


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


type Groups = tuple[WorkGroup, ...]


@dataclass(frozen=True, slots=True)
class NewRole:
    """A good row's role: for each of the groups, or for none; `office` is that of the role, not of the person."""

    line: int
    role: Role
    groups: Groups
    office: AreaOffice | None
    valid_from: date
    valid_until: date | None


@dataclass(slots=True)
class NewPerson:
    """Somebody not known yet, and what the good rows say: the first one, and where it is silent those after it."""

    title: str
    given_name: str
    family_name: str
    position: str
    office: AreaOffice | None
    username: str
    roles: list[NewRole]


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """A row about somebody already known, by name and office or by username: nothing changes.

    `lacks_role` says that the person does not hold the row's role today, or not for all its groups: `missing`.
    """

    line: int
    pk: int
    username: str
    role: Role
    lacks_role: bool
    missing: Groups


@dataclass(slots=True)
class ImportPlan:
    """What a file would do."""

    new: list[NewPerson] = field(default_factory=list)
    known: list[KnownPerson] = field(default_factory=list)
    errors: list[RowError] = field(default_factory=list)
    unknown_columns: list[UnknownColumn] = field(default_factory=list)
    # Usernames in cells of numbers, which somebody may say are right as they stand
    asked_usernames: list[str] = field(default_factory=list)
    hidden_lines: list[int] = field(
        default_factory=list
    )  # rows that the spreadsheet does not show; they count too
    hidden_columns: list[str] = field(default_factory=list)  # by name; they count too
    is_sheet_hidden: bool = False

    @property
    def bad_lines(self) -> int:
        """How many rows have an error."""
        return len({error.line for error in self.errors})

    @property
    def differing(self) -> list[KnownPerson]:
        """Rows about people known that say more than they hold."""
        return [row for row in self.known if row.lacks_role]

    @property
    def known_people(self) -> int:
        """How many are known; somebody may stand in several rows."""
        return len({row.pk for row in self.known})

    @property
    def people_by_role(self) -> dict[Role, int]:
        """How many new people get each role, in the order of the roles."""
        counted: Counter[Role] = Counter()
        for person in self.new:
            counted.update(role.role for role in person.roles)
        return {role: counted[role] for role in Role if counted[role]}

    @property
    def rows(self) -> int:
        return (
            sum(len(person.roles) for person in self.new)
            + len(self.known)
            + self.bad_lines
        )


class RowReader:
    """Judges row after row against the directory and the rows before it. Five queries, however many rows.

    `columns` says which cell of a row is which: {key of COLUMNS: index}. `takes_numbers`: somebody said that usernames
    in cells of numbers are right as they stand.
    """

    def __init__(self, columns: dict[str, int], *, takes_numbers: bool) -> None:
        self.columns = columns
        self.takes_numbers = takes_numbers
        self.plan = ImportPlan()
        self.today = timezone.localdate()
        self.offices = _OfficeFinder(AreaOffice.objects.all())
        self.groups = _GroupFinder(WorkGroup.objects.all())
        self.taken_usernames = taken_usernames()
        self.people = PeopleIndex()
        # Who is new, once a good row was about them
        self.newcomers: dict[ListedPerson, NewPerson] = {}
        # Of the rows before: in which line each username stood
        self.line_of_username: dict[str, int] = {}
        # By office: one count for each, since beginning anew for every row took 5 s for 5,000 rows of one office
        self.free_usernames: dict[int | None, Iterator[str]] = {}
        # Equal cells (of a whole office, of a whole day) are looked up once
        self.office_of_cell: dict[str, AreaOffice | _Unknown] = {}
        self.groups_of_cell: dict[tuple[str, date], Groups | _Unknown] = {}
        # The row that is being read, and what is wrong in it
        self.line = Line(0, ())
        self.errors: list[RowError] = []

    def read(self, line: Line) -> None:
        """Adds the row to the plan: as one error or several, as somebody known, or as a role of somebody new."""
        self.line = line
        self.errors = []
        texts = {key: self._read_text(key) for key in _LENGTHS}
        texts["title"], texts["given_name"] = put_title_apart(
            texts["title"], texts["given_name"]
        )
        role = self._read_role()
        office = self._read_office(role)
        valid_from, valid_until = self._read_days()
        groups = self._read_groups(role, valid_from)
        person = self._find_person(role, office, texts)
        if person is not None and person.pk is None and not self.errors:
            texts["username"] = self._read_username(person, texts["username"], office)
        if (
            self.errors or role is None or person is None
        ):  # an unknown role and a missing name are errors
            self.errors.sort(key=lambda error: _COLUMN_ORDER.index(error.column))
            self.plan.errors += self.errors
            return
        office_of_role = office
        if SCOPES[role].office == "no":
            office_of_role = None
        new_role = NewRole(
            line.number, role, groups, office_of_role, valid_from, valid_until
        )
        if person.pk is None:
            self._add_newcomer(person, texts, office, new_role)
        else:
            self._add_known(person, person.pk, new_role)

    def _add_newcomer(
        self,
        person: ListedPerson,
        texts: dict[str, str],
        office: AreaOffice | None,
        role: NewRole,
    ) -> None:
        newcomer = self.newcomers.get(person)
        if newcomer is None:
            newcomer = NewPerson(**texts, office=office, roles=[])
            self.newcomers[person] = newcomer
            self.plan.new.append(newcomer)
        newcomer.roles.append(role)
        newcomer.username = texts["username"]
        newcomer.title = newcomer.title or texts["title"]
        newcomer.position = newcomer.position or texts["position"]
        newcomer.office = newcomer.office or office
        self.people.add_username(person, newcomer.username)

    def _add_known(self, person: ListedPerson, pk: int, role: NewRole) -> None:
        missing = []
        for group in role.groups:
            if not person.holds(role.role, group, role.office):
                missing.append(group)
        lacks_role = bool(missing)
        if not role.groups:
            lacks_role = not person.holds(role.role, None, role.office)
        row = KnownPerson(
            role.line, pk, person.username, role.role, lacks_role, tuple(missing)
        )
        self.plan.known.append(row)

    def _add_error(self, key: str, message: str) -> None:
        cell = str(self._cell(key))
        error = RowError(self.line.number, COLUMNS[key], message, cell)
        self.errors.append(error)

    def _cell(self, key: str) -> Cell:
        """Empty where the table lacks the column."""
        if key in self.columns:
            return self.line.cell(self.columns[key])
        if key in FILLED_IN and FULL_NAME in self.columns:
            full_name = " ".join(str(self.line.cell(self.columns[FULL_NAME])).split())
            return split_full_name(full_name)[FILLED_IN.index(key)]
        return ""

    def _read_text(self, key: str) -> str:
        typed = str(self._cell(key))
        try:
            cleaned = clean_text(typed, max_length=_LENGTHS[key], multiline=False)
        except TextRefused as refusal:
            self._add_error(key, refusal.message_th)
            return ""
        text = " ".join(visible_text(cleaned.text).split())
        if (
            not text
            and key == "family_name"
            and FULL_NAME in self.columns
            and self._cell("given_name")
        ):
            self._add_error(key, "ไม่พบนามสกุล โปรดเว้นวรรคระหว่างชื่อกับนามสกุล")
        elif not text and key in FILLED_IN:
            self._add_error(key, "ช่องนี้ว่าง โปรดกรอก" + COLUMNS[key])
        if key == "username" and self._is_asked_about(text):
            self._add_error(
                key,
                f"ชื่อผู้ใช้ “{text}” เป็นตัวเลขหรือวันที่ซึ่งโปรแกรมตารางอาจเปลี่ยนไปแล้ว (เช่น ตัดเลข 0 ข้างหน้า) ใช่หรือไม่ "
                "โปรดจัดรูปแบบคอลัมน์นี้เป็นข้อความ แล้วพิมพ์ชื่อผู้ใช้ใหม่ หรือเว้นว่างให้ระบบกำหนดให้",
            )
        return text

    def _is_asked_about(self, username: str) -> bool:
        """Whether a spreadsheet may have made another of it than was typed."""
        cell = self._cell("username")
        if isinstance(cell, NumberText) and _WHOLE_NUMBER.fullmatch(username):
            if self.takes_numbers:
                return False
            self.plan.asked_usernames.append(username)
            return True
        is_number = isinstance(cell, NumberText | date)
        return is_number or bool(_SPOILT_NUMBER.fullmatch(username))

    def _read_role(self) -> Role | None:
        """A delegate's where the cell is empty, as in lists without the column; None after an error."""
        typed = str(self._cell("role"))
        if not typed:
            return Role.DELEGATE
        role = _ROLES_BY_FORM.get(bare_form(typed))
        if role is None:
            names = ", ".join(known.label for known in IMPORTABLE)
            self._add_error(
                "role",
                f"ไม่มีบทบาท “{typed[:_LONGEST_QUOTE]}” โปรดใช้บทบาทใดบทบาทหนึ่ง: {names} หรือเว้นว่างสำหรับผู้แทน "
                "ผู้ที่มีหลายบทบาทให้แยกแถวละบทบาท",
            )
        elif role is Role.ADMIN:
            self._add_error(
                "role",
                joined("นำเข้าบทบาท", role.label, "จากไฟล์ไม่ได้")
                + " โปรดลบแถวนี้ แล้วเพิ่มบทบาทที่หน้าของบุคคลนั้น",
            )
            return None
        return role

    def _read_office(self, role: Role | None) -> AreaOffice | None:
        """None where the row names no office, and after an error. Of two columns one may name it alone (the other a
        school), or both together (สพป.ลำปาง, เขต 1)."""
        typed = [str(self._cell(key)) for key in ("office", OFFICE_BESIDE)]
        cells = [cell for cell in typed if cell]
        if not cells:
            if role is not None and SCOPES[role].office == "must":
                self._add_blank_error("office", role)
            return None
        found = set()
        for cell in cells:
            outcome = self._find_office(cell)
            if isinstance(outcome, AreaOffice):
                found.add(outcome)
        if not found:
            outcome = self._find_office(" ".join(cells))
            if isinstance(outcome, AreaOffice):
                return outcome
            if len(cells) == 1:
                self._add_error("office", outcome.message)
            else:
                named = " และ ".join(f"“{cell[:_LONGEST_QUOTE]}”" for cell in cells)
                self._add_error(
                    "office",
                    f"ไม่พบ สพท. จากช่อง {named} โปรดกรอกชื่อ สพท. ไว้ในช่องใดช่องหนึ่ง",
                )
            return None
        if len(found) > 1:
            names = " และ ".join(sorted(office.short_name for office in found))
            self._add_error(
                "office", f"สองช่องของแถวนี้ระบุ สพท. ต่างกัน คือ {names} โปรดเหลือไว้ช่องเดียว"
            )
            return None
        return found.pop()

    def _find_office(self, cell: str) -> "AreaOffice | _Unknown":
        outcome = self.office_of_cell.get(cell)
        if outcome is None:
            outcome = _look_up(cell, self.offices.find)
            self.office_of_cell[cell] = outcome
        return outcome

    def _read_groups(self, role: Role | None, day: date) -> Groups:
        """The groups as they are on the day; none where the row names none, and after an error."""
        typed = str(self._cell("groups"))
        outcome = self.groups_of_cell.get((typed, day))
        if outcome is None:
            outcome = _look_up(typed, lambda text: self.groups.find_all(text, day))
            self.groups_of_cell[typed, day] = outcome
        if isinstance(outcome, _Unknown):
            self._add_error("groups", outcome.message)
            return ()
        if role is None:
            return outcome
        rule = SCOPES[role].work_group
        if rule == "must" and not outcome:
            self._add_blank_error("groups", role)
        if rule == "no" and outcome:
            self._add_error(
                "groups",
                joined("บทบาท", role.label, "ไม่ต้องระบุกลุ่มงาน")
                + " โปรดเว้นช่องนี้ว่าง หากเป็นผู้แทนของกลุ่มงานด้วย ให้เพิ่มอีกแถวหนึ่ง",
            )
        return outcome

    def _add_blank_error(self, key: str, role: Role) -> None:
        self._add_error(
            key,
            f"ช่องนี้ว่าง {joined('โปรดกรอก', COLUMNS[key])} {joined('เพราะบทบาท', role.label, 'ต้องระบุ')}",
        )

    def _read_days(self) -> tuple[date, date | None]:
        begins = self._read_day("valid_from") or self.today
        ends = self._read_day("valid_until")
        if ends and ends < begins:
            message = f"วันสิ้นสุด {be_date(ends)} ต้องไม่ก่อนวันเริ่มต้น {be_date(begins)} โปรดแก้วันใดวันหนึ่ง"
            self._add_error("valid_until", message)
        return begins, ends

    def _read_day(self, key: str) -> date | None:
        try:
            return read_day(self._cell(key))
        except DateRefused as refusal:
            self._add_error(key, refusal.message_th)
            return None

    def _find_person(
        self, role: Role | None, office: AreaOffice | None, texts: dict[str, str]
    ) -> ListedPerson | None:
        """Whom the row is about, known or new; a second row about one role of the same person is an error."""
        has_unknown_office = office is None and bool(
            self._cell("office") or self._cell(OFFICE_BESIDE)
        )
        if has_unknown_office or not texts["given_name"] or not texts["family_name"]:
            return None
        username = texts["username"].lower()
        person = self.people.find_or_add(
            office, texts["given_name"], texts["family_name"], username
        )
        whose = "ชื่อนี้"
        if office is not None:
            whose = f"ชื่อนี้ของ {office.short_name}"
        if role is not None:
            line = self.line.number
            first = person.line_of_role.setdefault(role, line)
            if first != line:
                self._add_error(
                    "given_name",
                    f"{whose} {joined('บทบาท', role.label, 'อยู่ที่แถว')} {first:,} แล้ว "
                    "โปรดรวมกลุ่มงานไว้ในแถวเดียว แล้วลบแถวนี้",
                )
                return person
        if username and person.pk is not None and username not in person.usernames:
            where = office.short_name if office is not None else "ระบบ"
            self._add_error(
                "username",
                f"{joined(where, 'มีบุคคลชื่อนี้แล้ว')} ชื่อผู้ใช้ {person.username} "
                "หากเป็นบุคคลเดียวกัน โปรดเว้นช่องนี้ว่าง หากเป็นบุคคลอื่น โปรดเพิ่มที่หน้าเพิ่มบุคคล",
            )
        return person

    def _read_username(
        self, person: ListedPerson, typed: str, office: AreaOffice | None
    ) -> str:
        """What stands in the cell, or what the rows before gave the person, or a free one."""
        newcomer = self.newcomers.get(person)
        if newcomer is not None and typed.lower() in ("", newcomer.username.lower()):
            return newcomer.username
        if newcomer is not None:
            self._add_error(
                "username",
                f"ชื่อนี้อยู่ที่แถว {newcomer.roles[0].line:,} แล้ว ชื่อผู้ใช้ {newcomer.username} "
                "หากเป็นบุคคลเดียวกัน โปรดใช้ชื่อผู้ใช้เดียวกัน หรือเว้นว่างทั้งสองแถว หากเป็นบุคคลอื่น โปรดเพิ่มที่หน้าเพิ่มบุคคล",
            )
            return ""
        if not typed:
            office_pk = office.pk if office is not None else None
            free = free_usernames(office, self.taken_usernames)
            free = self.free_usernames.setdefault(office_pk, free)
            username = next(free)
            self.taken_usernames.add(username)
            return username
        try:
            User._meta.get_field("username").run_validators(typed)
        except ValidationError:
            self._add_error(
                "username",
                "ชื่อผู้ใช้มีได้เฉพาะตัวอักษร ตัวเลข และ @ . + - _ ไม่มีช่องว่าง หรือเว้นว่างให้ระบบกำหนดให้",
            )
            return ""
        username = typed.lower()
        line = self.line.number
        first = self.line_of_username.setdefault(username, line)
        if first != line:
            self._add_error(
                "username",
                f"ชื่อผู้ใช้ {typed} อยู่ที่แถว {first:,} แล้ว โปรดใช้ชื่ออื่น หรือเว้นว่างให้ระบบกำหนดให้",
            )
        elif username in self.taken_usernames:
            self._add_error(
                "username",
                f"ชื่อผู้ใช้ {typed} เป็นของผู้อื่นแล้ว โปรดใช้ชื่ออื่น หรือเว้นว่างให้ระบบกำหนดให้",
            )
        else:
            self.taken_usernames.add(username)
        return typed


# -- the directory, by what people call things ---------------------------------------------------------------

_MOST_HINTS = 200  # of different unknown offices: a millisecond each, and who misspelled more has another list
_LONGEST_QUOTE = 100  # letters of a cell that is no role
_GROUP_WORD = re.compile(r"^(กลุ่มงาน|กลุ่ม|หน่วย)")


class _NotFound(Refusal):
    """Nothing of that name; `message_th` says what is near."""


@dataclass(frozen=True, slots=True)
class _Unknown:
    """A cell that names nothing, and what to tell the person."""

    message: str


def _look_up[Found](typed: str, find: Callable[[str], Found]) -> Found | _Unknown:
    try:
        cleaned = clean_text(typed, max_length=300, multiline=False)
        return find(cleaned.text)
    except (TextRefused, _NotFound) as refusal:
        return _Unknown(refusal.message_th)


def bare_form(words: str) -> str:
    """For comparing what people type: without spaces, dots and stars; ๕ = 5, capitals = small letters."""
    return re.sub(r"[\s.*:]", "", search_form(words[:300]))


# What people write for a role besides its label. Left out is what may mean something else: วิทยากร speaks at the
# hearing, a ผู้อำนวยการ may head a group
_ROLE_WORDS: dict[Role, tuple[str, ...]] = {
    Role.ADMIN: ("แอดมิน",),
    Role.FACILITATOR: ("ผู้ดำเนินการเวที", "ผู้ดำเนินรายการ"),
    Role.DRAFTER: ("คณะทำงาน", "คณะทำงานยกร่างคู่มือ", "ผู้ยกร่าง", "ผู้ยกร่างคู่มือ"),
    Role.DELEGATE: (
        "ผู้แทน สพท.",
        "ผู้แทน สพป.",
        "ผู้แทน สพม.",
        "ผู้แทนเขต",
        "ผู้แทนสำนักงานเขตพื้นที่การศึกษา",
    ),
    Role.OFFICE_HEAD: (
        "ผอ.สพป.",
        "ผอ.สพม.",
        "ผอ.เขต",
        "ผู้อำนวยการ สพท.",
        "ผู้อำนวยการ สพป.",
        "ผู้อำนวยการ สพม.",
        "ผู้อำนวยการเขต",
        "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษา",
    ),
    Role.EXPERT: (),
    Role.CENTRAL_BUREAU: ("ผู้แทนส่วนกลาง", "สำนักส่วนกลาง", "ส่วนกลาง"),
}


def _roles_by_form() -> dict[str, Role]:
    found: dict[str, Role] = {}
    for role, words_of_role in _ROLE_WORDS.items():
        for words in (role.label, *words_of_role):
            found[bare_form(words)] = role
    return found


_ROLES_BY_FORM = _roles_by_form()


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
            raise _NotFound(
                f"{joined(office.short_name, 'ยกเลิกเมื่อ')} {be_date(office.valid_until)} โปรดใช้ สพท. ปัจจุบัน"
            )
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
            nearest = difflib.get_close_matches(
                form, self.by_short_name, n=1, cutoff=0.7
            )
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
        """Of several names between commas or semicolons (or none), each group once. Raises _NotFound."""
        found: dict[int, WorkGroup] = {}
        for part in re.split(r"[,;]", typed):
            words = part.strip()
            if not words:
                continue
            group = self.find(words, day)
            found[group.pk] = group
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
            raise _NotFound(f"ไม่มีกลุ่มงาน “{typed}” โปรดใช้ชื่อใดชื่อหนึ่ง: {names}")
        if group.valid_until and group.valid_until < day:
            raise _NotFound(
                f"{joined(group.name, 'ยกเลิกเมื่อ')} {be_date(group.valid_until)} โปรดใช้กลุ่มงานปัจจุบัน"
            )
        if group.valid_from > day:
            raise _NotFound(
                f"{joined(group.name, 'จัดตั้งเมื่อ')} {be_date(group.valid_from)} โปรดแก้วันเริ่มต้นให้ไม่ก่อนวันนั้น"
            )
        return group
