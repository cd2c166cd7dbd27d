"""Whom a card signed in stays signed in while the card stands, and not a page longer."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.timezone import localdate

from hearing_portal.postgres.statements import kept_statement
from hearing_portal.thai.dates import day_range

from ..models import InvitationCard

SESSION_KEY = "invitation_card"  # in the session: the id of the card


def sign_in_by_card(request: HttpRequest, card: InvitationCard) -> None:
    """To the end of the hearing's last day. The card comes with its hearing and its person."""
    login(request, card.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    request.session[SESSION_KEY] = card.pk
    _, end = day_range(card.hearing.closes_on)
    request.session.set_expiry(_at_most(end))


def _at_most(end: datetime) -> datetime:
    """No longer than others are signed in."""
    return min(end, timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE))


class EndRecalledCards:
    """Signs out whose card was called back, or whose hearing is over, before the page is made. What was posted then is
    kept as for everybody who is signed out. Pages of others cost no query for it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return None
        card_id = request.session.get(SESSION_KEY)
        if card_id is not None and not _find_standing(card_id, localdate()):
            logout(request)
        return None


@kept_statement
def _find_standing(card_id: int, day: date) -> QuerySet[InvitationCard]:
    return InvitationCard.objects.filter(
        pk=card_id, recall__isnull=True, hearing__closes_on__gte=day
    )
