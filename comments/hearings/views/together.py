"""The sessions of all groups, opened, paused or closed in one act."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearing_portal.directory.access import require_admin
from hearing_portal.thai.sentences import listed
from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...models import HearingSession, SessionState
from ..choosing import choose_hearing
from ..forms.announcing import HearingForm
from ..forms.running import RESUMED, AllSessionsForm
from ..presentation import explain_staying
from ..queries import sessions_with_state
from ..refusals import SessionRefused
from ..services.session_states import (
    ALLOWED_BEFORE,
    find_obstacles,
    set_states_together,
)
from .announcing import desk_page, without_hearing
from .closing import confirm_closing, say_with_reason
from .opening import confirm_opening

DONE = {
    SessionState.State.OPENED: "เปิดแล้ว {number} เวที",
    SessionState.State.PAUSED: "พักแล้ว {number} เวที",
    SessionState.State.CLOSED: "ปิดแล้ว {number} เวที",
}


@login_required
@require_POST
def all_session_states(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Opening and closing are told first. Sessions that cannot come into the state stay as they are."""
    require_admin(request.user)
    choice = choose_hearing(request.POST.get("hearing", ""))
    hearing = choice.hearing
    if hearing is None:
        return without_hearing(request)
    desk = reverse("hearing-edit", args=[hearing.key])
    of_hearing = list(sessions_with_state(hearing))
    form = AllSessionsForm(request.POST, sessions=of_hearing)
    if not form.is_valid():
        return desk_page(
            request, choice, HearingForm(hearing=hearing), all_sessions=form, status=422
        )
    data = form.cleaned_data
    is_resumed = data["state"] == RESUMED
    sessions = []
    for session in of_hearing:
        is_meant = not is_resumed or session.state == SessionState.State.PAUSED
        if session.kind in data["kinds"] and is_meant:
            sessions.append(session)
    state = SessionState.State.OPENED
    if not is_resumed:
        state = SessionState.State(data["state"])
    if not data["is_confirmed"]:
        step = _tell_first(request, data, sessions, of_hearing, back=desk)
        if step is not None:
            return step
    try:
        made = set_states_together(
            sessions,
            state,
            by=request.user,
            reason=data["reason"],
            releases_edition=data.get("release", False),
        )
    except SessionRefused as refusal:
        status = refuse_in_form(form, refusal)
        return desk_page(
            request,
            choice,
            HearingForm(hearing=hearing),
            all_sessions=form,
            status=status,
        )
    if made:
        tell_done(
            request,
            say_with_reason(DONE[state].format(number=len(made)), data["reason"]),
            form,
        )
    else:
        messages.warning(request, "ไม่มีเวทีที่เปลี่ยนสถานะ โปรดดูสถานะของแต่ละเวทีด้านล่าง")
    if state == SessionState.State.OPENED:
        _tell_which_stay_closed(request, sessions)
    else:
        _tell_which_stay_open(request, sessions_with_state(hearing))
    if state != SessionState.State.PAUSED:
        _tell_which_stay_paused(request, sessions_with_state(hearing))
    return see_other(desk)


def _tell_first(
    request: AuthenticatedHttpRequest,
    data: Mapping[str, Any],
    sessions: Sequence[HearingSession],
    of_hearing: Sequence[HearingSession],
    *,
    back: str,
) -> HttpResponse | None:
    """The step before the act that `data` of the form asks for on `sessions`. None where none is needed, where nothing
    would change, and where the act will be refused."""
    to = reverse("all-session-states")
    if data["state"] == SessionState.State.CLOSED:
        closing = []
        for session in sessions:
            if session.state in ALLOWED_BEFORE[SessionState.State.CLOSED]:
                closing.append(session)
        if closing:
            staying_on = []
            for session in of_hearing:
                if (
                    session.state in ALLOWED_BEFORE[SessionState.State.CLOSED]
                    and session not in closing
                ):
                    staying_on.append(session)
            return confirm_closing(
                request, closing, to=to, back=back, staying=staying_on
            )
    if data["state"] == SessionState.State.OPENED:
        obstacles = find_obstacles(of_hearing, by=request.user)
        opening = []
        for session in sessions:
            obstacle = obstacles.get(session.pk)
            is_settled = obstacle is not None and obstacle.is_lasting
            if session.state in (None, SessionState.State.PAUSED) and not is_settled:
                opening.append(session)
        will_be_refused = any(session.pk in obstacles for session in opening)
        if not data.get("release"):
            will_be_refused = will_be_refused or any(
                not session.state_facts.is_readable for session in opening
            )
        if opening and not will_be_refused:
            staying = explain_staying(of_hearing, opening, obstacles)
            return confirm_opening(request, opening, staying, to=to, back=back)
    return None


def _tell_which_stay_open(
    request: AuthenticatedHttpRequest, sessions: Iterable[HearingSession]
) -> None:
    """Those of the kinds that were not chosen: what is said in the hall is then still said there."""
    open_ones = [str(session) for session in sessions if session.is_open]
    if open_ones:
        messages.warning(
            request,
            f"เวทีที่ยังเปิดรับความคิดเห็นอยู่ {len(open_ones)} เวที ได้แก่ {listed(open_ones)}",
        )


def _tell_which_stay_paused(
    request: AuthenticatedHttpRequest, sessions: Iterable[HearingSession]
) -> None:
    """Their delegates read that they will go on."""
    paused = []
    for session in sessions:
        if session.state == SessionState.State.PAUSED:
            paused.append(str(session))
    if paused:
        messages.warning(request, f"เวทีที่ยังพักอยู่ {len(paused)} เวที ได้แก่ {listed(paused)}")


def _tell_which_stay_closed(
    request: AuthenticatedHttpRequest, sessions: Iterable[HearingSession]
) -> None:
    """Also those that are settled, though nobody closed them: they are told why."""
    closed = []
    settled: dict[str, list[str]] = {}
    shut = [session for session in sessions if not session.is_open]
    obstacles = find_obstacles(shut, by=request.user)
    for session in shut:
        obstacle = obstacles.get(session.pk)
        if obstacle is not None and obstacle.is_lasting:
            settled.setdefault(obstacle.short, []).append(str(session))
        elif session.state == SessionState.State.CLOSED:
            closed.append(str(session))
    for why, names in settled.items():
        messages.info(request, f"เวที{why} ได้แก่ {listed(names)}")
    if closed:
        messages.info(
            request,
            f"เวทีที่ปิดแล้วยังปิดอยู่ ได้แก่ {listed(closed)} หากต้องการรับฟังต่อ โปรดเปิดทีละเวที",
        )
