"""The columns of the matrix, in their order: what they are called, and which of them come back filled in."""

from dataclasses import dataclass

from hearing_portal.spreadsheets import SheetColumn

from ..issue_classes import ISSUE_CHOICES
from ..models import Disposition
from ..moderating.services import UNCHOSEN_OUTCOMES

Outcome = Disposition.Outcome
Effect = Disposition.Effect
NO_ISSUE_WORDS = "ไม่ระบุประเด็น"
ISSUE_WORDS = dict(ISSUE_CHOICES)
OUTCOME_WORDS = {value: str(label) for value, label in Outcome.choices}
EFFECT_WORDS = {
    Effect.CHANGED.value: "แก้ถ้อยคำแล้ว",
    Effect.NO_TEXT_CHANGE.value: "ไม่ต้องแก้ถ้อยคำ",
    Effect.TO_DRAFT.value: "ให้ยกร่าง",
}
ADVISED_OUTCOMES = tuple(
    OUTCOME_WORDS[value] for value in Outcome.values if value not in UNCHOSEN_OUTCOMES
)
DECIDED_OUTCOMES = tuple(
    OUTCOME_WORDS[value] for value in Outcome.values if value != Outcome.WITHDRAWN
)


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """`key` is the name of a cell in a row of the matrix."""

    key: str
    heading: str
    width: int = 14
    choices: tuple[str, ...] = ()
    is_filled_in: bool = False
    is_hidden: bool = False

    @property
    def as_sheet_column(self) -> SheetColumn:
        return SheetColumn(
            self.heading, self.width, self.choices, self.is_filled_in, self.is_hidden
        )


COLUMNS = (
    MatrixColumn("number", "เลขที่", 8),
    MatrixColumn("channel", "ช่องทาง", 12),
    MatrixColumn("office", "สพท.", 20),
    MatrixColumn("office_kind", "ประเภท", 8),
    MatrixColumn("group", "กลุ่มงาน", 18),
    MatrixColumn("process", "กระบวนงาน", 22),
    MatrixColumn("clause", "ข้อ", 12),
    MatrixColumn("wording", "ข้อความเดิม", 40),
    MatrixColumn("quote", "ส่วนที่ยกมา", 24),
    MatrixColumn("type", "ประเภทความคิดเห็น", 12),
    MatrixColumn(
        "issue",
        "ประเด็น",
        14,
        (*ISSUE_WORDS.values(), NO_ISSUE_WORDS),
        is_filled_in=True,
    ),
    MatrixColumn("issue_reason", "เหตุผลที่เปลี่ยนประเด็น", 20, is_filled_in=True),
    MatrixColumn("text", "ความคิดเห็น", 40),
    MatrixColumn("proposed", "ข้อความที่เสนอ", 40),
    MatrixColumn("primary", "สนับสนุน สพป. (เขต)", 10),
    MatrixColumn("secondary", "สนับสนุน สพม. (เขต)", 10),
    MatrixColumn("advice", "ผลที่เสนอ", 18, ADVISED_OUTCOMES, is_filled_in=True),
    MatrixColumn("advice_reason", "เหตุผลของผลที่เสนอ", 30, is_filled_in=True),
    MatrixColumn("outcome", "ผลการพิจารณา", 18, DECIDED_OUTCOMES, is_filled_in=True),
    MatrixColumn("reason", "เหตุผล", 40, is_filled_in=True),
    MatrixColumn(
        "effect", "ผลต่อถ้อยคำ", 16, tuple(EFFECT_WORDS.values()), is_filled_in=True
    ),
    MatrixColumn("referred_to", "ส่งต่อให้", 18, is_filled_in=True),
    MatrixColumn("points_to", "กำหนดไว้แล้วที่", 14, is_filled_in=True),
    MatrixColumn("assignee", "ผู้ยกร่าง", 18, is_filled_in=True),
    MatrixColumn("due", "ยกร่างภายในวันที่", 14, is_filled_in=True),
    MatrixColumn("final_words", "ข้อความสุดท้าย", 40),
    MatrixColumn("final_clause", "ข้อในฉบับล่าสุด", 16),
    MatrixColumn("decided_by", "ผู้พิจารณา", 20),
    MatrixColumn("decided_at", "พิจารณาเมื่อ", 16),
    MatrixColumn("reply", "การแจ้งผล", 20),
    MatrixColumn("visibility", "การแสดง", 16),
    MatrixColumn("uuid", "รหัสความคิดเห็น", 38, is_hidden=True),
    MatrixColumn("row_hash", "รหัสแถว", 20, is_hidden=True),
)
BY_KEY = {column.key: column for column in COLUMNS}
FILLED_IN = tuple(column.key for column in COLUMNS if column.is_filled_in)
HASHED = (*FILLED_IN, "type", "text", "proposed", "visibility", "reply")
