"""The matrix as the official table, for Word and PDF: what the page shows under its filters."""

from collections import Counter
from typing import NamedTuple

from hearing_portal.jobs.kinds import Progress
from hearing_portal.thai.numbering import Digits, display_digits
from manuals.word.blocks import WordDocument
from manuals.word.writing import write_word_file

from ..conclusions.queries.provisional import PROVISIONAL, tell_provisional
from ..matrix.cells import (
    WITHHELD,
    Cells,
    MatrixReader,
    matrix_cells,
    tell_reviewed,
    tell_unsettled,
)
from ..matrix.queries.rows import MatrixScope, find_matrix_ids, stream_matrix
from ..models import Hearing
from ..results import UNDER_REVIEW_WORDS
from .layouts.writer import Column, PaperWriter
from .making import in_parts, pack_parts
from .values.plain import NOBODY, Row, digits_of_row, today_words

TITLE = "ตารางสรุปความคิดเห็นและผลการพิจารณา"
UNDECIDED = "ยังไม่พิจารณา"
# The form of the offices: who said it stands with what they said
OFFICIAL_COLUMNS: list[Column] = [
    ("ที่", 9, "no"),
    ("ข้อ", 26, "clause"),
    ("ข้อความเดิม", 38, "wording"),
    ("ข้อความที่เสนอ", 38, "proposed"),
    ("เหตุผล", 42, "text"),
    ("ผลการพิจารณา", 22, "outcome"),
    ("เหตุผล", 36, "reason"),
]


class OfficialTable(NamedTuple):
    """`mark` says that it is provisional, "" once nothing of it is."""

    rows: list[Row]
    mark: str


def matrix_as_word(
    scope: MatrixScope,
    reader: MatrixReader,
    about: str,
    digits: Digits,
    progress: Progress,
) -> bytes:
    """One table, however long."""
    table = _load_rows(scope, reader, digits, progress)
    return write_word_file(_lay_out(table.rows, table.mark, about, digits), digits)


def matrix_as_pdf(
    scope: MatrixScope,
    reader: MatrixReader,
    about: str,
    digits: Digits,
    progress: Progress,
) -> tuple[bytes, bool]:
    """(bytes, whether they are a ZIP of several parts)."""
    # Inside: a web process never needs the printing libraries
    from manuals.pdf.papers import print_paper

    table = _load_rows(scope, reader, digits, progress)
    parts = in_parts(table.rows)
    printed = []
    for number, rows in enumerate(parts, start=1):
        part = f"ส่วนที่ {number} จาก {len(parts)}" if len(parts) > 1 else ""
        about_part = f"{about} {part}".strip()
        document = _lay_out(rows, table.mark, about_part, digits)
        printed.append(print_paper(document, digits))
    if len(printed) == 1:
        return printed[0], False
    return pack_parts(TITLE, printed), True


def _load_rows(
    scope: MatrixScope, reader: MatrixReader, digits: Digits, progress: Progress
) -> OfficialTable:
    ids = find_matrix_ids(scope)
    rows = []
    marks: Counter[str] = Counter()
    for number, facts in enumerate(stream_matrix(ids, reader.user), start=1):
        if number % 100 == 1:
            progress(number, len(ids))
        cells = matrix_cells(facts, NOBODY)
        mark = tell_unsettled(facts) if facts.disposition is not None else UNDECIDED
        marks[mark] += 1
        row = _official_row(number, cells, tell_unsettled(facts), digits)
        rows.append(digits_of_row(row, digits))
    hearing = Hearing.objects.filter(pk=scope.hearing or 0).first()
    reviewed = marks[UNDER_REVIEW_WORDS]
    unanswered = marks.total() - marks[""] - reviewed
    told = tell_provisional(hearing, unanswered=unanswered, reviewed=reviewed)
    return OfficialTable(rows, display_digits(told, digits))


def _official_row(number: int, cells: Cells, mark: str, digits: Digits) -> Row:
    """Where the words are not for everybody, what moderation says of them stands in their place: the table is handed
    on. What is said of the quoted words is in the digits of the paper already. `mark` says of an outcome that it may
    still be another one."""
    outcome, reason = cells["outcome"] or UNDECIDED, cells["reason"]
    if mark == UNDER_REVIEW_WORDS:
        outcome, reason = mark, tell_reviewed(cells)
    elif mark:
        outcome = f"{outcome}\n({mark})"
    is_withheld = cells["text"] == WITHHELD
    words = cells["visibility"] if is_withheld else cells["text"]
    told = [f"({cells['office']})"]
    if cells["argument"]:
        told.append(f"เรื่องเดียวกัน {cells['argument']}")
    said = [words, *[display_digits(each, digits) for each in told]]
    return {
        "no": str(number),
        "clause": f"{cells['process']} {cells['clause']}".strip(),
        "wording": cells["wording"],
        "proposed": cells["proposed"],
        "text": "\n".join(said),
        "outcome": outcome,
        "reason": reason,
    }


def _lay_out(rows: list[Row], mark: str, about: str, digits: Digits) -> WordDocument:
    paper = PaperWriter({"rows": rows}, digits=digits)
    if mark:
        paper.line(mark)
    paper.title(TITLE)
    paper.line(about)
    paper.line(f"ในตารางนี้ {len(rows):,} ความคิดเห็น จัดทำเมื่อ {today_words()}")
    paper.wide_table(TITLE, "rows", OFFICIAL_COLUMNS)
    return WordDocument(
        TITLE, paper.blocks, f"{TITLE} {PROVISIONAL}" if mark else TITLE
    )
