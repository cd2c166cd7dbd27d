"""Fetching a show of hands with permission."""

from django.shortcuts import get_object_or_404

from hearing_portal.web.http import AuthenticatedHttpRequest, require_permission

from ..hearings.access import get_session_to_follow
from ..models import HearingSession, Poll
from ..permissions import can_run_session, offices_speaking_in

NOT_YOURS = "ตอบได้เฉพาะผู้แทนของกลุ่มงานนี้และ ผอ.สพท. ในนาม สพท."
NOT_YOUR_POLL = "ถามและสิ้นสุดการยกมือได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้"


def get_session_to_ask_in(request: AuthenticatedHttpRequest, pk: int) -> HearingSession:
    session = get_session_to_follow(request, pk)
    require_permission(can_run_session(request.user, session), NOT_YOUR_POLL)
    return session


def get_session_to_vote_in(
    request: AuthenticatedHttpRequest, pk: int
) -> HearingSession:
    session = get_session_to_follow(request, pk)
    require_permission(offices_speaking_in(request.user, session), NOT_YOURS)
    return session


def get_poll(session: HearingSession, pk: int) -> Poll:
    poll = get_object_or_404(Poll, session=session, pk=pk)
    poll.session = session  # whose state is loaded
    return poll
