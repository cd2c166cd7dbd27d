"""The page of a session: its state and the clause under discussion."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hearing_portal.web.http import refuse_in_form
from hearing_portal.web.redirects import go_on

from ...models import HearingSession
from ..access import get_session
from ..forms import DiscussionForm, SessionStateForm
from ..presentation import find_room
from ..queries import entries_of_session
from ..refusals import SessionRefused
from ..services.running import discuss_entry, set_session_state

STATE_WORDS = {"opened": "เปิดเวทีแล้ว", "paused": "พักเวทีแล้ว", "closed": "ปิดเวทีแล้ว"}


# -- the session


@login_required
@require_safe
def session(request: HttpRequest, pk: int) -> HttpResponse:
    """The session's own page: its acts so far, and the clauses that can be put under discussion."""
    return _session_page(request, get_session(request, pk))


def _session_page(
    request: HttpRequest, session: HearingSession, *, form: SessionStateForm | None = None, status: int = 200
) -> HttpResponse:
    room = find_room(session, request.GET.get("process", ""))
    context = {"room": room, "form": form or SessionStateForm()}
    return render(request, "comments/hearings/session/page.html", context, status=status)


@login_required
@require_POST
def session_state(request: HttpRequest, pk: int) -> HttpResponse:
    session = get_session(request, pk)
    form = SessionStateForm(request.POST)
    if not form.is_valid():
        return _session_page(request, session, form=form, status=422)
    try:
        made = set_session_state(
            session, form.cleaned_data["state"], by=request.user, reason=form.cleaned_data["reason"]
        )
    except SessionRefused as refused:
        return _session_page(request, session, form=form, status=refuse_in_form(form, refused))
    messages.success(request, STATE_WORDS[made.state])
    return go_on(request, reverse("session", args=[pk]))


@login_required
@require_POST
def session_discussion(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a clause under discussion; without one the discussion ends."""
    session = get_session(request, pk)
    form = DiscussionForm(request.POST, entries=entries_of_session(session))
    if not form.is_valid():
        raise SessionRefused(" ".join(form.errors["entry"]))
    entry = form.cleaned_data["entry"]
    discuss_entry(session, entry, by=request.user)
    messages.success(request, "นำขึ้นอภิปรายแล้ว" if entry else "จบการอภิปรายข้อนี้แล้ว")
    return go_on(request, reverse("session", args=[pk]))
