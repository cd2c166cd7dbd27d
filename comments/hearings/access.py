"""Fetching a session with permission to run it, and the documents somebody may open."""

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.shortcuts import get_object_or_404

from hearing_portal.directory.permissions import Visitor, load_roles
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    require_permission,
)
from manuals.permissions import editions_readable_by

from ..models import Hearing, HearingDocument, HearingSession
from ..permissions import can_run_session
from .queries import find_hearing_by_key

NOT_YOUR_SESSION = "เปิด พัก และปิดเวทีได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้"


def get_hearing(key: str) -> Hearing:
    """The announced hearing, for everybody. 404 for a key that none has or had."""
    hearing = find_hearing_by_key(key)
    if hearing is None:
        raise NotVisible
    return hearing


def get_session(request: AuthenticatedHttpRequest, pk: int) -> HearingSession:
    """404 without any role, 403 for who does not run it."""
    session = get_session_to_follow(request, pk)
    require_permission(can_run_session(request.user, session), NOT_YOUR_SESSION)
    return session


def get_session_to_follow(request: AuthenticatedHttpRequest, pk: int) -> HearingSession:
    """For everybody with a role; 404 without one."""
    if not load_roles(request.user).rows:
        raise NotVisible
    sessions = HearingSession.objects.select_related(
        "hearing", "work_group", "edition"
    ).with_state()
    return get_object_or_404(sessions, pk=pk)


def documents_open_to(user: Visitor) -> QuerySet[HearingDocument]:
    """As the draft under hearing (product.md, "Rights"): for everybody with a role, from the announcement on; for the
    public where the hearing is public, or one of its editions was released to them."""
    documents = HearingDocument.objects.standing().select_related("file", "hearing")
    if load_roles(user).rows:
        return documents
    readable = HearingSession.objects.filter(
        hearing=OuterRef("hearing"), edition__in=editions_readable_by(user)
    )
    return documents.filter(Q(hearing__public=True) | Exists(readable))
