"""How a page that is read follows a session: what was told since, and the ticket for the stream."""

import time
from hashlib import sha256
from urllib.parse import urlencode

from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponseNotModified,
    JsonResponse,
)

from hearing_portal.live.tickets import make_ticket
from manuals.models import EditionEntry

from ..citations import with_section_title
from ..live.publisher import channel_of
from ..live.queries import find_events_since, find_latest_event
from ..models import HearingSession

LENGTH_OF_MOMENT = 13  # digits of milliseconds, until the year 2286


def tell_session(
    request: HttpRequest, session: HearingSession, entry: int | None
) -> HttpResponse:
    """How things stand in the session, what was told since a moment (`since`, milliseconds), and where to hear more:
    {stream, after, state, entry, events, missed, at}; `missed` where more was told than stands there. Who cannot hear
    asks this again, and is told 304 as long as nothing happened."""
    at = int(time.time() * 1000)
    latest, number = find_latest_event(session.pk)
    stands = f"{session.pk} {session.state} {entry} {latest}"
    etag = f'"{sha256(stands.encode()).hexdigest()[:16]}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag})
    query = urlencode({"ticket": make_ticket(channel_of(session.pk))})
    since = request.GET.get("since", "")
    told = {
        "stream": f"/live/?{query}",
        "after": number,
        "state": session.state or "",
        "entry": entry,
        "events": [],
        "missed": False,
        "at": at,
    }
    if since.isascii() and since.isdecimal() and len(since) <= LENGTH_OF_MOMENT:
        events, missed = find_events_since(session.pk, int(since))
        told |= {"events": events, "missed": missed}
    return JsonResponse(told, headers={"ETag": etag})


def find_discussed(session: HearingSession) -> EditionEntry | None:
    """What everybody looks at, with its words and `section_title`; None where nothing is. Two queries at most."""
    latest = session.discussions.order_by("-pk").first()
    if latest is None or latest.entry_id is None:
        return None
    entries = EditionEntry.objects.select_related("blob", "manual", "section")
    return with_section_title(entries).get(pk=latest.entry_id)
