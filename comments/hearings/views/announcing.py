"""The hearing desk: what is announced of the hearing, and its sessions."""

from collections.abc import Iterable
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.access import require_admin
from hearing_portal.directory.models import WorkGroup
from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible, respond

from ...models import Hearing, HearingSession, SessionState
from ..forms import HearingForm, SessionForm
from ..presentation import SessionRow
from ..queries import find_current_hearing, find_latest_acts


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hearing_desk(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The current hearing (or the first one to be made) and its sessions with their latest act."""
    require_admin(request.user)
    hearing = find_current_hearing()
    form = HearingForm(_posted(request), hearing=hearing)
    if request.method == "POST" and form.is_valid():
        form.save(by=request.user)
        messages.success(request, "บันทึกแล้ว")
        return respond(request, "comments/hearings/hearing_desk.html", {"form": form}, to="hearing-desk")
    rows = _find_session_rows(hearing)
    context = {
        "form": form,
        "hearing": hearing,
        "groups": _by_group(rows),
        "tally": _count_by_state(rows),
    }
    return render(request, "comments/hearings/hearing_desk.html", context, status=422 if form.is_bound else 200)


def _posted(request: AuthenticatedHttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _find_session_rows(hearing: Hearing | None) -> list[SessionRow]:
    """All sessions of the hearing, group by group. Two queries."""
    sessions = list(HearingSession.objects.filter(hearing=hearing).select_related("work_group", "edition"))
    latest_acts = find_latest_acts(sessions)
    return [SessionRow(session, latest_acts.get(session.pk)) for session in sessions]


def _by_group(rows: Iterable[SessionRow]) -> list[tuple[WorkGroup | None, list[SessionRow]]]:
    groups = groupby(rows, key=lambda row: row.session.work_group)
    return [(group, list(rows_of_group)) for group, rows_of_group in groups]


def _count_by_state(rows: Iterable[SessionRow]) -> list[tuple[str, int]]:
    """(state in words, sessions in it), the unopened last."""
    states = [row.act.state if row.act is not None else "" for row in rows]
    counts = [(str(state.label), states.count(state)) for state in SessionState.State]
    return [*counts, ("ยังไม่เปิด", states.count(""))]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    require_admin(request.user)
    hearing = find_current_hearing()
    if hearing is None:
        raise NotVisible
    return _session_page(request, SessionForm(_posted(request), hearing=hearing))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    require_admin(request.user)
    sessions = HearingSession.objects.select_related("hearing", "work_group", "edition")
    session = get_object_or_404(sessions, pk=pk)
    return _session_page(request, SessionForm(_posted(request), hearing=session.hearing, session=session))


def _session_page(request: AuthenticatedHttpRequest, form: SessionForm) -> HttpResponse:
    context = {"form": form}
    if request.method == "POST" and form.is_valid() and form.save(by=request.user):
        messages.success(request, "บันทึกเวทีแล้ว" if form.session else "ตั้งเวทีแล้ว ยังไม่เปิดรับความเห็นจนกว่าจะกดเปิด")
        return respond(request, "comments/hearings/session_form.html", context, to="hearing-desk")
    return render(request, "comments/hearings/session_form.html", context, status=422 if form.is_bound else 200)
