"""The one publisher: numbers what was committed, session by session, and wakes who listens.

A number that the act itself took from a counter would make the posts of a room wait for each other; a sequence would
give them in the order of writing, and what commits late would be told after its followers. NOTIFY takes a lock that
all commits of the database share, so it stands in the publisher's transaction and never in an act's.
"""

import json
from collections import defaultdict
from collections.abc import Iterator

from django.db import connection, transaction

from hearing_portal.live.hub import NOTIFIED

from .words import add_words

LOCK = 0x6C697665  # "live": one publisher at a time in the whole installation
AT_ONCE = 500  # events of a transaction
MOST_BYTES = 7000  # PostgreSQL takes less than 8,000 in a payload

NUMBER_EVENTS = """
    WITH waiting AS (
        SELECT id, session_id FROM comments_event WHERE number IS NULL ORDER BY id LIMIT %s
    ), numbered AS (
        SELECT id, coalesce((SELECT max(number) FROM comments_event told WHERE told.session_id = waiting.session_id), 0)
            + row_number() OVER (PARTITION BY session_id ORDER BY id) AS number
        FROM waiting
    )
    UPDATE comments_event event SET number = numbered.number FROM numbered WHERE event.id = numbered.id
    RETURNING event.session_id, event.number, event.id, event.kind, event.about,
        (1000 * extract(epoch FROM event.at))::bigint
"""

type Told = dict[str, object]


class EventLog:
    """The hub's source."""

    # Of who missed more than these the page is asked for wholly
    recent = """
        SELECT 'session-' || session_id, number,
            jsonb_build_object('id', id, 'kind', kind, 'about', about, 'at', told_at)
        FROM (
            SELECT session_id, number, id, kind, about, (1000 * extract(epoch FROM at))::bigint AS told_at,
                row_number() OVER (PARTITION BY session_id ORDER BY number DESC) AS before
            FROM comments_event WHERE number IS NOT NULL AND at > now() - interval '1 hour'
        ) latest WHERE before <= 200 ORDER BY session_id, number
    """

    def publish(self) -> None:
        publish_events()


def channel_of(session_id: int) -> str:
    return f"session-{session_id}"


def publish_events() -> int:
    """How many were published; 0 where another process does it just now."""
    if not _has_waiting():
        return 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if cursor.fetchone() != (True,):
            return 0
        cursor.execute(NUMBER_EVENTS, [AT_ONCE])
        rows = cursor.fetchall()
        events: dict[int, list[Told]] = defaultdict(list)
        for session_id, number, pk, kind, about, at in sorted(rows):
            events[session_id].append(
                {"n": number, "id": pk, "kind": kind, "about": about, "at": at}
            )
        for session_id, told in events.items():
            add_words(session_id, told)
            for payload in _payloads(channel_of(session_id), told):
                cursor.execute("SELECT pg_notify(%s, %s)", [NOTIFIED, payload])
    return len(rows)


def _has_waiting() -> bool:
    """Asked many times an hour for each time there is something."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT FROM comments_event WHERE number IS NULL)"
        )
        return bool(cursor.fetchone() == (True,))


def _payloads(channel: str, events: list[Told]) -> Iterator[str]:
    """In as few as there may be."""
    part: list[Told] = []
    size = 0
    for event in events:
        length = len(json.dumps(event, ensure_ascii=False).encode())
        if part and size + length > MOST_BYTES:
            yield _payload(channel, part)
            part, size = [], 0
        part.append(event)
        size += length
    yield _payload(channel, part)


def _payload(channel: str, events: list[Told]) -> str:
    return json.dumps(
        {"channel": channel, "events": events},
        ensure_ascii=False,
        separators=(",", ":"),
    )
