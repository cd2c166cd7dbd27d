"""Judging the rows of a list of laws."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db.models import Max, Min
from django.utils import timezone

from hearing_portal.directory.importing.people_rows import bare_form
from hearing_portal.directory.lists.plans import ListPlan, NewRow
from hearing_portal.directory.lists.tables import ListColumns, RowCells, refuse_repeated
from hearing_portal.spreadsheets import Line
from hearing_portal.thai.dates import be_date, be_year
from hearing_portal.thai.numbering import TO_ARABIC_DIGITS

from ..models import LegalSource
from .field_words import SOURCE_WORDS, SUCCESSION_WORDS
from .listed_successions import ListedLaw, ListedSuccessions

Status = LegalSource.Status
LAW_COLUMNS = ListColumns(
    headings=SOURCE_WORDS | SUCCESSION_WORDS,
    needed=("full_title", "short_title", "year_be", "kind"),
    lengths={
        "full_title": 400,
        "short_title": 120,
        "year_be": 20,
        "kind": 40,
        "status": 60,
        "url": 200,
        "note": 2_000,
        "replaced_by": 2_000,
        "amended_by": 2_000,
    },
)
EARLIEST_YEAR = 2400
YEAR_DIGITS = 4
_STATUSES = {
    "ใช้บังคับ": Status.IN_FORCE,
    "in_force": Status.IN_FORCE,
    "มีฉบับแก้ไข": Status.AMENDED,
    "ใช้บังคับ (มีฉบับแก้ไข)": Status.AMENDED,
    "amended": Status.AMENDED,
    "ยกเลิกแล้ว": Status.REPEALED,
    "ยกเลิก": Status.REPEALED,
    "repealed": Status.REPEALED,
}


class LawRowReader:
    """Judges row after row against the registry and the other rows. Two queries, however many rows."""

    def __init__(self, indices: dict[str, int]) -> None:
        self.indices = indices
        self.plan = ListPlan()
        self.latest_year = be_year(timezone.localdate()) + 1
        self.statuses = {
            bare_form(words): status for words, status in _STATUSES.items()
        }
        self.known: dict[str, LegalSource] = {}  # by bare full and short title
        self.years: dict[
            int, tuple[int | None, int | None]
        ] = {}  # of what a law succeeds, and of what succeeds it
        sources = LegalSource.objects.annotate(
            earlier=Max("precedents__from_source__year_be"),
            later=Min("successions__to_source__year_be"),
        )
        for source in sources.order_by("pk"):
            self.years[source.pk] = (source.earlier, source.later)
            self.known[bare_form(source.full_title)] = source
            self.known[bare_form(source.short_title)] = source
        self.line_of: dict[
            str, int
        ] = {}  # of the rows before: in which line each title stood
        self.rows: list[
            tuple[ListedLaw, dict[str, Any]]
        ] = []  # what they say, to be planned when all are read

    def read(self, line: Line) -> None:
        cells = RowCells(line, self.indices, LAW_COLUMNS)
        values: dict[str, Any] = {
            "full_title": cells.text("full_title"),
            "short_title": cells.text("short_title"),
            "kind": cells.text("kind"),
            "note": cells.text("note"),
            "year_be": self._read_year(cells),
            "status": cells.choice(
                "status",
                self.statuses,
                "ไม่พบสถานะ “{}” โปรดกรอก ใช้บังคับ มีฉบับแก้ไข หรือ ยกเลิกแล้ว",
            ),
            "in_force_from": cells.day("in_force_from"),
            "until": cells.day("until"),
            "url": _read_url(cells),
        }
        known = self._find_known(cells, values)
        self._refuse_days(cells, values, known)
        if known is not None:
            self._refuse_year(cells, values["year_be"], known)
        status = values["status"] or (
            Status(known.status) if known is not None else Status.IN_FORCE
        )
        law = ListedLaw(
            cells,
            known,
            full_title=values["full_title"],
            short_title=values["short_title"],
            year_be=values["year_be"],
            status=status,
            successions={name: cells.text(name) for name in SUCCESSION_WORDS},
        )
        self.rows.append((law, values))

    def finish(self) -> None:
        """What the rows say of each other comes last: a row may name one below it."""
        successions = ListedSuccessions([law for law, _ in self.rows], self.known)
        self.plan.links = successions.judge()
        for law, values in self.rows:
            line = law.cells.line.number
            if law.cells.errors:
                self.plan.errors += law.cells.errors_in_order
            elif law.known is None:
                values["status"] = values["status"] or Status.IN_FORCE
                self.plan.new.append(NewRow(line, values["short_title"], values))
            else:
                self.plan.add_known(line, law.known, values)

    def _read_year(self, cells: RowCells) -> int | None:
        typed = (
            cells.text("year_be")
            .removeprefix("พ.ศ.")
            .strip()
            .translate(TO_ARABIC_DIGITS)
        )
        if not typed:
            return None
        is_number = typed.isascii() and typed.isdigit() and len(typed) == YEAR_DIGITS
        if is_number:
            year = int(typed)
            if EARLIEST_YEAR <= year <= self.latest_year:
                return year
        cells.add_error(
            "year_be", f"โปรดกรอกปี พ.ศ. ระหว่าง {EARLIEST_YEAR} ถึง {self.latest_year}"
        )
        return None

    def _find_known(
        self, cells: RowCells, values: dict[str, Any]
    ) -> LegalSource | None:
        """The law of either title; an error when they are of different ones."""
        found: dict[int, LegalSource] = {}
        for name in ("full_title", "short_title"):
            if not values[name]:
                continue
            form = bare_form(values[name])
            refuse_repeated(cells, name, form, self.line_of)
            source = self.known.get(form)
            if source is not None:
                found[source.pk] = source
        if len(found) > 1:
            names = " และ ".join(f"“{source.short_title}”" for source in found.values())
            cells.add_error(
                "full_title",
                f"ชื่อเต็มและชื่อย่อเป็นของต่างฉบับกัน คือ {names} โปรดแก้ให้เป็นของฉบับเดียว",
            )
            return None
        for source in found.values():
            return source
        return None

    def _refuse_days(
        self, cells: RowCells, values: dict[str, Any], known: LegalSource | None
    ) -> None:
        """An empty cell leaves the day that stands there."""
        begins = values["in_force_from"]
        ends = values["until"]
        if known is not None:
            begins = begins or known.in_force_from
            ends = ends or known.until
        if begins is not None and ends is not None and ends < begins:
            cells.add_error(
                "until", f"วันที่ใช้บังคับคือ {be_date(begins)} วันที่สิ้นผลต้องไม่ก่อนวันนั้น"
            )

    def _refuse_year(
        self, cells: RowCells, year: int | None, known: LegalSource
    ) -> None:
        if year is None:
            return
        earlier, later = self.years[known.pk]
        if later is not None and later < year:
            cells.add_error(
                "year_be", f"ฉบับที่แก้ไขหรือใช้แทนออกในปี {later} ปีของฉบับนี้ต้องไม่หลังปีนั้น"
            )
        if earlier is not None and earlier > year:
            cells.add_error(
                "year_be", f"ฉบับนี้แก้ไขหรือใช้แทนฉบับปี {earlier} ปีของฉบับนี้ต้องไม่ก่อนปีนั้น"
            )


def _read_url(cells: RowCells) -> str:
    typed = cells.text("url")
    if not typed:
        return ""
    if "://" not in typed:
        typed = f"https://{typed}"
    try:
        URLValidator(schemes=["http", "https"])(typed)
    except ValidationError:
        cells.add_error("url", "ที่อยู่เว็บไม่ถูกต้อง เช่น https://ratchakitcha.soc.go.th/…")
        return ""
    return typed
