"""What stands in the column ประเภท of a form, as a type of comment; nothing is guessed."""

from manuals.word_export.returned import ReturnedItem

from ..commenting.refusals import CommentRefused
from ..models import Comment

Type = Comment.Type
_OTHER_WORDS = {
    "เห็นด้วย": Type.AGREE,
    "เห็นชอบด้วย": Type.AGREE,
    "คงเดิม": Type.AGREE,
    "ไม่ขัดข้อง": Type.AGREE,
    "ไม่แก้ไข": Type.AGREE,
    "ไม่ขอแก้ไข": Type.AGREE,
    "ขอแก้": Type.AMEND,
    "แก้": Type.AMEND,
    "แก้ไข": Type.AMEND,
    "เพิ่ม": Type.ADD,
    "เพิ่มเติม": Type.ADD,
    "ขอเพิ่มเติม": Type.ADD,
    "ตัด": Type.DELETE,
    "ตัดออก": Type.DELETE,
    "ขอตัดออก": Type.DELETE,
    "ขอให้ตัดออก": Type.DELETE,
    "ถาม": Type.ASK,
    "ขอสอบถาม": Type.ASK,
}
_LABELS = {str(label): Type(value) for value, label in Type.choices}
_BESIDE_WORDS = " \t\n✓✔☑√.:-–•"  # ticks and stops around a word


class TypeNotChosen(CommentRefused):
    """A person has to say which type is meant; `typed` is what the file says."""

    def __init__(self, typed: str) -> None:
        super().__init__(
            f"ช่องประเภทในไฟล์ระบุว่า “{typed}” ซึ่งไม่ทราบว่าเป็นประเภทใด โปรดเลือกประเภทใน “เลือกทีละเรื่อง”"
        )
        self.typed = typed


def is_label(typed: str) -> bool:
    """Whether it is one of the words that the form offers."""
    return typed.strip() in _LABELS


def answered_type(item: ReturnedItem) -> Type | None:
    """Of a row of a form; None where a person has to choose: two types at once, other words than those that are known,
    or an agreement in other words beside a proposed wording. Where nothing stands in the column, what was written asks
    for a change, unless it agrees and says nothing else."""
    typed = _bare(item.choice)
    if not item.choice.strip():
        is_alone = not (item.texts or item.reason.strip())
        agrees = _known(_bare(item.words)) == Type.AGREE
        return Type.AGREE if agrees and is_alone else Type.AMEND
    found = _known(typed)
    if found == Type.AGREE and typed not in _LABELS and item.texts:
        return None
    return found


def needs_type(item: ReturnedItem) -> bool:
    return item.kind == "answer" and answered_type(item) is None


def _known(words: str) -> Type | None:
    return _LABELS.get(words) or _OTHER_WORDS.get(words)


def _bare(words: str) -> str:
    return "".join(words.strip(_BESIDE_WORDS).split())
