"""Why what somebody says cannot be taken."""

from django.utils.text import Truncator

from hearing_portal.directory.models import WorkGroup
from hearing_portal.refusals import Refusal, RefusalKind

from ..models import Comment

SHOWN = 200  # code points of the words that a refusal quotes


class CommentRefused(Refusal):
    """What was said cannot be taken as it is; the person's text stays with them."""


OF_THE_WHOLE_BOOK = (
    "ส่วนนี้เป็นของทั้งเล่ม ไม่ใช่ของกลุ่มงานใด ผอ.สพท. "
    "และผู้ทรงคุณวุฒิแสดงความคิดเห็นได้ ท่านอ่านได้ และเสนอผ่าน ผอ.สพท. ของท่านได้"
)


class NotRegistered(Refusal):
    """`group` is the one of the manual; what belongs to the whole book has none."""

    kind = RefusalKind.FORBIDDEN

    def __init__(self, group: WorkGroup | None) -> None:
        message = (
            "ท่านไม่ได้ลงทะเบียนเป็นผู้แทนของกลุ่มงานนี้ จึงอ่านได้ แต่แสดงความคิดเห็นหรือสนับสนุนไม่ได้"
        )
        if group is None:
            message = OF_THE_WHOLE_BOOK
        super().__init__(message)


class WrittenByAnother(CommentRefused):
    """The page belongs to who was signed in before; nobody's words go out in somebody else's name. Whoever wrote
    them must sign in again."""

    kind = RefusalKind.SIGN_IN_FIRST

    def __init__(self, *, has_text: bool = True) -> None:
        """`has_text` is false for an act of one press, as a support."""
        advice = "โปรดเปิดหน้านี้อีกครั้ง แล้วกดใหม่"
        if has_text:
            advice = "หากเป็นความคิดเห็นของท่านเอง กดส่งอีกครั้งเพื่อส่งในนามบัญชีที่เข้าสู่ระบบอยู่ขณะนี้"
        super().__init__(f"หน้านี้เปิดไว้ด้วยบัญชีอื่น จึงยังไม่ได้ส่ง {advice}")


class OtherWordsNow(CommentRefused):
    """A support belongs to the words it was given to, and those are no more."""

    kind = RefusalKind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            "ผู้เสนอแก้ไขข้อความหลังจากที่ท่านอ่าน จึงยังไม่ได้บันทึกการสนับสนุน "
            "โปรดเปิดหน้านี้อีกครั้งเพื่ออ่านข้อความใหม่ หากยังเห็นด้วย กดสนับสนุนอีกครั้ง"
        )


class EditedMeanwhile(CommentRefused):
    """One's own comment was edited from elsewhere since the form was opened."""

    kind = RefusalKind.CONFLICT

    def __init__(self, comment: Comment) -> None:
        self.comment = comment
        super().__init__(
            "ท่านแก้ไขความคิดเห็นนี้จากหน้าอื่นหรือเครื่องอื่นไปแล้ว การแก้ไขครั้งนี้จึงยังไม่ได้บันทึก "
            f"ข้อความที่บันทึกไว้ขณะนี้คือ “{Truncator(comment.text).chars(SHOWN)}” "
            "ข้อความที่ท่านพิมพ์ยังอยู่ครบ หากต้องการใช้แทนข้อความนั้น กดบันทึกอีกครั้ง"
        )


class KeyReused(CommentRefused):
    """The same client key came with another body: never silently the first answer again."""

    def __init__(self, first: Comment | None = None) -> None:
        super().__init__(
            "แบบนี้เคยส่งแล้วด้วยข้อความอื่น ข้อความครั้งนี้จึงยังไม่ได้ส่ง หากส่งอีกครั้งจะเป็นความคิดเห็นใหม่อีกเรื่องหนึ่ง"
        )
        self.first = first


class AlreadyTriaged(CommentRefused):
    kind = RefusalKind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            "ผู้ดำเนินเวทีรับเรื่องนี้ไปพิจารณาแล้ว จึงแก้ไขหรือถอนไม่ได้ ท่านเพิ่มความคิดเห็นใหม่ได้"
        )


class AlreadyWithdrawn(CommentRefused):
    kind = RefusalKind.CONFLICT

    def __init__(self) -> None:
        super().__init__("ความคิดเห็นนี้ผู้เสนอถอนแล้ว ท่านเพิ่มความคิดเห็นใหม่ได้")
