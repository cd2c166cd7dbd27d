"""The hub at /live/, served as the portal serves it: tickets, replay, gaps, ends, no database connection a
stream."""

import asyncio
import http.client
import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import urlencode

import pytest
import uvicorn
from django.db import connection, transaction
from django.utils import timezone

from comments.live.publisher import channel_of, publish_events
from comments.live.services import record_event
from comments.models import HearingSession
from hearing_portal.launch.web import PunctualProtocol, Server
from hearing_portal.live.hub import Hub, find_source
from hearing_portal.live.refusing import refuse_stream
from hearing_portal.live.tickets import make_ticket
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 20  # seconds


@pytest.fixture
def room(session, edition) -> HearingSession:
    """A session in which nothing has happened; what happened elsewhere is told."""
    publish_events()
    return factories.make_session(edition, session.work_group, hearing=session.hearing)


@contextmanager
def running_hub() -> Iterator[int]:
    """Its port."""
    hub = Hub(find_source)

    async def application(scope, receive, send) -> None:
        status = await hub.serve(scope, receive, send)
        if status != 200:
            await refuse_stream(send, status)

    config = uvicorn.Config(
        application, http=PunctualProtocol, lifespan="off", log_level="error"
    )
    server = Server(config, hub)
    listener = socket.create_server(("127.0.0.1", 0))
    thread = threading.Thread(
        target=lambda: asyncio.run(server.serve(sockets=[listener]))
    )
    thread.start()
    try:
        yield listener.getsockname()[1]
    finally:
        server.should_exit = True
        thread.join(PATIENCE)
        assert not thread.is_alive()


class Listener:
    """A page that listens, with a plain HTTP client."""

    def __init__(self, port: int, ticket: str, after: int = 0) -> None:
        self._connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=PATIENCE
        )
        query = urlencode({"ticket": ticket, "after": after})
        self._connection.request("GET", f"/live/?{query}")
        self.response = self._connection.getresponse()
        self.status = self.response.status

    def next(self) -> tuple[str, list[tuple[int, str]]]:
        """(name of the message, [(number, about)]); a name alone for what tells no events, ("", []) at the end."""
        fields: dict[str, str] = {}
        while line := self.response.readline().decode():
            name, _, value = line.rstrip("\n").partition(": ")
            if name:
                fields[name] = value
            elif "data" in fields:
                break
            else:
                fields = {}
        told = json.loads(fields.get("data", "[]"))
        events = [(event["n"], event["about"]) for event in told] if told else []
        return fields.get("event", "message" if events else ""), events

    def close(self) -> None:
        self.response.close()
        self._connection.close()


def tell(session: HearingSession, *abouts: str) -> None:
    for about in abouts:
        with transaction.atomic():
            record_event(session, "clause", about)


def test_stream_tells_its_session_and_comes_back_where_it_was(room, session) -> None:
    """Across a restart of the hub, and past what nobody heard."""
    ticket = make_ticket(channel_of(room.pk))
    with running_hub() as port:
        listener = Listener(port, ticket)
        tell(session, "99")
        tell(room, "1")
        assert listener.next() == ("message", [(1, "1")])
    assert listener.next() == ("renew", [])
    assert listener.next() == ("", [])  # the hub ended
    tell(room, "2", "3")
    publish_events()
    with running_hub() as port:
        listener = Listener(port, ticket, after=1)
        _, events = listener.next()
        assert [event for event in events if event[0] > 1] == [(2, "2"), (3, "3")]
        tell(room, "4")
        assert listener.next() == ("message", [(4, "4")])
        # A second page of the same moment is told the same, from what the hub remembers
        second = Listener(port, ticket, after=3)
        assert second.next() == ("message", [(4, "4")])
        second.close()
        listener.close()


def test_page_that_missed_too_much_is_told_so(room) -> None:
    ticket = make_ticket(channel_of(room.pk))
    long_ago = timezone.now() - timedelta(hours=2)
    for at in (long_ago, long_ago, timezone.now()):
        factories.make_event(room, at=at)
    publish_events()
    with running_hub() as port:
        late = Listener(port, ticket, after=1)
        assert late.next() == ("gap", [])
        tell(room, "4")
        assert late.next() == ("message", [(4, "4")])
        late.close()


def test_stream_ends_with_its_ticket(room) -> None:
    channel = channel_of(room.pk)
    with running_hub() as port:
        brief = Listener(port, make_ticket(channel, life=1))
        assert (brief.next(), brief.next()) == (("renew", []), ("", []))
        for ticket in ("", "forged", make_ticket(channel, life=-1)):
            assert Listener(port, ticket).status == 403
        assert Listener(port, make_ticket(channel), after=-1).status == 403


def test_streams_hold_no_database_connection(room) -> None:
    """The hub has one to listen and one to publish, for however many."""
    ticket = make_ticket(channel_of(room.pk))
    with running_hub() as port:
        listeners = [Listener(port, ticket)]
        tell(room, "1")
        listeners[0].next()
        with_one = database_connections()
        listeners += [Listener(port, ticket, after=1) for _ in range(40)]
        tell(room, "2")
        assert [listener.next() for listener in listeners] == (
            41 * [("message", [(2, "2")])]
        )
        assert database_connections() == with_one
        for listener in listeners:
            listener.close()


def database_connections() -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
        )
        (count,) = cursor.fetchone()
    return count
