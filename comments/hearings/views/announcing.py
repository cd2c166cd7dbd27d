"""The hearing desk: what is announced of the hearing, and its sessions."""

from collections import Counter
from collections.abc import Iterable
from itertools import groupby

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.access import require_admin
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
    if request.method != "POST":
        return _desk_page(request, hearing, HearingForm(hearing=hearing))
    form = HearingForm(request.POST, hearing=hearing)
    if not form.is_valid():
        return _desk_page(request, hearing, form, status=422)
    form.save(by=request.user)
    messages.success(request, "บันทึกแล้ว")
    return respond(request, "comments/hearings/hearing_desk.html", {"form": form}, to="hearing-desk")


def _desk_page(
    request: AuthenticatedHttpRequest,
    hearing: Hearing | None,
    form: HearingForm,
    *,
    status: int = 200,
) -> HttpResponse:
    of_hearing = HearingSession.objects.filter(hearing=hearing)
    sessions = list(of_hearing.select_related("work_group", "edition"))
    latest_acts = find_latest_acts(sessions)
    rows = [SessionRow(session, latest_acts.get(session.pk)) for session in sessions]
    groups = []
    for group, rows_of_group in groupby(rows, key=lambda row: row.session.work_group):
        groups.append((group, list(rows_of_group)))
    context = {
        "form": form,
        "hearing": hearing,
        "groups": groups,
        "tally": count_by_state(rows),
    }
    return render(request, "comments/hearings/hearing_desk.html", context, status=status)


def count_by_state(rows: Iterable[SessionRow]) -> list[tuple[str, int]]:
    """(state in words, sessions in it), the unopened last."""
    sessions_in: Counter[str] = Counter()
    unopened = 0
    for row in rows:
        if row.act is None:
            unopened += 1
        else:
            sessions_in[row.act.state] += 1
    counts = [(str(state.label), sessions_in[state]) for state in SessionState.State]
    return [*counts, ("ยังไม่เปิด", unopened)]


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    require_admin(request.user)
    hearing = find_current_hearing()
    if hearing is None:
        raise NotVisible
    return _edit_session(request, hearing, None)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_edit(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    require_admin(request.user)
    sessions = HearingSession.objects.select_related("hearing", "work_group", "edition")
    session = get_object_or_404(sessions, pk=pk)
    return _edit_session(request, session.hearing, session)


def _edit_session(
    request: AuthenticatedHttpRequest,
    hearing: Hearing,
    session: HearingSession | None,
) -> HttpResponse:
    """`session` is None for one to be made."""
    template = "comments/hearings/session_form.html"
    if request.method != "POST":
        return render(request, template, {"form": SessionForm(hearing=hearing, session=session)})
    form = SessionForm(request.POST, hearing=hearing, session=session)
    if not form.is_valid() or form.save(by=request.user) is None:
        return render(request, template, {"form": form}, status=422)
    if session is None:
        messages.success(request, "ตั้งเวทีแล้ว ยังไม่เปิดรับความเห็นจนกว่าจะกดเปิด")
    else:
        messages.success(request, "บันทึกเวทีแล้ว")
    return respond(request, template, {"form": form}, to="hearing-desk")
