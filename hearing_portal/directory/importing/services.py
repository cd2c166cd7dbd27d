"""Taking in a list of people from a spreadsheet: look first, then take in the good rows in one transaction.

What the file would do is worked out anew each time, from the file: names stand in the table of people only.
"""

import re
import secrets
from collections.abc import Callable, Iterable, Sequence
from itertools import batched
from operator import itemgetter

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils import timezone

from hearing_portal.acts.history import bulk_create_tracked
from hearing_portal.acts.services import RunningAct, act
from hearing_portal.jobs.kinds import unwatched
from hearing_portal.spreadsheets import (
    MAX_ROWS,
    Line,
    ReadSheet,
    TableRefused,
    read_sheet,
    write_table,
)
from hearing_portal.thai.dates import be_year

from ..acts import ROLE_GRANTED, about_role, scope_words
from ..models import RoleAssignment, User, WorkGroup
from ..people.services import SCOPES, lock_people, log_account_act
from .people_rows import (
    COLUMNS,
    FILLED_IN,
    FULL_NAME,
    FULL_NAME_COLUMN,
    IMPORTABLE,
    NEEDED,
    OFFICE_BESIDE,
    OTHER_HEADINGS,
    SURNAME_BESIDE_A_NAME,
    VAGUE_HEADINGS,
    ImportPlan,
    NewPerson,
    RowReader,
    bare_form,
)
from .unknown_columns import find_unknown_columns

_HEAD_WITHIN = 10  # rows; lists of offices often begin with a title
_REASON = "นำเข้ารายชื่อ"
_OFFICE_NEEDED = {
    "must": "ต้องกรอก สพท.",
    "may": "สพท. เว้นว่างได้",
    "no": "สพท. เว้นว่างได้",
}
_GROUP_NEEDED = {
    "must": "ต้องกรอกกลุ่มงาน",
    "may": "กลุ่มงานเว้นว่างได้",
    "no": "เว้นกลุ่มงานว่าง",
}
_PORTION = 500  # rows between two reports of progress
# Hears how far the work is (done, of how much); may raise to stop it
type Progress = Callable[[int, int], None]


def check_list(raw: bytes) -> None:
    """Raises TableRefused for a file that is no list of people; says nothing about its rows."""
    _read_list(raw)


def plan_import(
    raw: bytes, *, takes_numbers: bool = False, progress: Progress = unwatched
) -> ImportPlan:
    """What importing the file would do now; changes nothing. `takes_numbers`: usernames in cells of numbers are right
    as they stand. Raises TableRefused for a file that is no list."""
    sheet, head, columns, body = _read_list(raw)
    reader = RowReader(columns, takes_numbers=takes_numbers)
    reader.plan.is_sheet_hidden = sheet.is_hidden
    reader.plan.hidden_columns = [
        _column_name(key)
        for key, place in sorted(columns.items(), key=itemgetter(1))
        if place in sheet.hidden_columns
    ]
    absent = [words for key, words in COLUMNS.items() if key not in columns]
    reader.plan.unknown_columns = find_unknown_columns(head, columns.values(), absent)
    reader.plan.hidden_lines = [line.number for line in body if line.is_hidden]
    for number, line in enumerate(body):
        if number % _PORTION == 0:
            progress(number // 2, len(body))
        reader.read(line)
    return reader.plan


def _read_list(raw: bytes) -> tuple[ReadSheet, Line, dict[str, int], list[Line]]:
    """The sheet, its head, {column key: cell index} and the rows below it."""
    sheet = read_sheet(raw, "รายชื่อ")
    lines = sheet.lines
    head, columns = _find_head(lines)
    body = lines[head + 1 :]
    if len(body) > MAX_ROWS:
        raise TableRefused(
            f"มีรายชื่อ {len(body):,} แถว เกิน {MAX_ROWS:,} แถว โปรดแบ่งเป็นหลายไฟล์"
        )
    if not body:
        raise TableRefused("ไฟล์มีเฉพาะหัวตาราง โปรดกรอกรายชื่อใต้หัวตารางแล้วส่งอีกครั้ง")
    return sheet, lines[head], columns, body


def import_people(
    raw: bytes,
    *,
    by: User,
    takes_numbers: bool = False,
    progress: Progress = unwatched,
) -> ImportPlan:
    """Takes in the good rows about new people with their roles, all or none; returns what was done.

    The rows are judged again under the lock, so doing it twice (or two at once) makes nobody twice. `progress`
    counts a judged row half and the other half when it is taken in; what it raises undoes all.
    """
    with act(by=by, reason=_REASON) as done:
        lock_people()
        plan = plan_import(raw, takes_numbers=takes_numbers, progress=progress)
        taken = 0
        for portion in batched(plan.new, _PORTION):
            _take_in(portion, done)
            taken += len(portion)
            progress((plan.rows + taken) // 2, plan.rows)
    return plan


def _take_in(listed: Sequence[NewPerson], done: RunningAct) -> None:
    newcomers: list[User] = []
    for row in listed:
        newcomer = User(
            username=row.username,
            # As Django marks an account without password; set_unusable_password would do it one by one
            password=UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(20),
            title=row.title,
            given_name=row.given_name,
            family_name=row.family_name,
            position=row.position,
            office=row.office,
        )
        newcomers.append(newcomer)
    people = User.objects.bulk_create(newcomers)
    roles: list[RoleAssignment] = []
    for person, row in zip(people, listed, strict=True):
        for new_role in row.roles:
            for group in new_role.groups or (None,):
                role = RoleAssignment(
                    user=person,
                    role=new_role.role,
                    work_group=group,
                    office=new_role.office,
                    valid_from=new_role.valid_from,
                    valid_until=new_role.valid_until,
                )
                roles.append(role)
    bulk_create_tracked(roles, RoleAssignment, reason=_REASON)
    log_account_act(people, _REASON, done)
    for role in roles:
        done.record(
            ROLE_GRANTED,
            about_role(role),
            detail=role.role,
            note=scope_words(role),
        )


# -- the head of the table ---------------------------------------------------------------------------------


def _find_head(lines: Sequence[Line]) -> tuple[int, dict[str, int]]:
    """The row with most of our columns: its position in `lines`, and {column key: cell index}."""
    best_position = 0
    best_columns: dict[str, int] = {}
    for position, line in enumerate(lines[:_HEAD_WITHIN]):
        columns = _find_columns(line)
        if len(columns) > len(best_columns):
            best_position = position
            best_columns = columns
    found = set(best_columns)
    if FULL_NAME in found:
        found |= set(FILLED_IN)
    missing = [COLUMNS[key] for key in NEEDED if key not in found]
    if missing:
        raise TableRefused(
            f"หัวตารางขาดคอลัมน์ {', '.join(missing)} โปรดใช้หัวตารางตามไฟล์ตัวอย่าง: {', '.join(COLUMNS.values())}"
        )
    return best_position, best_columns


def _find_columns(line: Line) -> dict[str, int]:
    headings: list[str] = []
    for cell in line.cells:
        words = re.sub(r"\(.*?\)", "", str(cell))  # วันเริ่มต้น (พ.ศ.)
        headings.append(bare_form(re.sub("[‐-―]", "-", words)))
    columns: dict[str, int] = {}
    for key, words in COLUMNS.items():
        _add_column(columns, key, headings, [words])
    for key, others in OTHER_HEADINGS.items():
        if key == "family_name" and "given_name" in columns:
            others = (*others, *SURNAME_BESIDE_A_NAME)
        is_named_already = key in columns or (
            key == FULL_NAME and "given_name" in columns
        )
        if not is_named_already:
            _add_column(columns, key, headings, others)
    for key, vague in VAGUE_HEADINGS.items():
        for words in vague:
            if key not in columns:
                _add_column(columns, key, headings, [words])
    return columns


def _add_column(
    columns: dict[str, int], key: str, headings: Sequence[str], words: Iterable[str]
) -> None:
    """Where one of the words heads a column that is none yet."""
    forms = {bare_form(each) for each in words}
    places = []
    for index, heading in enumerate(headings):
        if heading in forms and index not in columns.values():
            places.append(index)
    if len(places) > 1:
        # สังกัด beside เขตพื้นที่: each row tells which of them names the office
        are_other_words = len({headings[place] for place in places}) == len(places)
        if key != "office" or len(places) > 2 or not are_other_words:
            raise TableRefused(
                f"หัวตารางมีคอลัมน์ {_column_name(key)} สองครั้ง โปรดเหลือไว้คอลัมน์เดียว"
            )
        columns[OFFICE_BESIDE] = places[1]
    if places:
        columns[key] = places[0]


def _column_name(key: str) -> str:
    if key == OFFICE_BESIDE:
        return COLUMNS["office"]
    return COLUMNS.get(key, FULL_NAME_COLUMN)


# -- the template ----------------------------------------------------------------------------------------


def import_template() -> bytes:
    """The XLSX file to fill in: the head, how to fill it in on a second sheet, and a row for each role on a third."""
    today = timezone.localdate()
    groups = WorkGroup.objects.valid_on(today)
    needed = ", ".join(COLUMNS[key] for key in NEEDED)
    roles = []
    for role in IMPORTABLE:
        scope = SCOPES[role]
        group_needed = _GROUP_NEEDED[scope.work_group]
        roles.append(f"    {role.label}: {group_needed} {_OFFICE_NEEDED[scope.office]}")
    notes = [
        f"หนึ่งแถวต่อหนึ่งคนและหนึ่งบทบาท ห้ามเปลี่ยนหัวตาราง คอลัมน์ที่ต้องมี: {needed}",
        "บทบาท: เว้นว่างหมายถึงผู้แทน ผู้ที่มีหลายบทบาทให้แยกแถวละบทบาท โดยใช้ชื่อและ สพท. เดียวกัน หรือชื่อผู้ใช้เดียวกัน",
        *roles,
        "    ผู้ดูแลระบบ: นำเข้าจากไฟล์ไม่ได้ โปรดเพิ่มบทบาทที่หน้าของบุคคลนั้น",
        "สพท.: ชื่อย่อหรือชื่อเต็ม เช่น สพป.ลำปาง เขต 1",
        "กลุ่มงาน: ชื่อ ชื่อย่อ หรือรหัส หลายกลุ่มคั่นด้วยจุลภาค เช่น อำนวยการ, LAW",
        *(f"    {group.key}  {group.name} ({group.short_name})" for group in groups),
        "ชื่อผู้ใช้: เว้นว่างได้ ระบบจะกำหนดให้จากรหัสเขต เช่น p126-01",
        f"วันเริ่มต้น วันสิ้นสุด: วัน/เดือน/ปี พ.ศ. เช่น 20/09/{be_year(today)} เว้นว่างหมายถึงเริ่มวันนี้ และไม่มีวันสิ้นสุด",
        "ส่งไฟล์เดิมซ้ำได้ คนที่มีชื่อและ สพท. เดียวกันอยู่แล้วจะไม่เปลี่ยนแปลง",
    ]
    head = list(COLUMNS.values())
    return write_table("รายชื่อ", head, [], notes=notes, examples=_examples(groups))


def _examples(groups: Iterable[WorkGroup]) -> list[list[str]]:
    """A row for each role, with what it needs and no more."""
    group_names = [group.short_name for group in groups]
    rows: list[list[str]] = []
    for number, role in enumerate(IMPORTABLE, start=1):
        scope = SCOPES[role]
        cells = {
            "given_name": f"ชื่อตัวอย่าง{number}",
            "family_name": "นามสกุลตัวอย่าง",
            "role": role.label,
        }
        if scope.office == "must":
            cells["office"] = "สพป.ลำปาง เขต 1"
        if scope.work_group == "must":
            cells["groups"] = ", ".join(group_names[:1])
        rows.append([cells.get(key, "") for key in COLUMNS])
    return rows
