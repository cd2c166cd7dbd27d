"""แบบแสดงความคิดเห็น as a spreadsheet: a row for each clause with the columns of the paper form, filled in by an office
and taken in again."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from hearing_portal.spreadsheets import SheetColumn, write_long_table
from hearing_portal.thai.numbering import Digits, display_digits
from hearing_portal.zip_files import BROKEN_ZIP
from manuals.comparing.sides import Side
from manuals.content import Content, Step, Table
from manuals.entries import EntryView
from manuals.models import Edition
from manuals.reading.names import read_names_in
from manuals.word_export.document import clause_words, told_fields
from manuals.word_export.sources import WordSource, load_word_source

from .comment_form import COLUMNS, FORM, TITLE
from .sheet_rows import ABOUT_ALL

CODE = "รหัสข้อ (ห้ามแก้ไข)"
SECTION, CITE, WORDS = "กระบวนงาน", "ข้อ", "ถ้อยคำ"
FILLED_IN = tuple(name for name, _ in COLUMNS)  # type, comment, proposal, reason


def write_comment_sheet(
    edition: Edition, *, group: str = "", process: str = "", digits: Digits = "thai"
) -> bytes:
    """Of a group (its key), a process (its uuid), or all. Raises NothingToExport."""
    source = load_word_source(Side(edition), group, process)
    kind, comment, proposal, reason = FILLED_IN
    columns = [
        SheetColumn(CODE, is_hidden=True),
        SheetColumn(SECTION, 24),
        SheetColumn(CITE, 10),
        SheetColumn(WORDS, 50),
        SheetColumn(kind, 12, choices=tuple(FORM.choices), is_filled_in=True),
        SheetColumn(comment, 44, is_filled_in=True),
        SheetColumn(proposal, 44, is_filled_in=True),
        SheetColumn(reason, 30, is_filled_in=True),
    ]
    notes = [TITLE, source.title, *FORM.help_texts]
    with TemporaryDirectory() as folder:
        path = Path(folder) / "form.xlsx"
        write_long_table(path, TITLE, columns, _rows(source, digits), notes=notes)
        return path.read_bytes()


def _rows(source: WordSource, digits: Digits) -> Iterator[list[str]]:
    """A row for each manual and process as a whole, and one for each clause."""
    section = ""
    for entry in source.entries:
        cite = ""
        words = ABOUT_ALL
        if entry.content is None:
            section = display_digits(f"{entry.label} {entry.title}".strip(), digits)
        else:
            cite = display_digits(entry.cite, digits)
            words = display_digits(_words_of(entry.content, entry, source), digits)
        yield [str(entry.uuid), section, cite, words, "", "", "", ""]


def _words_of(content: Content, entry: EntryView, source: WordSource) -> str:
    targets = read_names_in(source.names, entry.section_id)
    cited = {uuid: target.text for uuid, target in targets.items()}
    if isinstance(content, Step | Table):
        told = [clause_words(content, cited).text]
        told += [text for name, text in told_fields(content, cited) if name != "text"]
        return "\n".join(filter(None, told))
    return clause_words(content, cited).text


def is_comment_sheet(raw: bytes) -> bool:
    """Whether the bytes are a spreadsheet, by what is in them."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            return "xl/workbook.xml" in packed.namelist()
    except BROKEN_ZIP:
        return False
