"""The screen of a room: opened by its link without an account, which who runs the session gives and calls back."""

import io

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from hearing_portal.thai.dates import be_date
from hearing_portal.web.capability_pages import kept_by_nobody
from hearing_portal.web.http import AuthenticatedHttpRequest
from hearing_portal.web.redirects import see_other

from ..hearings.access import get_session
from ..hearings.following import tell_session
from ..models import HearingSession
from .presentation import load_wall
from .queries import count_wall_recalls, find_wall, wall_ends_on, wall_letters
from .services import recall_wall


@login_required
@kept_by_nobody
@require_safe
def session_wall(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The link of the wall, for who runs the session."""
    session = get_session(request, pk)
    path = reverse(
        "wall", args=[pk, wall_letters(session, count_wall_recalls(session))]
    )
    context = {
        "session": session,
        "address": request.build_absolute_uri(path),
        "ends_on": wall_ends_on(session),
        "is_over": wall_ends_on(session) < localdate(),
    }
    return render(request, "comments/wall/link.html", context)


@login_required
@require_POST
def wall_recall(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    recall_wall(get_session(request, pk), by=request.user)
    messages.success(
        request, "เรียกคืนลิงก์เดิมแล้ว จอที่เปิดอยู่ไม่แสดงอีก โปรดเปิดจอด้วยลิงก์ใหม่ด้านล่าง"
    )
    return see_other(reverse("session-wall", args=[pk]))


@kept_by_nobody
@require_safe
def wall(request: HttpRequest, pk: int, letters: str) -> HttpResponse:
    """What the room looks at."""
    found = find_wall(pk, letters)
    why = ""
    if found is not None and found.is_recalled:
        why = "ผู้ดำเนินเวทีเรียกคืนลิงก์นี้แล้ว โปรดขอลิงก์ใหม่จากผู้ดำเนินเวที"
    elif found is not None and wall_ends_on(found.session) < localdate():
        why = f"ลิงก์นี้ดูได้ถึง {be_date(wall_ends_on(found.session))} และหมดอายุแล้ว"
    if found is None or why:
        return render(request, "comments/wall/dead.html", {"why": why}, status=404)
    context = {"wall": load_wall(found.session), "letters": letters}
    return render(request, "comments/wall/page.html", context)


@kept_by_nobody
@require_safe
def wall_live(request: HttpRequest, pk: int, letters: str) -> HttpResponse:
    session = _get_open(pk, letters)
    latest = session.discussions.order_by("-pk").first()
    return tell_session(request, session, latest.entry_id if latest else None)


@kept_by_nobody
@require_safe
def wall_code(request: HttpRequest, pk: int, letters: str) -> HttpResponse:
    """The QR code of the page of the room's group, as SVG, on white in every theme."""
    group = _get_open(pk, letters).work_group
    path = reverse("group", args=[group.key]) if group else reverse("home")
    drawn = io.BytesIO()
    code = segno.make(request.build_absolute_uri(path), error="m", micro=False)
    code.save(drawn, kind="svg", light="#fff", border=4)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


def _get_open(pk: int, letters: str) -> HearingSession:
    found = find_wall(pk, letters)
    if found is None or found.is_recalled or wall_ends_on(found.session) < localdate():
        raise Http404
    return found.session
