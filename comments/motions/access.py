"""Who may note what the meeting holds."""

from hearing_portal.web.http import AuthenticatedHttpRequest, require_permission

from ..hearings.access import get_session_to_follow
from ..models import HearingSession
from ..permissions import can_run_session

NOT_YOUR_MEETING = "บันทึกมติของที่ประชุมได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้"


def get_session_to_note_in(
    request: AuthenticatedHttpRequest, pk: int
) -> HearingSession:
    session = get_session_to_follow(request, pk)
    require_permission(can_run_session(request.user, session), NOT_YOUR_MEETING)
    return session
