"""How much was said, along five ways of counting, as a workbook or as CSV files."""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from datetime import date

from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.kinds import JobRefused, Progress
from hearing_portal.jobs.models import Job, StoredFile
from hearing_portal.spreadsheets import XLSX_TYPE, csv_row, write_sheets
from hearing_portal.thai.dates import be_date_short
from manuals.models import EditionEntry

from ..citations import cite_in_section
from ..hearings.queries import find_hearing_by_key
from ..matrix.cells import OFFICE_KINDS
from ..models import Hearing
from .queries.counts import CountedVoices, count_voices

type Table = tuple[
    str, str, list[str], list[list[str | int]]
]  # file, sheet, head, rows
NO_OFFICE = "ไม่ได้พูดในนาม สพท."
COUNTED = [
    "ความคิดเห็น",
    "จำนวนเขต",
    "ความคิดเห็นของ สพป.",
    "ความคิดเห็นของ สพม.",
    "เห็นชอบ",
    "ไม่เห็นชอบ",
    "ผลอื่น",
    "ยังไม่ได้ข้อยุติ",
]
# {way: (name of its file, name of its sheet, head of what it is counted by)}
WAYS = {
    "kind": ("office-type", "ประเภท สพท.", ["ประเภท สพท."]),
    "province": (
        "province",
        "จังหวัด",
        ["จังหวัด (สพท. หลายจังหวัดนับทุกจังหวัด)"],
    ),
    "group": ("group", "กลุ่มงาน", ["กลุ่มงาน"]),
    "clause": ("clause", "ข้อ", ["กลุ่มงาน", "ข้อ", "ฉบับ"]),
    "day": ("day", "วัน", ["วันที่", "วันที่ (ค.ศ.)"]),
}


def load_statistics(hearing: Hearing) -> list[Table]:
    """Two queries for the clauses, one for each of the other ways."""
    tables: list[Table] = []
    for way, (file, sheet, head) in WAYS.items():
        counted = count_voices(hearing, way)
        names = _name_rows(way, counted)
        rows: list[list[str | int]] = []
        for each, name in zip(counted, names, strict=True):
            rows.append([*name, *each[1:]])
        tables.append((file, sheet, [*head, *COUNTED], rows))
    return tables


def _name_rows(way: str, counted: Sequence[CountedVoices]) -> Iterable[list[str]]:
    match way:
        case "kind":
            return [[OFFICE_KINDS.get(each.name, NO_OFFICE)] for each in counted]
        case "day":
            return [
                [be_date_short(date.fromisoformat(each.name)), each.name]
                for each in counted
            ]
        case "clause":
            entries = EditionEntry.objects.select_related(
                "manual__work_group", "section", "blob", "edition"
            ).in_bulk([int(each.name) for each in counted])
            return [_name_entry(entries[int(each.name)]) for each in counted]
    return [[each.name] for each in counted]


def _name_entry(entry: EditionEntry) -> list[str]:
    group = entry.manual.work_group
    owner = group.name if group is not None else entry.manual.title
    return [owner, cite_in_section(entry), entry.edition.code]


def write_statistics_csv(tables: Iterable[Table]) -> bytes:
    """A ZIP of CSV files in UTF-8, as Excel opens them."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file, _, head, rows in tables:
            text = io.StringIO()
            writer = csv.writer(text)
            writer.writerow(head)
            writer.writerows(csv_row(row) for row in rows)
            archive.writestr(f"{file}.csv", f"\ufeff{text.getvalue()}")
    return packed.getvalue()


def run_statistics_job(job: Job, progress: Progress) -> StoredFile:
    hearing = find_hearing_by_key(job.params["hearing"])
    if hearing is None:
        raise JobRefused("ยังไม่มีประชาพิจารณ์ จึงยังไม่มีสถิติ")
    progress(0, 1)
    tables = load_statistics(hearing)
    name = f"สถิติความคิดเห็น {hearing.key}"
    if job.params["format"] == "csv":
        packed = write_statistics_csv(tables)
        return store_file(packed, media_type="application/zip", name=f"{name}.zip")
    sheets = [(sheet, head, rows) for _, sheet, head, rows in tables]
    return store_file(write_sheets(sheets), media_type=XLSX_TYPE, name=f"{name}.xlsx")
