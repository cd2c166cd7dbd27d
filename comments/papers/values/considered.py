"""What the meeting has considered by now, to be read out or hung up at noon and in the evening."""

from datetime import date

from django.contrib.auth.models import AnonymousUser
from django.utils.timezone import now

from hearing_portal.directory.permissions import Visitor
from hearing_portal.thai.dates import be_date, be_datetime

from ...considered.presentation import ConsideredRow, ShownAnswer, show_considered
from ...considered.queries import find_considered, narrow_to
from ...models import Hearing
from ...motions.presentation import tell_with_words
from ...tallies import OfficeTally
from .plain import FIELDS_OF_RESULTS, Row, Values, in_order, values_of_results

EVERY_DAY = "ทุกวัน"
CONSIDERED_FIELDS = {
    **FIELDS_OF_RESULTS,
    "day": "วันที่พิจารณา หรือทุกวัน",
    "as_of": "เวลาของข้อมูล",
    "number": "จำนวนเรื่องที่พิจารณา",
}
CONSIDERED_LISTS = {
    "rows": {
        "no": "ลำดับ",
        "group": "กลุ่มงาน",
        "clause": "ข้อ",
        "process": "กระบวนงาน",
        "times": "เวลาที่พิจารณา ผลการยกมือ และมติของที่ประชุม",
        "primary": "จำนวนเขต สพป. ที่เห็นชอบ",
        "secondary": "จำนวนเขต สพม. ที่เห็นชอบ",
        "answers": "ผลการพิจารณาที่เผยแพร่แล้ว",
    }
}


def considered_values(
    hearing: Hearing, day: date | None = None, reader: Visitor | None = None
) -> Values:
    """Of one day, or of all. By group, and in each in the order of the manual, which the paper lies beside; `reader` as
    in find_considered."""
    seer = reader or AnonymousUser()
    considered = narrow_to(find_considered(hearing, seer), day=day)
    considered.sort(key=lambda each: (each.group, each.ordinal))
    rows: list[Row] = []
    for on_board in show_considered(hearing, considered, seer):
        rows.extend(_tell(on_board.name, row) for row in on_board.rows)
    return {
        # Of the entries that were taken up nobody counts what is open: that the day is not the end is said
        **values_of_results(hearing, unanswered=0, reviewed=0),
        "day": be_date(day) if day is not None else EVERY_DAY,
        "as_of": be_datetime(now()),
        "number": str(len(rows)),
        "rows": in_order(rows),
    }


def _tell(group: str, row: ConsideredRow) -> Row:
    answers = [_tell_answer(answer) for answer in row.answers]
    if row.published.others:
        answers.append(f"และผลการพิจารณาอีก {row.published.others} รายการ")
    noted = [f"ยกมือ {told}" for told in row.hands_told]
    noted.extend(tell_with_words(each.motion) for each in row.motions)
    return {
        "group": group,
        "clause": row.citation,
        "process": row.process_title,
        "times": "\n".join([*row.times, *noted]),
        "primary": _tell_offices(row.tallies.primary),
        "secondary": _tell_offices(row.tallies.secondary),
        "answers": "\n".join(answers) or "ยังไม่เผยแพร่ผลการพิจารณา",
    }


def _tell_offices(tally: OfficeTally) -> str:
    if not tally.offices:
        return "–"
    return f"{tally.for_text} จาก {tally.offices} เขต"


def _tell_answer(answer: ShownAnswer) -> str:
    status = answer.status
    assert status.disposition is not None  # published ones alone
    outcome = status.disposition.get_outcome_display()
    words = [f"{outcome} ({answer.comments} ความคิดเห็น)"]
    words.extend(sentence.text for sentence in status.sentences)
    if status.covered_by:
        words.append(f"กำหนดไว้แล้วที่ {status.covered_by}")
    if status.covered_no_more:
        words.append(f"({status.covered_no_more})")
    return " ".join(words)
