"""The shows of hands of a session: asking, answering, ending, and the results."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.directory.permissions import load_roles
from hearing_portal.refusals import Refusal
from hearing_portal.thai.sentences import joined
from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form
from hearing_portal.web.redirects import see_other
from hearing_portal.web.refusal_pages import is_htmx
from hearing_portal.web.telling import tell_done

from ..arrivals.queries import count_present_offices, count_registered_offices
from ..commenting.refusals import WrittenByAnother
from ..commenting.sending import is_written_by_another, sent_key
from ..hearings.access import get_session_to_follow
from ..hearings.following import find_discussed
from ..hearings.refusals import explain_closed_session
from ..hearings.room_keys import keys_from
from ..models import HearingSession, Poll, Vote
from ..permissions import can_run_session, offices_speaking_in
from .access import get_poll, get_session_to_ask_in, get_session_to_vote_in
from .forms import PollForm, RecordedVoteForm, VoteForm
from .presentation import ADVICE, ShownPoll, show_ended, show_running
from .queries import count_votes, find_votes_of, load_polls
from .services import ask_poll, end_poll, offices_needed, vote

KEYS = (
    ("A", "ขอให้เขตยกมือ: ไปที่คำถาม"),
    ("E", "สิ้นสุดการยกมือ: ไปที่ปุ่ม"),
)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def polls(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What is asked now and what was; a POST asks."""
    if request.method != "POST":
        return _polls_page(request, get_session_to_follow(request, pk))
    session = get_session_to_ask_in(request, pk)
    discussed = session.discussions.select_related("entry").order_by("-pk").first()
    entry = discussed.entry if discussed is not None else None
    form = PollForm(request.POST, has_clause=entry is not None)
    if not form.is_valid():
        return _polls_page(request, session, asking=form, status=422)
    try:
        ask_poll(
            session,
            question=form.question,
            entry=entry,
            hides_counts=form.cleaned_data["hides_counts"],
            quorum=form.cleaned_data["quorum"],
            by=request.user,
        )
    except Refusal as refusal:
        status = refuse_in_form(form, refusal)
        return _polls_page(request, session, asking=form, status=status)
    tell_done(request, "ขอให้เขตยกมือแล้ว", form)
    return _back(pk)


def _polls_page(
    request: AuthenticatedHttpRequest,
    session: HearingSession,
    *,
    asking: PollForm | None = None,
    voting: VoteForm | None = None,
    recording: RecordedVoteForm | None = None,
    stored_key: UUID | None = None,
    status: int = 200,
) -> HttpResponse:
    """`stored_key` is the key under which a device sent an answer that is stored now."""
    running = None
    ended = []
    for poll in load_polls(session):
        if poll.is_running:
            running = _show_running(session, poll)
        else:
            ended.append(show_ended(poll))
    runs = can_run_session(request.user, session)
    context: dict[str, object] = {
        "session": session,
        "discussed": find_discussed(session),
        "running": running,
        "ended": ended,
        "advice": ADVICE,
        "closed": "" if session.is_open else explain_closed_session(session),
        "runs": runs,
        "stored_key": stored_key,
        "keys": KEYS + keys_from("H"),
    }
    offices = offices_speaking_in(request.user, session)
    if running is not None and offices:
        votes = find_votes_of(running.poll, offices)
        own = next(iter(votes.values()), None)
        given = own.answer if own is not None else ""
        context["own"] = own
        context["voting"] = voting or VoteForm(offices=offices, given=given)
    if runs and running is None:
        discussed = session.discussions.order_by("-pk").first()
        has_clause = discussed is not None and discussed.entry_id is not None
        context["asking"] = asking or PollForm(has_clause=has_clause)
    elif runs:
        context["recording"] = recording or RecordedVoteForm()
        context["asking"] = asking  # refused, because one runs
    return render(request, "comments/polls/polls.html", context, status=status)


def _show_running(session: HearingSession, poll: Poll) -> ShownPoll:
    needed = 0
    if poll.quorum != Poll.Quorum.NONE:
        registered = count_registered_offices(session)
        present = count_present_offices(session)
        needed = offices_needed(poll, registered, present)
    return show_running(poll, count_votes(poll), needed)


def _back(pk: int) -> HttpResponse:
    return see_other(reverse("polls", args=[pk]))


@login_required
@require_POST
def poll_vote(request: AuthenticatedHttpRequest, pk: int, poll_id: int) -> HttpResponse:
    """The answer of the person's office."""
    if is_written_by_another(request):
        raise WrittenByAnother(has_text=False)
    session = get_session_to_vote_in(request, pk)
    poll = get_poll(session, poll_id)
    form = VoteForm(request.POST, offices=offices_speaking_in(request.user, session))
    if not form.is_valid():
        return _polls_page(request, session, voting=form, status=422)
    office = form.chosen_office
    is_head = load_roles(request.user).heads(office)
    try:
        vote(
            poll,
            office=office,
            answer=form.cleaned_data["answer"],
            standing=Vote.Standing.HEAD if is_head else Vote.Standing.DELEGATE,
            by=request.user,
            seen=request.POST.get("seen", ""),
        )
    except Refusal as refusal:
        status = refuse_in_form(form, refusal)
        return _polls_page(request, session, voting=form, status=status)
    if is_htmx(request):
        return _polls_page(request, session, stored_key=sent_key(request))
    messages.success(request, joined("บันทึกคำตอบในนาม", office.short_name, "แล้ว"))
    return _back(pk)


@login_required
@require_POST
def poll_recorded(
    request: AuthenticatedHttpRequest, pk: int, poll_id: int
) -> HttpResponse:
    """The facilitator writes down the answer of an office without a phone."""
    session = get_session_to_ask_in(request, pk)
    poll = get_poll(session, poll_id)
    form = RecordedVoteForm(request.POST)
    if not form.is_valid():
        return _polls_page(request, session, recording=form, status=422)
    office = form.cleaned_data["office"]
    try:
        vote(
            poll,
            office=office,
            answer=form.cleaned_data["answer"],
            standing=Vote.Standing.RECORDED,
            by=request.user,
        )
    except Refusal as refusal:
        status = refuse_in_form(form, refusal)
        return _polls_page(request, session, recording=form, status=status)
    messages.success(request, joined("บันทึกคำตอบแทน", office.short_name, "แล้ว"))
    return _back(pk)


@login_required
@require_POST
def poll_end(request: AuthenticatedHttpRequest, pk: int, poll_id: int) -> HttpResponse:
    session = get_session_to_ask_in(request, pk)
    end_poll(get_poll(session, poll_id), by=request.user)
    messages.success(request, "สิ้นสุดการยกมือแล้ว ผลเก็บไว้และแก้ไขไม่ได้")
    return _back(pk)
