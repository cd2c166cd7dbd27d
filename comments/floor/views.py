"""The line of speakers of a session: for who follows it, who stands in it and who runs it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from hearing_portal.refusals import Refusal
from hearing_portal.thai.sentences import joined
from hearing_portal.web.http import AuthenticatedHttpRequest, read_id, refuse_in_form
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ..hearings.access import get_session_to_follow
from ..hearings.following import find_discussed
from ..hearings.refusals import explain_closed_session
from ..hearings.room_keys import keys_from
from ..models import HearingSession, SpeakerRequest
from ..permissions import can_run_session, may_speak_in, offices_speaking_in
from .access import (
    get_request_to_end,
    get_session_to_run,
    get_session_to_speak_in,
)
from .forms import (
    FloorRequestForm,
    GivenFloorForm,
    MoveForm,
    WrittenRequestForm,
    name_speaker,
)
from .presentation import show_line
from .queries import load_line
from .refusals import FloorRefused
from .services import (
    ask_for_floor,
    end_request,
    give_floor,
    move_request,
    write_down_request,
)

KEYS = (
    ("G", "เชิญผู้ที่อยู่ลำดับแรกพูด"),
    ("E", "จบการพูด"),
    ("W", "บันทึกสิ่งที่พูด"),
)
ENDED: dict[str, str] = {
    SpeakerRequest.Ending.SPOKEN: "จบการพูดแล้ว",
    SpeakerRequest.Ending.WITHDRAWN: "ถอนคำขอพูดแล้ว",
    SpeakerRequest.Ending.PASSED: "นำออกจากลำดับแล้ว",
}


@login_required
@require_safe
def floor(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    return _floor_page(request, get_session_to_follow(request, pk))


def _floor_page(
    request: AuthenticatedHttpRequest,
    session: HearingSession,
    *,
    asking: FloorRequestForm | None = None,
    writing: WrittenRequestForm | None = None,
    moving: MoveForm | None = None,
    status: int = 200,
) -> HttpResponse:
    line = load_line(session)
    context: dict[str, object] = {
        "session": session,
        "discussed": find_discussed(session),
        "shown": show_line(line, request.user),
        "closed": "" if session.is_open else explain_closed_session(session),
        "asking": None,
        "runs": can_run_session(request.user, session),
    }
    if may_speak_in(request.user, session):
        offices = offices_speaking_in(request.user, session)
        context["asking"] = asking or FloorRequestForm(offices=offices)
    if context["runs"]:
        context["giving"] = GivenFloorForm()
        context["keys"] = KEYS + keys_from("F")
        context["writing"] = writing or WrittenRequestForm()
        context["moving"] = moving or MoveForm(places=line.places)
    return render(request, "comments/floor/floor.html", context, status=status)


def _back(pk: int) -> HttpResponse:
    return see_other(reverse("floor", args=[pk]))


@login_required
@require_POST
def floor_requests(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A delegate, an office head or an expert asks for the floor."""
    session = get_session_to_speak_in(request, pk)
    form = FloorRequestForm(
        request.POST, offices=offices_speaking_in(request.user, session)
    )
    if not form.is_valid():
        return _floor_page(request, session, asking=form, status=422)
    try:
        made = ask_for_floor(
            session,
            subject=form.cleaned_data["subject"],
            office=form.chosen_office,
            by=request.user,
        )
    except Refusal as refusal:
        status = refuse_in_form(form, refusal)
        return _floor_page(request, session, asking=form, status=status)
    place = load_line(session).find_place(request.user)
    if made.is_waiting and place is not None:
        messages.success(request, f"ขอพูดแล้ว ท่านอยู่ลำดับที่ {place.number}")
    return _back(pk)


@login_required
@require_POST
def floor_written(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The facilitator puts an office into the line whose delegate raised a hand."""
    session = get_session_to_run(request, pk)
    form = WrittenRequestForm(request.POST)
    if not form.is_valid():
        return _floor_page(request, session, writing=form, status=422)
    office = form.cleaned_data["office"]
    try:
        write_down_request(
            session,
            subject=form.cleaned_data["subject"],
            office=office,
            by=request.user,
        )
    except Refusal as refusal:
        status = refuse_in_form(form, refusal)
        return _floor_page(request, session, writing=form, status=status)
    messages.success(request, joined("เพิ่ม", office.short_name, "ในลำดับแล้ว"))
    return _back(pk)


@login_required
@require_POST
def floor_speaker(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Give the floor to one who waits."""
    session = get_session_to_run(request, pk)
    wanted = get_object_or_404(
        SpeakerRequest.objects.select_related("office"),
        session=session,
        pk=read_id(request.POST.get("request", "")),
    )
    minutes = GivenFloorForm(request.POST).given_minutes
    seen = request.POST.get("speaking", "")
    try:
        given = give_floor(
            wanted,
            minutes=minutes,
            by=request.user,
            seen=read_id(seen) if seen else None,
        )
    except FloorRefused as refusal:
        messages.warning(request, refusal.message_th)
        return _back(pk)
    words = f"พูด {given.minutes} นาที"
    messages.success(request, joined("เชิญ", name_speaker(wanted), words))
    return _back(pk)


@login_required
@require_POST
def floor_moves(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """Another order, with a reason that everybody reads."""
    session = get_session_to_run(request, pk)
    form = MoveForm(request.POST, places=load_line(session).places)
    if not form.is_valid():
        return _floor_page(request, session, moving=form, status=422)
    moved = form.requests[form.cleaned_data["request"]]
    try:
        move_request(
            moved,
            before=form.requests.get(form.cleaned_data["before"]),
            reason=form.cleaned_data["reason"],
            by=request.user,
        )
    except Refusal as refusal:
        status = refuse_in_form(form, refusal)
        return _floor_page(request, session, moving=form, status=status)
    tell_done(request, "เปลี่ยนลำดับแล้ว", form)
    return _back(pk)


@login_required
@require_POST
def floor_end(
    request: AuthenticatedHttpRequest, pk: int, request_id: int
) -> HttpResponse:
    """Withdraw one's own; for who runs the session also the end of a speech, or that somebody is not in the room."""
    session = get_session_to_follow(request, pk)
    ended = end_request(
        get_request_to_end(request, session, request_id), by=request.user
    )
    messages.success(request, ENDED[ended.ending])
    return _back(pk)
