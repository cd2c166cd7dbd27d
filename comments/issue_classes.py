"""What each issue class means, with an example, and what else is asked for it (product.md, "Rules of the hearing")."""

from dataclasses import dataclass

from .models.comment import IssueClass


@dataclass(frozen=True, slots=True)
class IssueField:
    """A question of a class. `name` is the key in Comment.issue_data; a number is stored as int, a text as str."""

    name: str
    label: str
    is_number: bool = False


@dataclass(frozen=True, slots=True)
class IssueMeaning:
    """`stem` is the syllable by which ซับซ้อน, ทับซ้อน and ซ้ำซ้อน are told apart; empty where none is confused."""

    value: str
    word: str
    sense: str
    example: str
    stem: str = ""
    fields: tuple[IssueField, ...] = ()

    @property
    def rest(self) -> str:
        return self.word.removeprefix(self.stem)


def _now_and_proposed(name: str, label: str) -> tuple[IssueField, IssueField]:
    return (
        IssueField(f"{name}_now", f"{label}ในร่าง", is_number=True),
        IssueField(f"{name}_proposed", f"{label}ที่เสนอ", is_number=True),
    )


MEANINGS = (
    IssueMeaning(
        IssueClass.COMPLEX,
        "ซับซ้อน",
        "ขั้นตอน การลงนาม หรือเวลามากเกินความจำเป็น",
        "หนังสือหนึ่งฉบับผ่านผู้ลงนาม 5 คน ควรเหลือ 3 คน",
        stem="ซับ",
        fields=(
            IssueField("step", "ขั้นตอนใด"),
            *_now_and_proposed("steps", "จำนวนขั้นตอน"),
            *_now_and_proposed("signatures", "จำนวนลายมือชื่อ"),
            *_now_and_proposed("days", "จำนวนวัน"),
        ),
    ),
    IssueMeaning(
        IssueClass.OVERLAP,
        "ทับซ้อน/ซ้ำซ้อน",
        "หน่วยงานสองแห่งปฏิบัติงานเรื่องเดียวกัน หรือเรื่องเดียวกันกำหนดไว้มากกว่าหนึ่งแห่ง",
        "กลุ่มอำนวยการและกลุ่มนโยบายและแผนต่างเก็บทะเบียนคำสั่ง",
        stem="ทับ",
        fields=(
            IssueField("process", "ซ้อนกับกระบวนงานใด"),
            IssueField("group", "ของกลุ่มงานใด"),
            IssueField("agency", "หรือหน่วยงานภายนอกใด"),
        ),
    ),
    IssueMeaning(
        IssueClass.NEW,
        "เกิดขึ้นใหม่",
        "งานที่ไม่เคยมีในคู่มือ เพราะมีกฎหมาย คำสั่ง หรือภารกิจใหม่",
        "งานคุ้มครองข้อมูลส่วนบุคคล ตามพระราชบัญญัติ พ.ศ. 2562",
        fields=(
            IssueField("since", "เริ่มทำเมื่อใด"),
            IssueField("law", "ตามกฎหมายหรือคำสั่งใด"),
            IssueField("group", "กลุ่มใดควรรับผิดชอบ"),
        ),
    ),
    IssueMeaning(
        IssueClass.ADDITIONAL,
        "เพิ่มเติม",
        "มีกระบวนงานอยู่แล้ว แต่ขาดขั้นตอนหรือเนื้อหาบางส่วน",
        "การรับหนังสือยังไม่กล่าวถึงหนังสือที่มาทางไปรษณีย์อิเล็กทรอนิกส์",
        fields=(IssueField("process", "เพิ่มในกระบวนงานใด"),),
    ),
    IssueMeaning(
        IssueClass.LEGAL_BASIS,
        "ข้อกฎหมาย",
        "กฎหมายที่อ้างเปลี่ยนแปลงหรือยกเลิกแล้ว หรือปฏิบัติโดยไม่มีกฎหมายรองรับ",
        "อ้างระเบียบ พ.ศ. 2517 ซึ่งยกเลิกแล้ว",
        fields=(IssueField("source", "กฎหมายหรือระเบียบใด"),),
    ),
    IssueMeaning(
        IssueClass.TECHNOLOGY,
        "เทคโนโลยี",
        "ควรดำเนินการด้วยระบบ หรือระบบที่ใช้เปลี่ยนแปลงแล้ว",
        "ใช้ลายมือชื่ออิเล็กทรอนิกส์แทนการพิมพ์เสนอ",
        fields=(IssueField("system", "ระบบใด"),),
    ),
    IssueMeaning(
        IssueClass.OUTDATED,
        "ไม่เป็นปัจจุบัน",
        "ข้อความเคยถูกต้อง แต่ปัจจุบันไม่ได้ปฏิบัติเช่นนั้นแล้ว",
        "ยังกำหนดให้ส่งสำเนาทางโทรสาร ทั้งที่เลิกใช้แล้ว",
    ),
)
BY_VALUE = {meaning.value: meaning for meaning in MEANINGS}
NO_CLASS = "none"  # in forms and addresses: of comments without a class
ISSUE_CHOICES = [(meaning.value, meaning.word) for meaning in MEANINGS]


type IssueDetail = tuple[str, object]  # a question's label, and the answer


def issue_details(
    issue_class: str | None, data: dict[str, object]
) -> list[IssueDetail]:
    """The details of a comment's issue_data in the order of the questions, the unanswered left out."""
    meaning = BY_VALUE.get(issue_class or "")
    if meaning is None:
        return []
    details = []
    for field in meaning.fields:
        answer = data.get(field.name)
        if answer not in (None, ""):
            details.append((field.label, answer))
    return details
