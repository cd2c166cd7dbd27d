"""Taking in a list from a spreadsheet, of groups, of offices or of what a room above lists: look first, then take in
the good rows in one transaction.

What the file would do is worked out anew each time, from the file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from hearing_portal.acts.services import act
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.spreadsheets import Line, write_table

from ..groups.services import GroupFacts, add_work_group, change_work_group
from ..locks import lock_directory
from ..models import AreaOffice, User, WorkGroup
from ..offices.services import OfficeFacts, add_office, change_office
from .group_rows import GROUP_COLUMNS, GroupRowReader
from .office_rows import OFFICE_COLUMNS, OfficeRowReader
from .plans import ChangedRow, ListPlan, NewLink, NewRow
from .tables import ListColumns, read_list

REASON = "นำเข้ารายการ"


class ListReader(Protocol):
    """Judges row after row; `plan` is what taking them in would do, once all are read."""

    plan: ListPlan

    def read(self, line: Line) -> None: ...

    def finish(self) -> None:
        """Judges what a row says of others, when all are read."""


@dataclass(frozen=True, slots=True)
class ListKind:
    """One kind of list. `lock` keeps others from changing what the rows are judged against; `add` and `change` are the
    acts on one row, `link` that on what a row says of others; they raise a Refusal."""

    name: str
    columns: ListColumns
    reader: Callable[[dict[str, int]], ListReader]
    lock: Callable[[], None]
    add: Callable[[NewRow, User], object]
    change: Callable[[ChangedRow, User], object]
    link: Callable[[NewLink, User], object]
    example: list[str]  # a row of the template, true of a real one
    notes: list[str]  # how the template is filled in


def _add_office(row: NewRow, by: User) -> None:
    add_office(OfficeFacts(**row.values), by=by, reason=REASON)


def _change_office(row: ChangedRow, by: User) -> None:
    assert isinstance(row.known, AreaOffice)
    change_office(row.known, by=by, reason=REASON, **row.listed_values)


def _link_nothing(link: NewLink, by: User) -> None:
    """Rows of offices and of groups say nothing of others."""


def _add_group(row: NewRow, by: User) -> None:
    add_work_group(GroupFacts(**row.values), by=by, reason=REASON)


def _change_group(row: ChangedRow, by: User) -> None:
    assert isinstance(row.known, WorkGroup)
    change_work_group(row.known, by=by, reason=REASON, **row.listed_values)


OFFICES = ListKind(
    name="offices",
    columns=OFFICE_COLUMNS,
    reader=OfficeRowReader,
    lock=lock_directory,
    add=_add_office,
    change=_change_office,
    link=_link_nothing,
    example=[
        "สพป.",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาลำปาง เขต 1",
        "สพป.ลำปาง เขต 1",
        "ลำปาง",
        "1",
        "",
        "",
    ],
    notes=[
        "หนึ่งแถวต่อหนึ่งเขต ห้ามเปลี่ยนหัวตาราง แถวแรกใต้หัวตารางเป็นตัวอย่าง โปรดแก้ไขหรือลบ",
        "คอลัมน์ที่ต้องกรอก: ชื่อเต็ม ชื่อย่อ จังหวัด",
        "ประเภท: สพป. หรือ สพม. เว้นว่างได้หากชื่อบอกไว้",
        "จังหวัด: หลายจังหวัดคั่นด้วยวรรคหรือจุลภาค เช่น ชลบุรี ระยอง",
        "เลขเขต: ตัวเลข เว้นว่างได้",
        "รหัสหน่วยงาน: เว้นว่างได้ หากกรอก ระบบใช้จับคู่กับเขตที่มีอยู่ก่อนชื่อ",
        "วันจัดตั้ง: วัน/เดือน/ปี พ.ศ. เช่น 29/01/2564 เว้นว่างหมายถึงวันนี้สำหรับเขตใหม่ และคงเดิมสำหรับเขตที่มีอยู่",
        "เขตที่มีชื่อหรือรหัสหน่วยงานตรงกับที่มีอยู่ ระบบจะแก้ไขตามไฟล์ ช่องที่เว้นว่างคงไว้ตามเดิม",
    ],
)
GROUPS = ListKind(
    name="groups",
    columns=GROUP_COLUMNS,
    reader=GroupRowReader,
    lock=lock_directory,
    add=_add_group,
    change=_change_group,
    link=_link_nothing,
    example=["DIR", "กลุ่มอำนวยการ", "อำนวยการ", "กลุ่ม", "1", "", ""],
    notes=[
        "หนึ่งแถวต่อหนึ่งกลุ่ม ห้ามเปลี่ยนหัวตาราง แถวแรกใต้หัวตารางเป็นตัวอย่าง โปรดแก้ไขหรือลบ",
        "คอลัมน์ที่ต้องกรอก: รหัส ชื่อเต็ม ชื่อย่อ",
        "รหัส: A–Z และ 0–9 ขึ้นต้นด้วยตัวอักษร 2 ถึง 16 ตัว เช่น DIR ระบบใช้จับคู่กับกลุ่มที่มีอยู่",
        "ประเภท: กลุ่ม หรือ หน่วย เว้นว่างได้",
        "ลำดับ: ตัวเลข เว้นว่างหมายถึงต่อท้าย",
        "ชื่ออื่น: ชื่อที่เคยใช้ หลายชื่อคั่นด้วยจุลภาค เว้นว่างได้",
        "วันจัดตั้ง: วัน/เดือน/ปี พ.ศ. เช่น 22/11/2560 เว้นว่างหมายถึงวันนี้สำหรับกลุ่มใหม่ และคงเดิมสำหรับกลุ่มที่มีอยู่",
        "กลุ่มที่มีรหัสตรงกับที่มีอยู่ ระบบจะแก้ไขตามไฟล์ ช่องที่เว้นว่างคงไว้ตามเดิม",
    ],
)


class RowNoLongerGood(Refusal):
    """A row that was good when it was judged, and is refused by the act: somebody changed the directory meanwhile."""

    kind = RefusalKind.CONFLICT


def check_directory_list(raw: bytes, kind: ListKind) -> None:
    """Raises TableRefused for a file that is no such list; says nothing about its rows."""
    read_list(raw, kind.columns)


def plan_directory_list(raw: bytes, kind: ListKind) -> ListPlan:
    """What taking in the file would do now; changes nothing. Raises TableRefused for a file that is no such list."""
    listed = read_list(raw, kind.columns)
    reader = kind.reader(listed.indices)
    for line in listed.body:
        reader.read(line)
    reader.finish()
    reader.plan.unknown_columns = listed.unknown_columns
    return reader.plan


def import_directory_list(raw: bytes, kind: ListKind, *, by: User) -> ListPlan:
    """Takes in the good rows, all or none; returns what was done. Raises TableRefused, RowNoLongerGood."""
    with act(by=by):
        kind.lock()
        plan = plan_directory_list(raw, kind)
        for new in plan.new:
            try:
                kind.add(new, by)
            except Refusal as refusal:
                raise _refused_row(new.line, refusal) from refusal
        for changed in plan.changed:
            try:
                kind.change(changed, by)
            except Refusal as refusal:
                raise _refused_row(changed.line, refusal) from refusal
        for link in plan.links:
            try:
                kind.link(link, by)
            except Refusal as refusal:
                raise _refused_row(link.line, refusal) from refusal
    return plan


def _refused_row(line: int, refusal: Refusal) -> RowNoLongerGood:
    return RowNoLongerGood(
        f"ยังไม่ได้นำเข้ารายการใด เพราะแถวที่ {line:,}: {refusal.message_th}"
    )


def directory_list_template(kind: ListKind) -> bytes:
    """The XLSX file to fill in: the head, an example, and how to fill it in on a second sheet."""
    head = list(kind.columns.headings.values())
    return write_table("รายการ", head, [kind.example], notes=kind.notes)
