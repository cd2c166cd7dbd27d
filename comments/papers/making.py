"""A paper from what it is about: values, then the office's form or the portal's layout, then the bytes of a file."""

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from hearing_portal.jobs.files import open_stored_file
from hearing_portal.thai.numbering import Digits, display_digits
from manuals.models import Edition
from manuals.word.blocks import WordDocument
from manuals.word.writing import write_word_file

from ..conclusions.queries.provisional import PROVISIONAL
from ..models import Hearing, HearingSession
from .filling import fill_form
from .form_checking import is_same_paper
from .kinds import (
    ANNOUNCEMENT,
    CONSIDERED,
    GROUP_SUMMARY,
    LETTER,
    MINUTES,
    REGISTER,
    PaperKind,
)
from .layouts.papers import LAYOUTS
from .layouts.writer import PaperWriter
from .queries.forms import find_form_file
from .refusals import FormRefused, PaperRefused
from .values.announcing import (
    ANNOUNCEMENT_FIELDS,
    ANNOUNCEMENT_LISTS,
    announcement_values,
)
from .values.comments import (
    GROUP_FIELDS,
    GROUP_LISTS,
    LETTER_FIELDS,
    LETTER_LISTS,
    group_values,
    letter_values,
)
from .values.considered import (
    CONSIDERED_FIELDS,
    CONSIDERED_LISTS,
    considered_values,
)
from .values.people import REGISTER_FIELDS, REGISTER_LISTS, register_values
from .values.plain import PROVISIONAL_FIELD, Values, digits_of
from .values.report import FIELDS, LISTS, report_values
from .values.sessions import MINUTES_FIELDS, MINUTES_LISTS, minutes_values

type Told = Callable[[int, int | None], None]  # called with (done, total)
type Names = dict[str, str]
MOST_PRINTED = 1000  # rows of one PDF: half a minute, and 500 MB
LETTERS_AT_ONCE = 20
NO_FIELDS = (
    "แบบนี้ไม่มีช่องข้อมูล เอกสารที่จัดทำจะเหมือนกันทุกฉบับ โปรดใส่ช่องข้อมูลอย่างน้อยหนึ่งช่องตามรายการในหน้านี้ "
    "หรือเริ่มจากแบบตั้งต้นที่มีช่องข้อมูลครบ แล้วส่งแบบใหม่"
)

# {kind: what its values are called, and the values of each of its lists}
FIELDS_OF: dict[str, tuple[Names, dict[str, Names]]] = {
    "report": (FIELDS, LISTS),
    GROUP_SUMMARY.key: (GROUP_FIELDS, GROUP_LISTS),
    LETTER.key: (LETTER_FIELDS, LETTER_LISTS),
    MINUTES.key: (MINUTES_FIELDS, MINUTES_LISTS),
    CONSIDERED.key: (CONSIDERED_FIELDS, CONSIDERED_LISTS),
    REGISTER.key: (REGISTER_FIELDS, REGISTER_LISTS),
    ANNOUNCEMENT.key: (ANNOUNCEMENT_FIELDS, ANNOUNCEMENT_LISTS),
}


@dataclass(frozen=True, slots=True)
class PaperSubject:
    """What a paper is about: the hearing, and of it what its kind asks for."""

    hearing: Hearing | None = None
    group: WorkGroup | None = None
    office: AreaOffice | None = None
    session: HearingSession | None = None
    edition: Edition | None = None
    day: date | None = None  # None: all of them
    reader: User | None = None  # who asks for it


def load_values(kind: PaperKind, subject: PaperSubject) -> Values:
    """Raises PaperRefused where what it is about was not chosen."""
    hearing = subject.hearing
    if kind == ANNOUNCEMENT and subject.edition is not None:
        return announcement_values(subject.edition)
    if kind == MINUTES and subject.session is not None:
        return minutes_values(subject.session)
    if hearing is None:
        raise PaperRefused("ยังไม่มีประชาพิจารณ์ จึงยังไม่มีข้อมูลสำหรับเอกสารนี้")
    if kind == GROUP_SUMMARY and subject.group is not None:
        return group_values(hearing, subject.group)
    if kind == LETTER and subject.office is not None:
        return letter_values(hearing, subject.office)
    if kind == CONSIDERED:
        return considered_values(hearing, subject.day, subject.reader)
    if kind == REGISTER:
        return register_values(hearing)
    if kind.about == "hearing":
        return report_values(hearing)
    raise PaperRefused("โปรดเลือกว่าเอกสารนี้เป็นของเรื่องใด")


def make_word(kind: PaperKind, papers: Sequence[Values], digits: Digits) -> list[bytes]:
    """Raises FormRefused where the office's own form cannot be filled, FileLost where it is lost."""
    shown = [digits_of(values, digits) for values in papers]
    form = find_form_file(kind.key)
    if form is not None:
        with open_stored_file(form) as opened:
            return fill_form(opened.read(), shown, head=PROVISIONAL_FIELD)
    return [
        write_word_file(lay_out_paper(kind, values, digits), digits) for values in shown
    ]


def make_pdf(
    kind: PaperKind, values: Values, digits: Digits, *, most: int = MOST_PRINTED
) -> list[bytes]:
    """By the portal's own layout: one, or several parts of a paper whose longest list has more than `most` rows. Each
    part says at its foot which one it is, and begins as the whole paper does."""
    # Inside: a web process never needs the printing libraries
    from manuals.pdf.papers import print_paper

    shown = digits_of(values, digits)
    lists = {name: each for name, each in shown.items() if isinstance(each, list)}
    longest = max(lists, key=lambda name: len(lists[name]), default="")
    parts = in_parts(lists.get(longest, []), most)
    printed = []
    for number, rows in enumerate(parts, start=1):
        of_part: Values = {**shown, longest: rows} if longest else shown
        document = lay_out_paper(kind, of_part, digits)
        if len(parts) > 1:
            foot = f"{document.foot} ส่วนที่ {number} จาก {len(parts)}"
            document = replace(document, foot=display_digits(foot, digits))
        printed.append(print_paper(document, digits))
    return printed


def in_parts[Item](rows: list[Item], most: int = MOST_PRINTED) -> list[list[Item]]:
    """At least one, each with at most so many."""
    starts = range(0, max(len(rows), 1), most)
    return [rows[start : start + most] for start in starts]


def pack_parts(title: str, printed: Sequence[bytes]) -> bytes:
    """A ZIP with the parts in their order."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, content in enumerate(printed, start=1):
            archive.writestr(f"{title} ส่วนที่ {number}.pdf", content)
    return packed.getvalue()


def lay_out_paper(kind: PaperKind, values: Values, digits: Digits) -> WordDocument:
    """`values` are in these digits already; so are the words of the layout then."""
    paper = PaperWriter(values, digits=digits)
    foot = kind.title
    if values.get(PROVISIONAL_FIELD):
        paper.line(paper.value(PROVISIONAL_FIELD))
        foot = f"{foot} {PROVISIONAL}"
    LAYOUTS[kind.key](paper)
    return WordDocument(kind.title, paper.blocks, foot)


def make_sample_form(kind: PaperKind) -> bytes:
    """The portal's own form with the names of all values in their places, to begin an own one with."""
    fields, lists = FIELDS_OF[kind.key]
    values: Values = {name: name for name in fields}
    for name, columns in lists.items():
        values[name] = [dict.fromkeys(columns, "")]
    paper = PaperWriter(values, is_form=True)
    if PROVISIONAL_FIELD in fields:
        paper.line(paper.value(PROVISIONAL_FIELD))
    LAYOUTS[kind.key](paper)
    return write_word_file(WordDocument(kind.title, paper.blocks, kind.title))


def try_form(kind: PaperKind, raw: bytes) -> bytes:
    """The form filled with the meaning of each value. Raises FormRefused, also where it says the same with whatever
    values."""
    fields, lists = FIELDS_OF[kind.key]
    values: Values = dict(fields)
    others: Values = dict.fromkeys(fields, "…")
    for name, columns in lists.items():
        values[name] = [dict(columns)]
        others[name] = [dict.fromkeys(columns, "…")] * 2
    filled, filled_otherwise = fill_form(raw, [values, others])
    if is_same_paper(filled, filled_otherwise):
        raise FormRefused(NO_FIELDS)
    return filled


def make_letters(
    hearing: Hearing, offices: Sequence[AreaOffice], digits: Digits, progress: Told
) -> bytes:
    """A ZIP with a letter to each, named by the office."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for start in range(0, len(offices), LETTERS_AT_ONCE):
            progress(start, len(offices))
            some = offices[start : start + LETTERS_AT_ONCE]
            papers = [letter_values(hearing, office) for office in some]
            files = make_word(LETTER, papers, digits)
            for office, content in zip(some, files, strict=True):
                archive.writestr(f"{name_letter(office)}.docx", content)
    progress(len(offices), len(offices))
    return packed.getvalue()


def name_letter(office: AreaOffice) -> str:
    """A slash would begin a folder."""
    return f"หนังสือแจ้งผล {office.short_name}".replace("/", "-").replace("\\", "-")
