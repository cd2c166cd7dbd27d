"""One web process, pages and live streams: serves the socket whose number is its argument until SIGTERM. With `hub`
after it the streams alone, for who puts a proxy in front."""

import asyncio
import logging
import os
import socket
import sys
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from hearing_portal.live.hub import TRANSPORT, Hub

GRACE = 10  # seconds that requests have to finish after SIGTERM
# Seconds from the first byte, or from the connection's beginning, to the end of a request's head
HEAD_WITHIN = float(os.environ.get("PORTAL_HEAD_SECONDS", "30"))


class PunctualProtocol(H11Protocol):
    """Closes a connection whose request never gets past its head; uvicorn itself would wait for ever."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._head_deadline: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        super().connection_made(transport)
        self._watch_head()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        self._watch_head()

    def connection_lost(self, exc: Exception | None) -> None:
        super().connection_lost(exc)
        self._forget_head()

    def handle_events(self) -> None:
        """Live streams are written to the connection itself: their frames are made once for all of them."""
        super().handle_events()
        if self.scope is not None:
            extensions: Any = self.scope.setdefault("extensions", {})
            extensions[TRANSPORT] = self.transport

    def on_response_complete(self) -> None:
        self._forget_head()
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:
        """A body that cannot be understood ends its request, too, which would answer a second time."""
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True
            cycle.message_event.set()
            if cycle.response_started:
                self.transport.close()
                return
        super().send_400_response(msg)

    def _watch_head(self) -> None:
        """Each further byte of a head leaves its deadline as it is."""
        is_serving = self.cycle is not None and not self.cycle.response_complete
        if is_serving:
            self._forget_head()
        elif self._head_deadline is None and not self.transport.is_closing():
            self._head_deadline = self.loop.call_later(
                HEAD_WITHIN, self.transport.close
            )

    def _forget_head(self) -> None:
        if self._head_deadline is not None:
            self._head_deadline.cancel()
            self._head_deadline = None


class Server(uvicorn.Server):
    """Streams, which nothing else ends, end before the requests are waited for."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._hub.end_all()
        await super().shutdown(sockets)


async def serve_streams(descriptor: int) -> None:
    """Serves /live/ and /livez alone."""
    os.environ["PORTAL_SERVES_PAGES"] = "1"  # the pages' patience with the database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hearing_portal.settings")
    import django

    django.setup()
    from hearing_portal.live.alone import HUB, streams_alone

    config = uvicorn.Config(
        streams_alone,
        http=PunctualProtocol,
        access_log=False,
        log_level=logging.WARNING,
        server_header=False,
        lifespan="off",
        timeout_graceful_shutdown=GRACE,
        backlog=2048,
    )
    await Server(config, HUB).serve(sockets=[socket.socket(fileno=descriptor)])


async def serve(descriptor: int) -> None:
    """Serves hearing_portal.asgi on the listening socket inherited under this descriptor."""
    os.environ["PORTAL_SERVES_PAGES"] = "1"  # before the settings are read
    from django.urls import get_resolver

    from hearing_portal.asgi import HUB, LANES
    from hearing_portal.heartbeats import keep_beating

    # Imports all views now: while the first page does it, nobody else would get a word in
    _ = get_resolver().url_patterns
    config = uvicorn.Config(
        "hearing_portal.asgi:application",
        http=PunctualProtocol,
        access_log=False,
        log_level=logging.WARNING,
        server_header=False,
        lifespan="on",
        timeout_graceful_shutdown=GRACE,
        backlog=2048,
    )
    server = Server(config, HUB)

    def lives() -> bool:
        return server.started

    def hangs() -> bool:
        return any(lane.is_stuck for lane in LANES)

    beating = asyncio.create_task(keep_beating(lives, hangs))
    await server.serve(sockets=[socket.socket(fileno=descriptor)])
    beating.cancel()


if __name__ == "__main__":
    role = serve_streams if sys.argv[2:] == ["hub"] else serve
    asyncio.run(role(int(sys.argv[1])))
