"""The page of a session: its state and the clause under discussion."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form
from hearing_portal.web.redirects import go_on

from ...models import HearingSession, SessionState
from ..access import get_session
from ..agenda import find_agenda
from ..forms import DiscussionForm, SessionStateForm
from ..queries import entries_of_session
from ..refusals import SessionRefused
from ..services.running import discuss_entry, set_session_state

STATE_MESSAGES: dict[str, str] = {
    SessionState.State.OPENED: "เปิดเวทีแล้ว",
    SessionState.State.PAUSED: "พักเวทีแล้ว",
    SessionState.State.CLOSED: "ปิดเวทีแล้ว",
}


@login_required
@require_safe
def session(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The session's own page: its acts so far, and the clauses that can be put under discussion."""
    return _session_page(request, get_session(request, pk), SessionStateForm())


def _session_page(
    request: AuthenticatedHttpRequest,
    session: HearingSession,
    form: SessionStateForm,
    *,
    status: int = 200,
) -> HttpResponse:
    agenda = find_agenda(session, request.GET.get("process", ""))
    context = {"agenda": agenda, "form": form}
    return render(request, "comments/hearings/session/page.html", context, status=status)


@login_required
@require_POST
def session_state(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Open, pause or close the session."""
    session = get_session(request, pk)
    form = SessionStateForm(request.POST)
    if not form.is_valid():
        return _session_page(request, session, form, status=422)
    state = form.cleaned_data["state"]
    reason = form.cleaned_data["reason"]
    try:
        made = set_session_state(session, state, by=request.user, reason=reason)
    except SessionRefused as refusal:
        status = refuse_in_form(form, refusal)
        return _session_page(request, session, form, status=status)
    messages.success(request, STATE_MESSAGES[made.state])
    return go_on(request, reverse("session", args=[pk]))


@login_required
@require_POST
def session_discussion(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Put a clause under discussion; without one the discussion ends."""
    session = get_session(request, pk)
    form = DiscussionForm(request.POST, entries=entries_of_session(session))
    if not form.is_valid():
        raise SessionRefused(" ".join(str(error) for error in form.errors["entry"]))
    entry = form.cleaned_data["entry"]
    discuss_entry(session, entry, by=request.user)
    messages.success(request, "นำขึ้นอภิปรายแล้ว" if entry else "จบการอภิปรายข้อนี้แล้ว")
    return go_on(request, reverse("session", args=[pk]))
