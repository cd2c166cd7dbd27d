"""The page of a session: its state and the clause under discussion."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.refusals import Refusal
from hearing_portal.thai.sentences import joined
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    read_id,
    refuse_in_form,
    respond,
)
from hearing_portal.web.redirects import go_on, see_other
from hearing_portal.web.telling import tell_done

from ...models import HearingSession, SessionState
from ...permissions import can_administer
from ..access import get_session
from ..agenda import find_agenda
from ..forms.running import (
    ClauseTimerForm,
    DiscussionForm,
    SessionExtensionForm,
    SessionStateForm,
)
from ..presentation import SessionControls, SessionSchedule
from ..queries import entries_of_session, find_sessions_beside
from ..refusals import SessionRefused, WentOnMeanwhile
from ..services.clause_timers import start_clause_timer
from ..services.session_states import (
    ALLOWED_BEFORE,
    discuss_entry,
    find_obstacles,
    set_session_states,
)
from ..timers import find_clause_timer
from .closing import confirm_closing, say_with_reason

STATE_MESSAGES: dict[str, str] = {
    SessionState.State.OPENED: "เปิดเวทีแล้ว",
    SessionState.State.PAUSED: "พักเวทีแล้ว",
    SessionState.State.CLOSED: "ปิดเวทีแล้ว",
}
# What to do with another session of the group that was left paused, by what was done
STILL_PAUSED: dict[str, str] = {
    SessionState.State.OPENED: "หากจะรับความคิดเห็นทางเวทีนั้นด้วย โปรดเปิดเวทีนั้นต่อ",
    SessionState.State.CLOSED: "ผู้แทนยังรอให้เปิดต่อ หากรับฟังครบแล้ว โปรดปิดเวทีนั้นด้วย",
}

KEYS = (
    ("N", "ข้อถัดไป"),
    ("P", "ข้อก่อนหน้า"),
    ("T", "จับเวลาข้อนี้"),
    ("B", "พักเวที: ไปที่ช่องเหตุผล"),
    ("F", "ลำดับการพูด"),
    ("M", "บันทึกมติของที่ประชุม"),
    ("H", "ยกมือ"),
)


@login_required
@require_safe
def session(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The session's own page: its acts so far, and the clauses that can be put under discussion."""
    session = get_session(request, pk)
    return _session_page(request, session, _state_form(request, session))


def _state_form(
    request: AuthenticatedHttpRequest,
    session: HearingSession,
    data: QueryDict | None = None,
) -> SessionStateForm:
    beside = find_sessions_beside(session)
    return SessionStateForm(
        data,
        session=session,
        beside=beside,
        obstacles=find_obstacles(beside, by=request.user),
        may_release=can_administer(request.user),
    )


def _session_page(
    request: AuthenticatedHttpRequest,
    session: HearingSession,
    form: SessionStateForm,
    *,
    status: int = 200,
) -> HttpResponse:
    agenda = find_agenda(
        session, request.GET.get("process", ""), request.GET.get("find", "")
    )
    obstacle = find_obstacles([session], by=request.user).get(session.pk)
    context = {
        "agenda": agenda,
        "form": form,
        "controls": SessionControls(session, obstacle),
        "schedule": SessionSchedule(session),
        "timer": find_clause_timer(session),
        "timing": ClauseTimerForm(),
        "keys": KEYS,
    }
    return render(
        request, "comments/hearings/session/page.html", context, status=status
    )


@login_required
@require_POST
def session_state(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Open, pause or close the session, and those of its group that were ticked with it. Closing is told first."""
    session = get_session(request, pk)
    form = _state_form(request, session, request.POST)
    if not form.is_valid():
        return _session_page(request, session, form, status=422)
    data = form.cleaned_data
    if data["state"] == SessionState.State.CLOSED and not data["is_confirmed"]:
        closing = [session, *form.chosen_beside]
        staying = []
        for other in form.beside.values():
            if (
                other.state in ALLOWED_BEFORE[SessionState.State.CLOSED]
                and other not in closing
            ):
                staying.append(other)
        here = reverse("session", args=[pk])
        to = reverse("session-state", args=[pk])
        return confirm_closing(request, closing, to=to, back=here, staying=staying)
    try:
        made = set_session_states(
            session,
            form.chosen_beside,
            data["state"],
            by=request.user,
            reason=data["reason"],
            releases_edition=data.get("release", False),
        )
    except SessionRefused as refusal:
        status = refuse_in_form(form, refusal)
        session.forget_state()
        return _session_page(request, session, form, status=status)
    tell_done(
        request, say_with_reason(STATE_MESSAGES[made[0].state], data["reason"]), form
    )
    for other in find_sessions_beside(session):
        name = f"เวที{other.get_kind_display()}ของกลุ่มนี้"
        if other.is_open and data["state"] != SessionState.State.OPENED:
            messages.warning(request, joined(name, "ยังเปิดรับความคิดเห็นอยู่"))
        elif other.state == SessionState.State.PAUSED != data["state"]:
            consequence = f"ยังพักอยู่ {STILL_PAUSED[data['state']]}"
            messages.warning(request, joined(name, consequence))
    return go_on(request, reverse("session", args=[pk]))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def session_extension(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Take comments for longer than announced, with a reason the delegates see."""
    session = get_session(request, pk)
    form = SessionExtensionForm(posted_data(request), session=session)
    if form.is_valid() and form.save(by=request.user):
        tell_done(request, f"บันทึกแล้ว {SessionSchedule(form.session).closes}", form)
        if form.session.state == SessionState.State.CLOSED:
            messages.warning(
                request, "เวทียังปิดอยู่ ผู้แทนยังส่งความคิดเห็นไม่ได้ หากต้องการรับฟังต่อ โปรดกดเปิดเวที"
            )
        template = "comments/hearings/session/extension.html"
        return respond(
            request, template, {"form": form}, to=reverse("session", args=[pk])
        )
    context = {"session": session, "schedule": SessionSchedule(session), "form": form}
    return render(
        request,
        "comments/hearings/session/extension.html",
        context,
        status=form_status(form),
    )


@login_required
@require_POST
def session_discussion(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Put a clause under discussion; without one the discussion ends."""
    session = get_session(request, pk)
    form = DiscussionForm(request.POST, entries=entries_of_session(session))
    if not form.is_valid():
        raise SessionRefused(" ".join(str(error) for error in form.errors["entry"]))
    entry = form.cleaned_data["entry"]
    seen = read_id(request.POST.get("seen", ""))
    try:
        discuss_entry(session, entry, by=request.user, seen=seen or None)
    except WentOnMeanwhile as refusal:
        messages.warning(request, refusal.message_th)
        return go_on(request, reverse("session", args=[pk]))
    messages.success(request, "นำขึ้นอภิปรายแล้ว" if entry else "จบการอภิปรายข้อนี้แล้ว")
    return go_on(request, reverse("session", args=[pk]))


@login_required
@require_POST
def session_timer(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """So many minutes for what is discussed, from now on; or no time any more."""
    session = get_session(request, pk)
    minutes = 0
    if not request.POST.get("stop"):
        minutes = ClauseTimerForm(request.POST).given_minutes
    try:
        start_clause_timer(session, minutes=minutes, by=request.user)
    except Refusal as refusal:
        messages.warning(request, refusal.message_th)
        return see_other(reverse("session", args=[pk]))
    messages.success(request, f"จับเวลา {minutes} นาที" if minutes else "เลิกจับเวลาแล้ว")
    return see_other(reverse("session", args=[pk]))
