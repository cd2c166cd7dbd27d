"""Fetching a session, with permission to run it."""

from django.shortcuts import get_object_or_404

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible, require_permission

from ..models import HearingSession
from ..permissions import can_run_session

NOT_YOUR_SESSION = "เปิด พัก และปิดเวทีได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้"


def get_session(request: AuthenticatedHttpRequest, pk: int) -> HearingSession:
    """404 without any role, 403 for who does not run it."""
    if not load_roles(request.user).rows:
        raise NotVisible
    sessions = HearingSession.objects.select_related("hearing", "work_group", "edition").with_state()
    session = get_object_or_404(sessions, pk=pk)
    require_permission(can_run_session(request.user, session), NOT_YOUR_SESSION)
    return session
