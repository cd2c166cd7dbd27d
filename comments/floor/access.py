"""Fetching a session that somebody speaks in, and the requests of who runs it."""

from django.shortcuts import get_object_or_404

from hearing_portal.web.http import AuthenticatedHttpRequest, require_permission

from ..hearings.access import get_session_to_follow
from ..models import HearingSession, SpeakerRequest
from ..permissions import can_run_session, may_speak_in

NOT_YOURS = "ขอพูดได้เฉพาะผู้แทนของกลุ่มงานนี้ ผอ.สพท. และผู้ทรงคุณวุฒิ"
NOT_YOUR_LINE = "จัดลำดับการพูดได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้"


def get_session_to_speak_in(
    request: AuthenticatedHttpRequest, pk: int
) -> HearingSession:
    session = get_session_to_follow(request, pk)
    require_permission(may_speak_in(request.user, session), NOT_YOURS)
    return session


def get_session_to_run(request: AuthenticatedHttpRequest, pk: int) -> HearingSession:
    session = get_session_to_follow(request, pk)
    require_permission(can_run_session(request.user, session), NOT_YOUR_LINE)
    return session


def get_request_to_end(
    request: AuthenticatedHttpRequest, session: HearingSession, pk: int
) -> SpeakerRequest:
    """One's own, and any for who runs the session."""
    found = get_object_or_404(SpeakerRequest, session=session, pk=pk)
    is_own = found.person_id == request.user.pk
    require_permission(is_own or can_run_session(request.user, session), NOT_YOUR_LINE)
    return found
