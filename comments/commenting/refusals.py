"""Why what somebody says cannot be taken."""

from django.utils import timezone

from hearing_portal.directory.models import WorkGroup
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.dates import be_datetime

from ..models import Comment, HearingSession, SessionState


class CommentRefused(Refusal):
    """What was said cannot be taken as it is; the person's text stays with them."""


class SessionClosed(CommentRefused):
    """`why` says why one cannot speak now and, where it is known, when one can."""

    kind = RefusalKind.CONFLICT

    def __init__(self, session: HearingSession | None, *, has_text: bool = True) -> None:
        self.session = session
        self.why = why_closed(session)
        kept = " ข้อความของท่านยังอยู่ครบ โปรดเก็บไว้ส่งเมื่อเวทีเปิด หรือส่งให้ผู้ดำเนินเวทีบันทึกแทน"
        super().__init__(self.why + (kept if has_text else ""))


def why_closed(session: HearingSession | None) -> str:
    """One or two sentences on a session that is not open; None is a group nobody set a session for. Two queries."""
    if session is None:
        return "ยังไม่ได้ตั้งเวทีรับฟังความเห็นของกลุ่มงานนี้"
    latest = session.states.order_by("-id").first()
    if latest is None:
        opens = f"กำหนดเปิด {be_datetime(session.opens_at)}" if session.opens_at else "ยังไม่ได้กำหนดเวลาเปิด"
        return f"เวทียังไม่เปิดรับความเห็น {opens}"
    because = f" เพราะ{latest.reason}" if latest.reason else ""
    if latest.state == SessionState.State.PAUSED:
        return f"เวทีพักตั้งแต่ {be_datetime(latest.at)}{because} จะเปิดรับความเห็นอีกเมื่อผู้ดำเนินเวทีเปิดต่อ"
    return f"เวทีปิดแล้วเมื่อ {be_datetime(latest.at)}{because} {_next_opening(session)}"


def _next_opening(session: HearingSession) -> str:
    coming = HearingSession.objects.filter(
        hearing=session.hearing_id, work_group=session.work_group_id, opens_at__gt=timezone.now()
    )
    coming = coming.order_by("opens_at").first()
    return f"เวทีถัดไปกำหนดเปิด {be_datetime(coming.opens_at)}" if coming else "ยังไม่มีกำหนดเปิดเวทีถัดไป"


OF_THE_WHOLE_BOOK = (
    "ส่วนนี้เป็นของทั้งเล่ม ไม่ใช่ของกลุ่มงานใด ผอ.สพท. และผู้ทรงคุณวุฒิแสดงความเห็นได้ ท่านอ่านได้ และเสนอผ่าน ผอ.สพท. ของท่านได้"
)


class NotRegistered(Refusal):
    """`group` is the one of the manual; what belongs to the whole book has none."""

    kind = RefusalKind.FORBIDDEN

    def __init__(self, group: WorkGroup | None) -> None:
        of_group = "ท่านไม่ได้ลงทะเบียนเป็นผู้แทนของกลุ่มงานนี้ จึงอ่านได้ แต่แสดงความเห็นหรือสนับสนุนไม่ได้"
        super().__init__(of_group if group else OF_THE_WHOLE_BOOK)


class WrittenByAnother(CommentRefused):
    """The page belongs to who was signed in before; nobody's words go out in somebody else's name. Whoever wrote
    them must sign in again."""

    kind = RefusalKind.SIGN_IN_FIRST

    def __init__(self) -> None:
        super().__init__("หน้านี้เปิดไว้ด้วยบัญชีอื่น จึงยังไม่ได้ส่ง ถ้าเป็นความเห็นของท่านเอง กดส่งอีกครั้งเพื่อส่งในนามบัญชีที่เข้าสู่ระบบอยู่ขณะนี้")


class KeyReused(CommentRefused):
    """The same client key came with another body: never silently the first answer again."""

    def __init__(self, first: Comment | None = None) -> None:
        super().__init__("แบบนี้เคยส่งแล้วด้วยข้อความอื่น ข้อความครั้งนี้จึงยังไม่ได้ส่ง ถ้าส่งอีกครั้งจะเป็นความเห็นใหม่อีกเรื่องหนึ่ง")
        self.first = first


class AlreadyTriaged(CommentRefused):
    kind = RefusalKind.CONFLICT

    def __init__(self) -> None:
        super().__init__("ผู้ดำเนินเวทีรับเรื่องนี้ไปพิจารณาแล้ว จึงแก้ไขหรือถอนไม่ได้ ท่านเพิ่มความเห็นใหม่ได้")


class AlreadyWithdrawn(CommentRefused):
    kind = RefusalKind.CONFLICT

    def __init__(self) -> None:
        super().__init__("ความเห็นนี้ผู้เสนอถอนแล้ว ท่านเพิ่มความเห็นใหม่ได้")
