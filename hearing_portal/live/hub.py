"""The hub: server-sent events at /live/, for who brings a ticket, in the event loop of its process.

A stream is a connection that is written to and nothing else: no thread, no task that wakes, no database connection.
The hub listens to the database over one connection of its own, as long as anybody listens to it.
"""

import asyncio
import json
import logging
import random
import resource
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any, Protocol
from urllib.parse import parse_qs

import psycopg
from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.conf import settings
from django.db import connections
from django.utils.module_loading import import_string
from psycopg.conninfo import make_conninfo

from .channels import BEAT, Channel, Stream, as_chunk
from .tickets import Ticket, TicketRefused, read_ticket

logger = logging.getLogger(__name__)

NOTIFIED = (
    "portal_live"  # PostgreSQL's channel; a payload is {"channel": …, "events": […]}
)
TRANSPORT = "hearing_portal.transport"  # in the scope's extensions: where a stream is written to
PUBLISH_EVERY = 0.2  # seconds
BEAT_EVERY = 15.0
PING_EVERY = 5.0
RECONNECT_AFTER = 1.0
IDLE_FOR = 30.0  # seconds without a stream after which the database is left alone
# Milliseconds after which a browser comes back: a hall does not come back at once
COME_BACK_BETWEEN = (500, 2500)
REPLAYED_TOGETHER = 10  # events
MOST_STREAMS = 10_000
OTHER_FILES = 400  # that a process opens besides its streams
HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store, no-transform"),
    (b"x-accel-buffering", b"no"),
]


class LiveSource(Protocol):
    """What the hub is told by. `publish` numbers what was committed and notifies (called in a thread, whichever process
    comes first does it); `recent` is the SQL of what was published lately: (channel, number, event as JSON)."""

    recent: str

    def publish(self) -> None: ...


class Hub:
    """All streams of one process."""

    def __init__(self, find_source: Callable[[], LiveSource]) -> None:
        self._find_source = find_source
        self._channels: dict[str, Channel] = {}
        self._ends: dict[Stream, asyncio.Event] = {}
        self._working: asyncio.Task[None] | None = None
        self._most = MOST_STREAMS

    @property
    def streams(self) -> int:
        return len(self._ends)

    async def serve(
        self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> int:
        """Streams until the reader goes, or the ticket's life ends. The status of a refusal, 200 for a stream."""
        try:
            ticket, position = _asked(scope)
        except TicketRefused:
            return 403
        if self.streams >= self._most:
            return 503
        extensions: Any = scope.get("extensions") or {}
        start: Any = {"type": "http.response.start", "status": 200, "headers": HEADERS}
        await send(start)
        stream = Stream(extensions[TRANSPORT], position)
        end = asyncio.Event()
        # uvicorn sends the head with the first part of the body
        hello: Any = {
            "type": "http.response.body",
            "body": f"retry: {random.randint(*COME_BACK_BETWEEN)}\n\n".encode(),
            "more_body": True,
        }
        await send(hello)
        self._ends[stream] = end
        channel = self._channels.setdefault(ticket.channel, Channel())
        self._work()
        loop = asyncio.get_running_loop()
        timer = loop.call_later(max(0.0, ticket.ends_at - time.time()), end.set)
        leaving = asyncio.ensure_future(_leave(receive, end))
        try:
            channel.join(stream)
            await end.wait()
        finally:
            timer.cancel()
            leaving.cancel()
            channel.streams.discard(stream)
            del self._ends[stream]
        if not stream.transport.is_closing():
            stream.write(as_chunk("event: renew\ndata: {}\n\n"))
            last: Any = {"type": "http.response.body", "body": b"", "more_body": False}
            await send(last)
        return 200

    def end_all(self) -> None:
        """The process ends: every page comes back to the next one."""
        for end in self._ends.values():
            end.set()
        if self._working is not None:
            self._working.cancel()

    def _work(self) -> None:
        if self._working is None or self._working.done():
            self._most = _raise_limit_of_files()
            self._working = asyncio.create_task(self._work_while_heard())

    async def _work_while_heard(self) -> None:
        source = self._find_source()
        executor = ThreadPoolExecutor(1, thread_name_prefix="live-publisher")
        tasks = [
            asyncio.create_task(self._listen(source)),
            asyncio.create_task(_publish(source, executor)),
            asyncio.create_task(self._beat()),
        ]
        try:
            idle_since = time.monotonic()
            while time.monotonic() - idle_since < IDLE_FOR:
                await asyncio.sleep(1)
                if self._ends:
                    idle_since = time.monotonic()
        finally:
            for task in tasks:
                task.cancel()
            executor.submit(connections.close_all)
            await asyncio.to_thread(executor.shutdown)
            # What comes meanwhile is not heard: who comes back is told from the database again
            self._channels = {
                name: channel
                for name, channel in self._channels.items()
                if channel.streams
            }

    async def _beat(self) -> None:
        """A page that hears nothing for longer knows that its stream is broken."""
        while True:
            await asyncio.sleep(BEAT_EVERY)
            for stream in list(self._ends):
                stream.write(BEAT)

    async def _listen(self, source: LiveSource) -> None:
        """For ever; a connection that breaks is made again, and what was missed is read."""
        while True:
            try:
                await self._listen_once(source)
            except (psycopg.Error, OSError, TimeoutError) as error:
                logger.warning("the live hub lost the database: %s", error)
            except Exception:
                logger.exception("the live hub could not tell what it was told")
            await asyncio.sleep(RECONNECT_AFTER)

    async def _listen_once(self, source: LiveSource) -> None:
        connecting = psycopg.AsyncConnection.connect(_conninfo(), autocommit=True)
        connection = await asyncio.wait_for(connecting, PING_EVERY)
        async with connection:
            await connection.execute(f"LISTEN {NOTIFIED}")
            found = await connection.execute(source.recent.encode())
            recent: dict[str, list[dict[str, object]]] = {}
            for name, number, event in await found.fetchall():
                recent.setdefault(name, []).append({"n": number, **event})
            for name, events in recent.items():
                # In small batches: who comes back is told again whole ones
                for start in range(0, len(events), REPLAYED_TOGETHER):
                    self._tell(name, events[start : start + REPLAYED_TOGETHER])
            while True:
                async for notice in connection.notifies(timeout=PING_EVERY):
                    told = json.loads(notice.payload)
                    self._tell(told["channel"], told["events"])
                # A server that was cut off answers nothing
                await asyncio.wait_for(connection.execute("SELECT 1"), PING_EVERY)

    def _tell(self, name: str, events: Sequence[dict[str, object]]) -> None:
        self._channels.setdefault(name, Channel()).tell(events)


def find_source() -> LiveSource:
    """The one that the settings name: this package knows none."""
    source: LiveSource = import_string(settings.LIVE_SOURCE)()
    return source


async def _publish(source: LiveSource, executor: ThreadPoolExecutor) -> None:
    """As long as somebody listens; what nobody listens to waits without a number."""
    loop = asyncio.get_running_loop()
    while True:
        try:
            await loop.run_in_executor(executor, source.publish)
        except Exception as error:
            logger.warning("events were not published: %s", error)
            await asyncio.sleep(RECONNECT_AFTER)
        await asyncio.sleep(PUBLISH_EVERY)


async def _leave(receive: ASGIReceiveCallable, end: asyncio.Event) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    end.set()


def _asked(scope: HTTPScope) -> tuple[Ticket, int]:
    """The ticket, and the number of the last event that the page knows. Raises TicketRefused."""
    if scope["method"] != "GET" or scope["http_version"] != "1.1":
        raise TicketRefused
    values = parse_qs(scope["query_string"].decode("latin-1"))
    ticket = read_ticket(values.get("ticket", [""])[0])
    headers = dict(scope["headers"])
    after = headers.get(b"last-event-id", b"").decode("latin-1")
    after = after or values.get("after", ["0"])[0]
    if not after.isascii() or not after.isdecimal() or len(after) > 9:
        raise TicketRefused
    return ticket, int(after)


def _raise_limit_of_files() -> int:
    """How many streams this process can hold."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_STREAMS + OTHER_FILES
    if hard != resource.RLIM_INFINITY:
        wanted = min(wanted, hard)
    soft = resource.getrlimit(resource.RLIMIT_NOFILE)[0]
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
    return max(wanted, soft) - OTHER_FILES


def _conninfo() -> str:
    """Of the database that Django uses."""
    given = connections["default"].settings_dict
    names = {"dbname": "NAME", "user": "USER", "password": "PASSWORD"}
    names |= {"host": "HOST", "port": "PORT"}
    values = {name: given[key] for name, key in names.items() if given[key]}
    return make_conninfo(**values, connect_timeout=5, application_name="live hub")
