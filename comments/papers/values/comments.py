"""What the papers say that hold comments one by one: a group's summary, and the letter to an office."""

from collections.abc import Sequence

from hearing_portal.directory.models import AreaOffice, WorkGroup

from ...conclusions.queries.summaries import find_conclusion
from ...matrix.queries.rows import stream_matrix
from ...models import Hearing
from ..queries.offices import find_comment_ids_of_group, find_comment_ids_of_office
from .plain import (
    CONSIDERING,
    FIELDS_OF_HEARING,
    Row,
    Values,
    comment_values,
    hearing_values,
    in_order,
)
from .report import UNSIGNED

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
    "primary": "จำนวน สพป. ที่สนับสนุน",
    "secondary": "จำนวน สพม. ที่สนับสนุน",
    "outcome": "ผลการพิจารณาที่เผยแพร่แล้ว",
    "reason": "เหตุผล",
    "final_words": "ข้อความสุดท้าย",
}
GROUP_FIELDS = {
    **FIELDS_OF_HEARING,
    "group": "กลุ่มงาน",
    "comments": "จำนวนความคิดเห็น",
    "decided": "จำนวนที่มีผลแล้ว",
    "open": "จำนวนที่อยู่ระหว่างพิจารณา",
    "summary": "ข้อสรุปที่ลงนามแล้ว",
}
GROUP_LISTS = {"rows": COMMENT_FIELDS}
LETTER_FIELDS = {
    **FIELDS_OF_HEARING,
    "office": "ชื่อเต็มของ สพท.",
    "office_short": "ชื่อย่อของ สพท.",
    "comments": "จำนวนความคิดเห็นของ สพท. นี้",
    "decided": "จำนวนที่มีผลแล้ว",
    "open": "จำนวนที่อยู่ระหว่างพิจารณา",
    "told": "ประโยคที่บอกจำนวนความคิดเห็นและผล",
    "enclosed": "สิ่งที่ส่งมาด้วย",
}
LETTER_LISTS = {"rows": COMMENT_FIELDS}


def group_values(hearing: Hearing, group: WorkGroup) -> Values:
    ids = find_comment_ids_of_group(hearing, group)
    rows = _comment_rows(ids)
    signed = find_conclusion(hearing, group)
    return {
        **hearing_values(hearing),
        "group": group.name,
        **_numbers(rows),
        "summary": signed.summary if signed is not None else UNSIGNED,
        "rows": rows,
    }


def letter_values(hearing: Hearing, office: AreaOffice) -> Values:
    rows = _comment_rows(find_comment_ids_of_office(hearing, office))
    numbers = _numbers(rows)
    told = "สำนักงานของท่านไม่ได้แสดงความคิดเห็นในการประชาพิจารณ์ครั้งนี้"
    enclosed = "ไม่มี"
    if rows:
        told = (
            f"สำนักงานของท่านแสดงความคิดเห็น {numbers['comments']} เรื่อง มีผลการพิจารณาแล้ว "
            f"{numbers['decided']} เรื่อง อยู่ระหว่างพิจารณา {numbers['open']} เรื่อง รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย"
        )
        enclosed = "ตารางความคิดเห็นและผลการพิจารณา จำนวน 1 ชุด"
    return {
        **hearing_values(hearing),
        "office": office.name,
        "office_short": office.short_name,
        **numbers,
        "told": told,
        "enclosed": enclosed,
        "rows": rows,
    }


def _comment_rows(ids: Sequence[int]) -> list[Row]:
    return in_order(comment_values(row) for row in stream_matrix(ids))


def _numbers(rows: Sequence[Row]) -> Row:
    undecided = sum(row["outcome"] == CONSIDERING for row in rows)
    return {
        "comments": str(len(rows)),
        "decided": str(len(rows) - undecided),
        "open": str(undecided),
    }
