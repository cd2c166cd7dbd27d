"""What the code on a card opens. Opening it changes nothing: a preview in a chat signs nobody in, the button does."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.directory.sign_in.limits import (
    SignInPaused,
    Source,
    begin_attempt,
)
from hearing_portal.thai.sentences import joined
from hearing_portal.web.capability_pages import kept_by_nobody
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import status_of
from hearing_portal.web.redirects import see_other

from ...models import Attendance, InvitationCard
from ...permissions import can_run_session
from ..access import find_sessions_to_come_to
from ..forms import ArrivalForm
from ..queries import find_card
from ..refusals import ArrivalRefused, CardRefused
from ..services import record_arrival, require_usable, use_card
from ..signed_in import sign_in_by_card

PAGE = "comments/arrivals/card.html"
AT_DESK = "comments/arrivals/card_at_desk.html"
NO_CARD = "ไม่พบบัตรตามที่อยู่เว็บนี้ โปรดสแกน QR บนบัตรอีกครั้ง หรือติดต่อจุดลงทะเบียน"
SOMEBODY_ELSE = "เครื่องนี้เข้าสู่ระบบในนามผู้อื่นอยู่ โปรดออกจากระบบก่อน แล้วสแกนบัตรอีกครั้ง"
# No username has a blank: the attempts of guessed cards are counted by themselves
GUESSES = "card guess"


@kept_by_nobody
@require_http_methods(["GET", "HEAD", "POST"])
def card(request: HttpRequest, secret: str) -> HttpResponse:
    """For its person, and for the desk that scans it."""
    found = find_card(secret)
    if found is None:
        return _no_card(request)
    today = timezone.localdate()
    try:
        require_usable(found, today)
    except CardRefused as refused:
        return _dead_page(request, refused.message_th, status=410)
    if _is_of_desk(request):
        return _card_at_desk(request, found)
    form = ArrivalForm(
        posted_data(request),
        sessions=find_sessions_to_come_to(found.hearing, found.person),
    )
    is_own = request.user.is_authenticated and request.user.pk == found.person_id
    if request.user.is_authenticated and not is_own:
        return _dead_page(request, SOMEBODY_ELSE, status=409)
    if not form.is_valid():
        context: dict[str, object] = {"card": found, "form": form, "is_own": is_own}
        return _form_page(request, PAGE, context, status=form_status(form))
    if not is_own:
        try:
            use_card(found, today)
        except CardRefused as refused:
            return _dead_page(request, refused.message_th, status=status_of(refused))
        sign_in_by_card(request, found)
        messages.success(request, "เข้าสู่ระบบแล้ว")
    return _arrive(request, found, form)


def _arrive(
    request: HttpRequest, found: InvitationCard, form: ArrivalForm
) -> HttpResponse:
    session = form.chosen_session
    if session is None:
        return see_other("home")
    method = Attendance.Method.CARD
    record_arrival(session, found.person, method=method, by=found.person)
    messages.success(request, joined("ลงทะเบียนเข้าร่วมเวที", str(session), "แล้ว"))
    return see_other(reverse("floor", args=[session.pk]))


def _no_card(request: HttpRequest) -> HttpResponse:
    """Letters that open nothing. Guessing is slowed down as at the sign-in; cards that exist are not."""
    try:
        begin_attempt(GUESSES, Source(request.META.get("REMOTE_ADDR", "")))
    except SignInPaused as pause:
        page = _dead_page(request, NO_CARD, status=429)
        page["Retry-After"] = pause.retry_after
        return page
    return _dead_page(request, NO_CARD, status=404)


def _dead_page(request: HttpRequest, why: str, *, status: int) -> HttpResponse:
    context = {"why": why}
    return render(request, "comments/arrivals/no_card.html", context, status=status)


def _is_of_desk(request: HttpRequest) -> bool:
    """Whether a facilitator or an administrator scans the card of somebody who comes in."""
    if not isinstance(request.user, User):
        return False
    roles = load_roles(request.user)
    return roles.is_admin or roles.is_facilitator


def _card_at_desk(request: HttpRequest, found: InvitationCard) -> HttpResponse:
    """Whose card it is, and the sessions of the desk that the person is expected in."""
    sessions = []
    for session in find_sessions_to_come_to(found.hearing, found.person):
        if can_run_session(request.user, session):
            sessions.append(session)
    form = ArrivalForm(posted_data(request), sessions=sessions)
    told = ""
    if form.is_valid() and form.chosen_session is not None:
        by = request.user
        if not isinstance(by, User):
            raise ArrivalRefused(NO_CARD)
        record_arrival(
            form.chosen_session, found.person, method=Attendance.Method.CARD, by=by
        )
        told = joined("บันทึกการมาถึงเวที", str(form.chosen_session), "แล้ว")
    context: dict[str, object] = {
        "card": found,
        "form": form,
        "sessions": sessions,
        "told": told,
    }
    status = form_status(form)
    return _form_page(request, AT_DESK, context, status=status)


def _form_page(
    request: HttpRequest, template: str, context: dict[str, object], *, status: int
) -> HttpResponse:
    """A browser that told nobody where a form was sent from would have it refused as another site's."""
    page = render(request, template, context, status=status)
    page["Referrer-Policy"] = "same-origin"
    return page
