"""Sessions of who records arrivals, and those a card's person may come to."""

from django.shortcuts import get_object_or_404
from django.utils import timezone

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import Roles, load_roles
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    require_permission,
)

from ..models import Hearing, HearingSession, SessionState
from ..permissions import can_run_session

NOT_YOUR_ROOM = "บันทึกผู้มาประชุมได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้และผู้ดูแลระบบ"


def get_session_of_attendance(
    request: AuthenticatedHttpRequest, pk: int
) -> HearingSession:
    """404 without any role, 403 for who does not run it."""
    if not load_roles(request.user).rows:
        raise NotVisible
    sessions = HearingSession.objects.select_related("hearing", "work_group")
    session = get_object_or_404(sessions.with_state(), pk=pk)
    require_permission(can_run_session(request.user, session), NOT_YOUR_ROOM)
    return session


def find_sessions_to_come_to(hearing: Hearing, person: User) -> list[HearingSession]:
    """The rooms and plenaries of today that expect the person and are not over. Two queries."""
    roles = load_roles(person)
    today = timezone.localdate()
    sessions = hearing.sessions.exclude(kind=HearingSession.Kind.ONLINE)
    found = []
    for session in sessions.select_related("work_group").with_state():
        begins_later = (
            session.opens_at is not None
            and timezone.localdate(session.opens_at) > today
        )
        is_over = session.state == SessionState.State.CLOSED
        if not begins_later and not is_over and _is_expected(roles, session):
            found.append(session)
    return found


def _is_expected(roles: Roles, session: HearingSession) -> bool:
    """As in roles_in_session."""
    if session.work_group is None:
        return roles.may_comment
    is_of_group = bool(roles.delegate_offices(session.work_group))
    return is_of_group or roles.advises(session.work_group)
