"""One web process: serves the socket whose number is its argument until SIGTERM."""

import asyncio
import logging
import os
import socket
import sys
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

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


async def serve(descriptor: int) -> None:
    """Serves hearing_portal.asgi on the listening socket inherited under this descriptor."""
    os.environ["PORTAL_SERVES_PAGES"] = "1"  # before the settings are read
    from django.urls import get_resolver

    from hearing_portal.asgi import LANES
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
    server = uvicorn.Server(config)

    def lives() -> bool:
        return server.started

    def hangs() -> bool:
        return any(lane.is_stuck for lane in LANES)

    beating = asyncio.create_task(keep_beating(lives, hangs))
    await server.serve(sockets=[socket.socket(fileno=descriptor)])
    beating.cancel()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
