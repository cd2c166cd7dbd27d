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


# Why a cell that is not filled in is not taken in, said where somebody changed it in a file
WAS_SENT = "ระบบบันทึกเมื่อส่งความคิดเห็น และไม่เปลี่ยนแปลง"
OF_EDITION = "เป็นข้อความของฉบับที่รับฟัง ซึ่งไม่เปลี่ยนแปลง"
OF_COMMENTER = "เป็นข้อความของผู้แสดงความคิดเห็น ผู้อื่นแก้ไขไม่ได้"
SUPPORTED = "ระบบนับจาก สพท. ที่สนับสนุน"
AT_BENCH = "ถ้อยคำของข้อแก้ไขได้ที่หน้าปรับถ้อยคำเท่านั้น"
BY_DECIDING = "ระบบบันทึกเมื่อพิจารณา"
BY_PUBLISHING = "ระบบบันทึกเมื่อเผยแพร่ผล"
AT_DESK = "การซ่อนหรือแสดงทำได้ที่หน้ารายการรอดำเนินการ"
BY_GROUPING = "การรวมเรื่องทำได้ที่หน้าความคิดเห็นที่มีเนื้อหาเดียวกัน"
BY_ADVISING = "ผู้ทรงคุณวุฒิให้คำแนะนำที่หน้าคำแนะนำของตน"


@dataclass(frozen=True, slots=True)
class MatrixColumn:
    """`key` is the name of a cell in a row of the matrix; `why_fixed` why it is not taken in where somebody changed it
    in a file, empty for those that are filled in and the hidden ones."""

    key: str
    heading: str
    width: int = 14
    choices: tuple[str, ...] = ()
    is_filled_in: bool = False
    is_hidden: bool = False
    why_fixed: str = ""

    @property
    def as_sheet_column(self) -> SheetColumn:
        return SheetColumn(
            self.heading, self.width, self.choices, self.is_filled_in, self.is_hidden
        )


COLUMNS = (
    MatrixColumn("number", "เลขที่", 8, why_fixed=WAS_SENT),
    MatrixColumn("channel", "ช่องทาง", 12, why_fixed=WAS_SENT),
    MatrixColumn("office", "สพท.", 20, why_fixed=WAS_SENT),
    MatrixColumn("office_kind", "ประเภท", 8, why_fixed=WAS_SENT),
    MatrixColumn("group", "กลุ่มงาน", 18, why_fixed=OF_EDITION),
    MatrixColumn("process", "กระบวนงาน", 22, why_fixed=OF_EDITION),
    MatrixColumn("clause", "ข้อ", 12, why_fixed=OF_EDITION),
    MatrixColumn("wording", "ข้อความเดิม", 40, why_fixed=OF_EDITION),
    MatrixColumn("quote", "ส่วนที่ยกมา", 24, why_fixed=OF_EDITION),
    MatrixColumn("type", "ประเภทความคิดเห็น", 12, why_fixed=OF_COMMENTER),
    MatrixColumn(
        "issue",
        "ประเด็น",
        14,
        (*ISSUE_WORDS.values(), NO_ISSUE_WORDS),
        is_filled_in=True,
    ),
    MatrixColumn("issue_reason", "เหตุผลที่เปลี่ยนประเด็น", 20, is_filled_in=True),
    MatrixColumn("text", "ความคิดเห็น", 40, why_fixed=OF_COMMENTER),
    MatrixColumn("proposed", "ข้อความที่เสนอ", 40, why_fixed=OF_COMMENTER),
    MatrixColumn("primary", "สนับสนุน สพป. (เขต ไม่นับผู้เสนอ)", 12, why_fixed=SUPPORTED),
    MatrixColumn("secondary", "สนับสนุน สพม. (เขต ไม่นับผู้เสนอ)", 12, why_fixed=SUPPORTED),
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
    MatrixColumn("final_words", "ข้อความสุดท้าย", 40, why_fixed=AT_BENCH),
    MatrixColumn("final_clause", "ข้อในฉบับล่าสุด", 16, why_fixed=AT_BENCH),
    MatrixColumn("decided_by", "ผู้พิจารณา", 20, why_fixed=BY_DECIDING),
    MatrixColumn("decided_at", "พิจารณาเมื่อ", 16, why_fixed=BY_DECIDING),
    MatrixColumn("reply", "การแจ้งผล", 20, why_fixed=BY_PUBLISHING),
    MatrixColumn("visibility", "การแสดง", 16, why_fixed=AT_DESK),
    MatrixColumn("argument", "เรื่องเดียวกัน", 24, why_fixed=BY_GROUPING),
    MatrixColumn("expert_advice", "คำแนะนำของผู้ทรงคุณวุฒิ", 30, why_fixed=BY_ADVISING),
    MatrixColumn("uuid", "รหัสความคิดเห็น", 38, is_hidden=True),
    MatrixColumn("row_hash", "รหัสแถว", 20, is_hidden=True),
    MatrixColumn("fixed_hash", "รหัสช่องคงที่", 20, is_hidden=True),
)
BY_KEY = {column.key: column for column in COLUMNS}
FILLED_IN = tuple(column.key for column in COLUMNS if column.is_filled_in)
FIXED = tuple(column for column in COLUMNS if column.why_fixed)
# Without which a file cannot be taken back in
NEEDED = (*FILLED_IN, "uuid", "row_hash")
HASHED = (*FILLED_IN, "type", "text", "proposed", "visibility", "reply")
