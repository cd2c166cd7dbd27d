"""The hearing desk: what is announced of the hearing, and its sessions."""

from itertools import groupby
from operator import attrgetter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.access import require_admin
from hearing_portal.directory.models import WorkGroup
from hearing_portal.web.http import NotVisible, respond

from ...models import Hearing, HearingSession, SessionState
from ..forms import HearingForm, SessionForm
from ..presentation import SessionRow
from ..queries import current_hearing


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hearing_desk(request: HttpRequest) -> HttpResponse:
    """The current hearing (or the first one to be made) and its sessions with their latest act."""
    require_admin(request.user)
    hearing = current_hearing()
    form = HearingForm(_posted(request), hearing=hearing)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, "บันทึกแล้ว")
        return respond(request, "comments/hearings/hearing_desk.html", {"form": form}, to="hearing-desk")
    sessions = list(_sessions_with_acts(hearing))
    context = {
        "form": form,
        "hearing": hearing,
        "groups": _rows_by_group(sessions),
        "tally": _tally(sessions),
    }
    return render(request, "comments/hearings/hearing_desk.html", context, status=422 if form.is_bound else 200)


def _rows_by_group(sessions: list[HearingSession]) -> list[tuple[WorkGroup | None, list[SessionRow]]]:
    groups = []
    for group, members in groupby(sessions, key=attrgetter("work_group")):
        rows = [SessionRow(session, next(iter(session.latest_acts), None)) for session in members]
        groups.append((group, rows))
    return groups


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _sessions_with_acts(hearing: Hearing | None) -> QuerySet[HearingSession]:
    """Each with `latest_acts`: its newest SessionState and who did it, or an empty list. Two queries."""
    latest = SessionState.objects.select_related("by").order_by("session_id", "-pk").distinct("session_id")
    sessions = HearingSession.objects.filter(hearing=hearing).select_related("work_group", "edition")
    return sessions.prefetch_related(Prefetch("states", latest, to_attr="latest_acts"))


def _tally(sessions: list[HearingSession]) -> list[tuple[str, int]]:
    """(state in words, sessions in it), the unopened last."""
    states = [session.latest_acts[0].state if session.latest_acts else "" for session in sessions]
    words = [*SessionState.State.choices, ("", "ยังไม่เปิด")]
    return [(label, states.count(state)) for state, label in words]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: HttpRequest) -> HttpResponse:
    require_admin(request.user)
    hearing = current_hearing()
    if hearing is None:
        raise NotVisible
    return _session_page(request, SessionForm(_posted(request), hearing=hearing))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: HttpRequest, pk: int) -> HttpResponse:
    require_admin(request.user)
    sessions = HearingSession.objects.select_related("hearing", "work_group", "edition")
    session = get_object_or_404(sessions, pk=pk)
    return _session_page(request, SessionForm(_posted(request), hearing=session.hearing, session=session))


def _session_page(request: HttpRequest, form: SessionForm) -> HttpResponse:
    if request.method == "POST" and form.is_valid() and form.save(by=request.user):
        messages.success(request, "บันทึกเวทีแล้ว" if form.session else "ตั้งเวทีแล้ว ยังไม่เปิดรับความเห็นจนกว่าจะกดเปิด")
        return respond(request, "comments/hearings/session_form.html", {"form": form}, to="hearing-desk")
    return render(request, "comments/hearings/session_form.html", {"form": form}, status=422 if form.is_bound else 200)
