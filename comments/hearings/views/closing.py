"""The step before sessions are closed: which, what was said in them, and what the delegates can do no longer."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render

from hearing_portal.web.confirming import ConfirmingStep
from hearing_portal.web.http import AuthenticatedHttpRequest

from ...models import HearingSession
from ..presentation import ClosingRow
from ..queries import count_comments_by_session

CONSEQUENCE = (
    "เมื่อปิดแล้ว ผู้แทนจะส่ง แก้ไข หรือสนับสนุนความคิดเห็นในเวทีเหล่านี้ไม่ได้ "
    "และการอภิปรายข้อที่ดำเนินอยู่จะสิ้นสุดลง ความคิดเห็นที่ส่งแล้วยังอยู่ครบ"
)


def say_with_reason(done: str, reason: str) -> str:
    """What was done to sessions, with the reason that the delegates now read."""
    reason = reason.strip()
    return f"{done} เหตุผลหรือหมายเหตุ: {reason}" if reason else done


def repeat_fields(request: AuthenticatedHttpRequest) -> list[tuple[str, str]]:
    """What was chosen for an act on sessions, to be sent again with its confirmation."""
    sent = []
    for name in ("hearing", "state", "kinds", "also", "reason", "release", "next"):
        for value in request.POST.getlist(name):
            sent.append((name, value))
    return sent


def confirm_closing(
    request: AuthenticatedHttpRequest,
    sessions: Sequence[HearingSession],
    *,
    to: str,
    back: str,
    staying: Sequence[HearingSession] = (),
) -> HttpResponse:
    """Changes nothing. The page sends the same form again, confirmed, to `to`; `back` leads away from it. `staying`
    are sessions of the same group, or of the hearing, that stay open or paused."""
    comments = count_comments_by_session(sessions)
    rows = [ClosingRow(session, comments.get(session.pk, 0)) for session in sessions]
    step = ConfirmingStep(
        title="ปิดเวที",
        question=f"ปิด {len(rows)} เวทีต่อไปนี้หรือไม่",
        consequence=CONSEQUENCE,
        to=to,
        back=back,
        act="ยืนยันการปิดเวที",
        icon="stop-circle",
        stay="ยังไม่ปิด",
        sent=repeat_fields(request),
    )
    reason = request.POST.get("reason", "").strip()
    context = {"step": step, "rows": rows, "staying": staying, "reason": reason}
    return render(request, "comments/hearings/confirm_closing.html", context)
