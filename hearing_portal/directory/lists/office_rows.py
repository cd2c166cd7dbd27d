"""Judging the rows of a list of area offices."""

from typing import Any

from django.utils import timezone

from hearing_portal.spreadsheets import Line
from hearing_portal.thai.dates import be_date
from hearing_portal.thai.sentences import joined

from ..importing.people_rows import RowError, bare_form
from ..models import AreaOffice
from ..offices.names import kind_by_name
from ..offices.services import split_provinces
from .plans import ListPlan, NewRow, find_first_roles
from .tables import ListColumns, RowCells, refuse_later_beginning, refuse_repeated

OFFICE_COLUMNS = ListColumns(
    headings={
        "kind": "ประเภท",
        "name": "ชื่อเต็ม",
        "short_name": "ชื่อย่อ",
        "provinces": "จังหวัด",
        "area_no": "เลขเขต",
        "official_code": "รหัสหน่วยงาน",
        "valid_from": "วันจัดตั้ง",
    },
    needed=("name", "short_name", "provinces"),
    lengths={
        "kind": 60,
        "name": 200,
        "short_name": 100,
        "provinces": 200,
        "official_code": 20,
    },
)
_KINDS = {
    "สพป": AreaOffice.Kind.PRIMARY,
    "ประถมศึกษา": AreaOffice.Kind.PRIMARY,
    "primary": AreaOffice.Kind.PRIMARY,
    "สพม": AreaOffice.Kind.SECONDARY,
    "มัธยมศึกษา": AreaOffice.Kind.SECONDARY,
    "secondary": AreaOffice.Kind.SECONDARY,
}


class OfficeRowReader:
    """Judges row after row against the directory and the rows before it. Two queries, however many rows."""

    def __init__(self, indices: dict[str, int]) -> None:
        self.indices = indices
        self.plan = ListPlan()
        self.today = timezone.localdate()
        self.known: dict[
            str, AreaOffice
        ] = {}  # by bare name, short name and official code
        for office in AreaOffice.objects.all():
            for words in (office.name, office.short_name, office.official_code or ""):
                if words:
                    self.known[bare_form(words)] = office
        self.first_roles = find_first_roles("office")
        self.line_of: dict[
            str, int
        ] = {}  # of the rows before: in which line each name and code stood

    def read(self, line: Line) -> None:
        cells = RowCells(line, self.indices, OFFICE_COLUMNS)
        values = self._read_values(cells)
        known = None if cells.errors else self._find_known(cells, values)
        if known is not None and values["kind"] not in (None, known.kind):
            cells.add_error(
                "kind",
                f"{joined(known.short_name, 'เป็น', known.get_kind_display())} ประเภทของเขตเปลี่ยนภายหลังไม่ได้",
            )
        if known is not None:
            refuse_later_beginning(
                cells, values["valid_from"], self.first_roles.get(known.pk)
            )
        if cells.errors:
            self.plan.errors += cells.errors_in_order
        elif known is None:
            values["kind"] = (
                values["kind"]
                or kind_by_name(values["short_name"])
                or kind_by_name(values["name"])
            )
            values["official_code"] = values["official_code"] or None
            values["valid_from"] = values["valid_from"] or self.today
            if values["kind"] is None:
                self.plan.errors.append(
                    RowError(
                        line.number,
                        OFFICE_COLUMNS.headings["kind"],
                        "ช่องนี้ว่าง โปรดกรอก สพป. หรือ สพม.",
                    )
                )
                return
            self.plan.new.append(NewRow(line.number, values["short_name"], values))
        else:
            self.plan.add_known(line.number, known, values)

    def finish(self) -> None:
        """A row says nothing of others."""

    def _read_values(self, cells: RowCells) -> dict[str, Any]:
        values: dict[str, Any] = {
            name: cells.text(name) for name in ("name", "short_name", "official_code")
        }
        values["kind"] = cells.choice(
            "kind", _KINDS, "ไม่มีประเภท “{}” โปรดกรอก สพป. หรือ สพม."
        )
        values["provinces"] = split_provinces(cells.text("provinces"))
        if any(len(province) > 60 for province in values["provinces"]):
            cells.add_error(
                "provinces", "ชื่อจังหวัดยาวเกิน 60 ตัวอักษร หลายจังหวัดให้คั่นด้วยวรรคหรือจุลภาค"
            )
        values["area_no"] = cells.number("area_no", most=99)
        values["valid_from"] = cells.day("valid_from")
        for name in ("name", "short_name"):
            told = kind_by_name(values[name])
            if told and values["kind"] and told != values["kind"]:
                label = AreaOffice.Kind(values["kind"]).label
                cells.add_error(
                    name,
                    f"{joined('ชื่อนี้เป็นของ', told.label)} แต่ประเภทเป็น {label} โปรดแก้ให้ตรงกัน",
                )
        return values

    def _find_known(self, cells: RowCells, values: dict[str, Any]) -> AreaOffice | None:
        """The office of that code, name or short name; an error when they are of different ones."""
        found: dict[int, AreaOffice] = {}
        for name in ("official_code", "name", "short_name"):
            if not values[name]:
                continue
            form = bare_form(values[name])
            refuse_repeated(cells, name, form, self.line_of)
            office = self.known.get(form)
            if office is not None:
                found[office.pk] = office
        if len(found) > 1:
            names = " และ ".join(office.short_name for office in found.values())
            cells.add_error(
                "name",
                f"รหัสและชื่อในแถวนี้เป็นของต่างเขตกัน คือ {names} โปรดแก้ให้เป็นของเขตเดียว",
            )
            return None
        known = next(iter(found.values()), None)
        if known is not None and known.valid_until and known.valid_until < self.today:
            cells.add_error(
                "name",
                f"{joined(known.short_name, 'ยกเลิกเมื่อ')} {be_date(known.valid_until)} "
                "หากยังมีอยู่ โปรดแก้วันสิ้นสุดที่หน้าของเขตนั้นก่อน",
            )
        return known
