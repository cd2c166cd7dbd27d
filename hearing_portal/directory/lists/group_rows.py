"""Judging the rows of a list of work groups."""

from typing import Any

from django.utils import timezone

from hearing_portal.spreadsheets import Line
from hearing_portal.thai.dates import be_date
from hearing_portal.thai.sentences import joined

from ..groups.forms import KEY, split_aliases
from ..groups.services import RESERVED_KEYS, next_order
from ..importing.people_rows import bare_form
from ..models import WorkGroup
from .plans import ListPlan, NewRow, find_first_roles
from .tables import ListColumns, RowCells, refuse_later_beginning, refuse_repeated

GROUP_COLUMNS = ListColumns(
    headings={
        "key": "รหัส",
        "name": "ชื่อเต็ม",
        "short_name": "ชื่อย่อ",
        "kind": "ประเภท",
        "order": "ลำดับ",
        "aliases": "ชื่ออื่น",
        "valid_from": "วันจัดตั้ง",
    },
    needed=("key", "name", "short_name"),
    lengths={"key": 60, "name": 200, "short_name": 60, "kind": 60, "aliases": 600},
)
_KINDS = {
    "กลุ่ม": WorkGroup.Kind.GROUP,
    "group": WorkGroup.Kind.GROUP,
    "หน่วย": WorkGroup.Kind.UNIT,
    "unit": WorkGroup.Kind.UNIT,
}


class GroupRowReader:
    """Judges row after row against the directory and the rows before it. Three queries, however many rows."""

    def __init__(self, indices: dict[str, int]) -> None:
        self.indices = indices
        self.plan = ListPlan()
        self.today = timezone.localdate()
        self.known = {group.key: group for group in WorkGroup.objects.all()}
        self.next_order = next_order()
        self.first_roles = find_first_roles("work_group")
        self.line_of: dict[
            str, int
        ] = {}  # of the rows before: in which line each key and name stood

    def read(self, line: Line) -> None:
        cells = RowCells(line, self.indices, GROUP_COLUMNS)
        values = self._read_values(cells)
        known = self.known.get(values["key"])
        if known is not None and known.valid_until and known.valid_until < self.today:
            cells.add_error(
                "key",
                f"{joined(known.name, 'ยกเลิกเมื่อ')} {be_date(known.valid_until)} หากยังมีอยู่ โปรดแก้วันสิ้นสุดที่หน้าของกลุ่มก่อน",
            )
        if known is not None:
            refuse_later_beginning(
                cells, values["valid_from"], self.first_roles.get(known.pk)
            )
        self._refuse_namesakes(cells, values, known)
        if cells.errors:
            self.plan.errors += cells.errors_in_order
        elif known is None:
            if values["order"] is None:
                values["order"] = self.next_order
            self.next_order = max(self.next_order, values["order"] + 1)
            if values["kind"] is None and values["name"].startswith("หน่วย"):
                values["kind"] = WorkGroup.Kind.UNIT
            elif values["kind"] is None:
                values["kind"] = WorkGroup.Kind.GROUP
            values["valid_from"] = values["valid_from"] or self.today
            self.plan.new.append(NewRow(line.number, values["name"], values))
        else:
            self.plan.add_known(line.number, known, values)

    def finish(self) -> None:
        """A row says nothing of others."""

    def _read_values(self, cells: RowCells) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name in ("name", "short_name"):
            values[name] = cells.text(name)
        key = values["key"] = cells.text("key").upper()
        if key and not KEY.fullmatch(key):
            cells.add_error(
                "key",
                f"รหัส “{key[:20]}” ใช้ไม่ได้ โปรดใช้ A–Z และ 0–9 ขึ้นต้นด้วยตัวอักษร 2 ถึง 16 ตัว เช่น DIR",
            )
        elif key in RESERVED_KEYS:
            cells.add_error("key", f"รหัส {key} ใช้กับคำนำของเล่มแล้ว โปรดใช้รหัสอื่น")
        values["kind"] = cells.choice(
            "kind", _KINDS, "ไม่มีประเภท “{}” โปรดกรอก กลุ่ม หรือ หน่วย หรือเว้นว่าง"
        )
        values["order"] = cells.number("order", most=999)
        values["aliases"] = split_aliases(cells.text("aliases"))
        if any(len(alias) > 200 for alias in values["aliases"]):
            cells.add_error(
                "aliases", "ชื่ออื่นแต่ละชื่อยาวได้ไม่เกิน 200 ตัวอักษร หลายชื่อให้คั่นด้วยจุลภาค"
            )
        values["valid_from"] = cells.day("valid_from")
        return values

    def _refuse_namesakes(
        self, cells: RowCells, values: dict[str, Any], known: WorkGroup | None
    ) -> None:
        """Neither two rows nor a row and another group of today may have one name."""
        for name in ("key", "name", "short_name"):
            if not values[name]:
                continue
            form = bare_form(values[name])
            if refuse_repeated(cells, name, form, self.line_of) or name == "key":
                continue
            heading = GROUP_COLUMNS.headings[name]
            for group in self.known.values():
                is_same_name = bare_form(getattr(group, name)) == form
                if group is not known and group.valid_until is None and is_same_name:
                    cells.add_error(
                        name,
                        f"กลุ่มงานรหัส {group.key} ใช้{heading}นี้แล้ว โปรดใช้รหัสเดียวกัน หรือใช้ชื่ออื่น",
                    )
