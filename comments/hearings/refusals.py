"""Why an act on a session, or in it, is refused."""

from django.utils import timezone

from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.dates import be_datetime

from ..models import HearingSession, SessionState


class SessionRefused(Refusal):
    """The act does not fit the session's state."""

    kind = RefusalKind.CONFLICT


class SessionClosed(Refusal):
    """Nothing can be said now. `why` says why and, where it is known, when one can."""

    kind = RefusalKind.CONFLICT

    def __init__(self, session: HearingSession | None, *, has_text: bool = True) -> None:
        """`has_text` is false for an act without words of the person's own, as a support."""
        self.session = session
        self.why = explain_closed_session(session)
        message = self.why
        if has_text:
            message += " ข้อความของท่านยังอยู่ครบ โปรดเก็บไว้ส่งเมื่อเวทีเปิด หรือส่งให้ผู้ดำเนินเวทีบันทึกแทน"
        super().__init__(message)


def explain_closed_session(session: HearingSession | None) -> str:
    """One or two sentences on a session that is not open; None is a group nobody set a session for. Two queries."""
    if session is None:
        return "ยังไม่ได้ตั้งเวทีรับฟังความเห็นของกลุ่มงานนี้"
    latest = session.states.order_by("-id").first()
    if latest is None:
        if session.opens_at is None:
            return "เวทียังไม่เปิดรับความเห็น ยังไม่ได้กำหนดเวลาเปิด"
        return f"เวทียังไม่เปิดรับความเห็น กำหนดเปิด {be_datetime(session.opens_at)}"
    because = ""
    if latest.reason:
        because = f" เพราะ{latest.reason}"
    if latest.state == SessionState.State.PAUSED:
        return f"เวทีพักตั้งแต่ {be_datetime(latest.at)}{because} จะเปิดรับความเห็นอีกเมื่อผู้ดำเนินเวทีเปิดต่อ"
    next_opening = "ยังไม่มีกำหนดเปิดเวทีถัดไป"
    sessions = HearingSession.objects.filter(hearing=session.hearing_id, work_group=session.work_group_id)
    coming = sessions.filter(opens_at__gt=timezone.now()).order_by("opens_at").first()
    if coming is not None and coming.opens_at is not None:
        next_opening = f"เวทีถัดไปกำหนดเปิด {be_datetime(coming.opens_at)}"
    return f"เวทีปิดแล้วเมื่อ {be_datetime(latest.at)}{because} {next_opening}"
