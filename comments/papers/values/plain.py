"""What the values of all papers share: plain text, numbers in words that can be read aloud, nothing that leads to rows.

Values are what a form may have: text, and lists of {name: text}. No form ever holds an object of the portal.
"""

from collections.abc import Iterable, Mapping, Sequence

from django.conf import settings
from django.utils.timezone import localdate

from hearing_portal.thai.dates import be_date
from hearing_portal.thai.numbering import Digits, display_digits

from ...commenting.queries.arguments import find_published_differences
from ...conclusions.queries.provisional import tell_provisional
from ...matrix.cells import (
    MatrixReader,
    matrix_cells,
    tell_final_words,
    tell_reviewed,
    tell_unsettled,
)
from ...matrix.queries.rows import MatrixFacts
from ...models import Disposition, Hearing
from ...results import UNDER_REVIEW_WORDS

type Row = dict[str, str]
type Values = dict[str, str | list[Row]]

CONSIDERING = "อยู่ระหว่างพิจารณา"
UNSETTLED = frozenset({CONSIDERING, UNDER_REVIEW_WORDS})
# Of a comment: what its author wrote, quoted letter by letter whatever digits the paper has
QUOTED = frozenset({"text", "proposed"})
TO_FILL_IN = "……………………………………"
NOBODY = MatrixReader()  # a paper goes to everybody: no hidden or held words
OUTCOMES_SHOWN = tuple(
    outcome
    for outcome in Disposition.Outcome
    if outcome != Disposition.Outcome.WITHDRAWN
)
# {name: what a form's author is told of it}
FIELDS_OF_HEARING = {
    "hearing": "ชื่อการประชาพิจารณ์",
    "days": "วันที่จัด",
    "venue": "สถานที่",
    "organiser": "ผู้จัด",
    "chairperson": "ประธาน",
    "today": "วันที่จัดทำเอกสาร",
    "portal": "ที่อยู่เว็บของระบบ",
}
# Of a paper that tells of results. It stands at the head of an office's own form too where that does not have it
PROVISIONAL_FIELD = "provisional"
FIELDS_OF_RESULTS = {
    **FIELDS_OF_HEARING,
    PROVISIONAL_FIELD: "ข้อความว่าเป็นฉบับชั่วคราวและสิ่งที่ยังไม่ได้ข้อยุติ ว่างเมื่อได้ข้อยุติและเผยแพร่ฉบับสมบูรณ์แล้ว",
}


def today_words() -> str:
    return be_date(localdate())


def hearing_values(hearing: Hearing) -> Row:
    """What every paper of a hearing may say of it."""
    return {
        "hearing": hearing.title,
        "days": hearing.days,
        "venue": hearing.venue or TO_FILL_IN,
        "organiser": hearing.organiser or TO_FILL_IN,
        "chairperson": hearing.chairperson or TO_FILL_IN,
        "today": today_words(),
        "portal": settings.PORTAL_URL,
    }


def values_of_results(hearing: Hearing, *, unanswered: int, reviewed: int) -> Row:
    """What every paper of its results says of a hearing. One query."""
    mark = tell_provisional(hearing, unanswered=unanswered, reviewed=reviewed)
    return {**hearing_values(hearing), PROVISIONAL_FIELD: mark}


def comment_values(row: MatrixFacts) -> Row:
    """A comment with its result, as far as it is published; the office stands for who said it. While a review is asked
    for there is no result: the answer that it is asked of stands in the place of the reason."""
    cells = matrix_cells(row, NOBODY)
    disposition = row.disposition
    is_told = disposition is not None and (
        disposition.publication_id is not None
        or disposition.outcome == Disposition.Outcome.WITHDRAWN
    )
    values = {
        "number": cells["number"],
        "office": cells["office"],
        "office_kind": cells["office_kind"],
        "group": cells["group"],
        "process": cells["process"],
        "place": f"{cells['group']} {cells['process']}".strip(),
        "clause": cells["clause"],
        "wording": cells["wording"],
        "type": cells["type"],
        "issue": cells["issue"],
        "text": cells["text"],
        "proposed": cells["proposed"],
        "primary": cells["primary"],
        "secondary": cells["secondary"],
        "outcome": CONSIDERING,
        "reason": "",
        "final_words": "",
    }
    if tell_unsettled(row) == UNDER_REVIEW_WORDS:
        values["outcome"] = UNDER_REVIEW_WORDS
        values["reason"] = tell_reviewed(cells)
    elif is_told and disposition is not None:
        values["outcome"] = cells["outcome"]
        values["reason"] = cells["reason"]
        if disposition.outcome != Disposition.Outcome.WITHDRAWN:
            values["final_words"] = tell_final_words(row, disposition)
    return values


def tell_different_answers(
    rows: Sequence[Row], argument_ids: Sequence[int | None]
) -> None:
    """Adds to the reason of each comment that was put together with others which of these have another answer. One
    query, none where nothing was put together."""
    differences = find_published_differences(argument_ids)
    for row, argument_id in zip(rows, argument_ids, strict=True):
        answers = differences.get(argument_id or 0)
        if answers:
            told = f"ความคิดเห็นที่เป็นเรื่องเดียวกันได้รับผลต่างกัน: {' · '.join(answers)}"
            row["reason"] = f"{row['reason']}\n{told}".strip()


def digits_of(values: Values, digits: Digits) -> Values:
    """In the digits of the paper, all but what is quoted."""
    converted: Values = {}
    for name, value in values.items():
        if isinstance(value, str):
            converted[name] = display_digits(value, digits)
        else:
            converted[name] = [digits_of_row(row, digits) for row in value]
    return converted


def digits_of_row(row: Mapping[str, str], digits: Digits) -> Row:
    shown = {}
    for key, words in row.items():
        shown[key] = words if key in QUOTED else display_digits(words, digits)
    return shown


def in_order(rows: Iterable[Mapping[str, str]], name: str = "no") -> list[Row]:
    """With a number each."""
    return [{name: str(number), **row} for number, row in enumerate(rows, start=1)]


def tell_offices(names: Sequence[str], nobody: str) -> str:
    return ", ".join(names) if names else nobody
