"""What was told in a session lately, for a page that begins to follow it, or cannot hear the stream."""

from datetime import UTC, datetime

from django.db.models import Max

from ..models import Event

MOST_TOLD = 200  # events; a page that missed more asks for itself anew

type Told = dict[str, object]


def find_latest_event(session_id: int) -> tuple[int, int]:
    """(id of the latest event, number of the latest that was published); zeros where there is none. One query."""
    events = Event.objects.filter(session=session_id)
    found = events.aggregate(latest=Max("id"), number=Max("number"))
    return found["latest"] or 0, found["number"] or 0


def find_events_since(session_id: int, moment: float) -> tuple[list[Told], bool]:
    """(events, whether there are more): those written after the moment (milliseconds since 1970), published or not, as
    the stream tells them but without a number; at most MOST_TOLD, the latest. One query."""
    since = datetime.fromtimestamp(moment / 1000, tz=UTC)
    events = Event.objects.filter(session=session_id, at__gt=since).order_by("-id")
    found = list(events[: MOST_TOLD + 1])
    told: list[Told] = []
    for event in reversed(found[:MOST_TOLD]):
        at = int(event.at.timestamp() * 1000)
        told.append(
            {"id": event.pk, "kind": event.kind, "about": event.about, "at": at}
        )
    return told, len(found) > MOST_TOLD
