"""What the papers say that hold comments one by one: a group's summary, and the letter to an office."""

from collections.abc import Sequence

from hearing_portal.directory.models import AreaOffice, WorkGroup

from ...conclusions.queries.signed_figures import find_published_changes
from ...conclusions.queries.summaries import find_conclusion
from ...hearings.queries import sessions_with_state
from ...matrix.queries.rows import stream_matrix
from ...models import Hearing
from ...results import UNDER_REVIEW_WORDS
from ..queries.offices import find_comment_ids_of_group, find_comment_ids_of_office
from .plain import (
    FIELDS_OF_RESULTS,
    UNSETTLED,
    Row,
    Values,
    comment_values,
    in_order,
    tell_different_answers,
    values_of_results,
)
from .report import tell_signed

COMMENT_FIELDS = {
    "no": "ลำดับ",
    "number": "เลขที่ความคิดเห็น",
    "office": "สพท.",
    "office_kind": "ประเภท สพท.",
    "group": "กลุ่มงาน",
    "process": "กระบวนงาน",
    "place": "กลุ่มงานและกระบวนงาน",
    "clause": "ข้อ",
    "wording": "ข้อความเดิม",
    "type": "ประเภทความคิดเห็น",
    "issue": "ประเด็น",
    "text": "ความคิดเห็น",
    "proposed": "ข้อความที่เสนอ",
    "primary": "จำนวน สพป. ที่สนับสนุน ไม่นับผู้เสนอ",
    "secondary": "จำนวน สพม. ที่สนับสนุน ไม่นับผู้เสนอ",
    "outcome": "ผลการพิจารณาที่เผยแพร่แล้ว",
    "reason": "เหตุผล",
    "final_words": "ข้อความสุดท้าย",
}
GROUP_FIELDS = {
    **FIELDS_OF_RESULTS,
    "group": "กลุ่มงาน",
    "comments": "จำนวนความคิดเห็น",
    "decided": "จำนวนที่มีผลแล้ว",
    "open": "จำนวนที่ยังไม่ได้ข้อยุติ รวมที่ขอให้ทบทวน",
    "reviewed": "จำนวนที่ขอให้ทบทวนผลและยังไม่ได้ข้อยุติ",
    "summary": "ข้อสรุปที่ลงนามแล้ว",
}
GROUP_LISTS = {"rows": COMMENT_FIELDS}
LETTER_FIELDS = {
    **FIELDS_OF_RESULTS,
    "office": "ชื่อเต็มของ สพท.",
    "office_short": "ชื่อย่อของ สพท.",
    "comments": "จำนวนความคิดเห็นของ สพท. นี้",
    "decided": "จำนวนที่มีผลแล้ว",
    "open": "จำนวนที่ยังไม่ได้ข้อยุติ รวมที่ขอให้ทบทวน",
    "reviewed": "จำนวนที่ขอให้ทบทวนผลและยังไม่ได้ข้อยุติ",
    "told": "ประโยคที่บอกจำนวนความคิดเห็นและผล",
    "enclosed": "สิ่งที่ส่งมาด้วย",
}
LETTER_LISTS = {"rows": COMMENT_FIELDS}


def group_values(hearing: Hearing, group: WorkGroup) -> Values:
    ids = find_comment_ids_of_group(hearing, group)
    rows = _comment_rows(ids)
    signed = find_conclusion(hearing, group)
    sessions = list(sessions_with_state(hearing))
    changed = find_published_changes(hearing, sessions, signed, group.manual.pk)
    numbers = count_results(rows)
    return {
        **head_values(hearing, numbers),
        "group": group.name,
        **numbers,
        "summary": tell_signed(signed, changed),
        "rows": rows,
    }


def letter_values(hearing: Hearing, office: AreaOffice) -> Values:
    rows = _comment_rows(find_comment_ids_of_office(hearing, office))
    numbers = count_results(rows)
    told = "สำนักงานของท่านไม่ได้แสดงความคิดเห็นในการประชาพิจารณ์ครั้งนี้"
    enclosed = "ไม่มี"
    if rows:
        told = (
            f"สำนักงานของท่านแสดงความคิดเห็น {numbers['comments']} เรื่อง มีผลการพิจารณาแล้ว "
            f"{numbers['decided']} เรื่อง ยังไม่ได้ข้อยุติ {numbers['open']} เรื่อง (ขอให้ทบทวน {numbers['reviewed']} เรื่อง) "
            "รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย"
        )
        enclosed = "ตารางความคิดเห็นและผลการพิจารณา จำนวน 1 ชุด"
    return {
        **head_values(hearing, numbers),
        "office": office.name,
        "office_short": office.short_name,
        **numbers,
        "told": told,
        "enclosed": enclosed,
        "rows": rows,
    }


def head_values(hearing: Hearing, numbers: Row) -> Row:
    reviewed = int(numbers["reviewed"])
    unanswered = int(numbers["open"]) - reviewed
    return values_of_results(hearing, unanswered=unanswered, reviewed=reviewed)


def _comment_rows(ids: Sequence[int]) -> list[Row]:
    rows = []
    argument_ids = []
    for facts in stream_matrix(ids):
        rows.append(comment_values(facts))
        argument_ids.append(facts.comment.argument_id)
    tell_different_answers(rows, argument_ids)
    return in_order(rows)


def count_results(rows: Sequence[Row]) -> Row:
    """Of rows of comments, in words."""
    undecided = sum(row["outcome"] in UNSETTLED for row in rows)
    reviewed = sum(row["outcome"] == UNDER_REVIEW_WORDS for row in rows)
    return {
        "comments": str(len(rows)),
        "decided": str(len(rows) - undecided),
        "open": str(undecided),
        "reviewed": str(reviewed),
    }
