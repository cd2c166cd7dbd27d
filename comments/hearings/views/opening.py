"""The step before the sessions of all groups are opened: which open, which do not and why, and what is released."""

from collections.abc import Sequence

from django.http import HttpResponse
from django.shortcuts import render

from hearing_portal.web.confirming import ConfirmingStep
from hearing_portal.web.http import AuthenticatedHttpRequest

from ...models import HearingSession
from ..presentation import StayingRow
from ..queries import count_participants
from .closing import repeat_fields

CONSEQUENCE = "เมื่อเปิดแล้ว ผู้แทนของกลุ่มงานเหล่านี้ส่ง แก้ไข และสนับสนุนความคิดเห็นได้ทันที จนกว่าผู้ดำเนินเวทีพักหรือปิด หรือถึงเวลาปิดที่กำหนดไว้"


def confirm_opening(
    request: AuthenticatedHttpRequest,
    sessions: Sequence[HearingSession],
    staying: Sequence[StayingRow],
    *,
    to: str,
    back: str,
) -> HttpResponse:
    """Changes nothing. The page sends the same form again, confirmed, to `to`; `back` leads away from it."""
    unreadable = []
    for session in sessions:
        if not session.state_facts.is_readable:
            unreadable.append(session.edition)
    released = list(dict.fromkeys(unreadable))
    step = ConfirmingStep(
        title="เปิดเวที",
        question=f"เปิด {len(sessions)} เวทีต่อไปนี้หรือไม่",
        consequence=CONSEQUENCE,
        to=to,
        back=back,
        act="ยืนยันการเปิดเวที",
        icon="play-circle",
        stay="ยังไม่เปิด",
        sent=repeat_fields(request),
    )
    context = {
        "step": step,
        "sessions": sessions,
        "staying": staying,
        "released": released,
        "people": count_participants() if released else 0,
        "reason": request.POST.get("reason", "").strip(),
    }
    return render(request, "comments/hearings/confirm_opening.html", context)
