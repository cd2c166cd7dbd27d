"""Lanes: each a thread that works on one request after the other, and how long anybody waits for it.

A thread may be stuck for reasons of which nothing frees it (a stopped database server answers nothing and fires no
timeout). So the deadline is kept outside, by the event loop: it gives a request up, and says whether it was begun.
"""

import asyncio
import logging
import math
import threading
import time
from collections.abc import Iterable, Iterator
from typing import Any

from a2wsgi import WSGIMiddleware
from asgiref.typing import ASGISendCallable, HTTPScope

from hearing_portal.postgres.base import last_wait_of
from hearing_portal.web.slow_clients import BufferedResponse, RequestBody

logger = logging.getLogger(__name__)
ANSWER_WITHIN = 4.0  # seconds from a complete request to the first byte of its answer
# A lane with a long line in front of it is not stuck: as long as it serves, people wait longer
MOVES_WITHIN = 2.0  # seconds
LOOK_EVERY = 0.5  # seconds
LONGEST_WAIT = 20.0  # seconds
# Seconds with one request after which nothing is expected of the thread any more: one that computed all the time, for
# whoever waits for the database is freed sooner; one that did anything
STUCK_AFTER = 12.0
LONGEST_REQUEST = 30.0


class GivenUp(Exception):
    """The answer did not come in time. Unless `was_begun`, nothing of the request has happened or ever will."""

    def __init__(self, was_begun: bool) -> None:
        super().__init__(was_begun)
        self.was_begun = was_begun


class Turn:
    """A request's place in the line: begun by the lane's thread or given up by who waits, never both."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.is_begun = False
        self.is_given_up = False

    def begin(self) -> bool:
        """False when nobody waits for it any more."""
        with self._lock:
            self.is_begun = not self.is_given_up
            return self.is_begun

    def give_up(self) -> GivenUp:
        with self._lock:
            self.is_given_up = True
            return GivenUp(was_begun=self.is_begun)


class Lane:
    """One thread for a WSGI application."""

    def __init__(self, application: Any) -> None:
        self._application = application
        take_turn: Any = self._take_turn
        self._thread = WSGIMiddleware(take_turn, workers=1)
        self._busy_since: float | None = None
        self._ident = 0  # of the thread
        self._served_at = -math.inf  # when it last gave an answer that was no fault
        self._late: set[asyncio.Task[None]] = set()  # nobody waits for these any more

    @property
    def is_stuck(self) -> bool:
        since = self._busy_since
        if since is None:
            return False
        now = time.monotonic()
        moved_at = max(since, last_wait_of(self._ident))
        return now - moved_at > STUCK_AFTER or now - since > LONGEST_REQUEST

    async def serve(
        self, scope: HTTPScope, body: RequestBody, send: ASGISendCallable
    ) -> None:
        """Has the request answered and sends the answer at the client's pace. Raises GivenUp when none has begun in
        time. Closes the body when the thread needs it no more."""
        response = BufferedResponse(send)
        turn = Turn()
        scope_with_turn: Any = {**scope, "turn": turn}
        working = asyncio.create_task(
            self._thread(scope_with_turn, body.receive, response.take)
        )
        forwarding = asyncio.create_task(response.forward())
        try:
            await self._await_answer(turn, working, forwarding, response)
            await working
            await forwarding
        finally:
            forwarding.cancel()
            # Who was given up still reads its body and writes its answer
            self._late.add(working)
            working.add_done_callback(lambda _: body.close())
            working.add_done_callback(lambda _: response.close())
            working.add_done_callback(self._forget)

    async def _await_answer(
        self,
        turn: Turn,
        working: "asyncio.Task[None]",
        forwarding: "asyncio.Task[None]",
        response: BufferedResponse,
    ) -> None:
        began = time.monotonic()
        seconds = ANSWER_WITHIN
        while True:
            await asyncio.wait(
                {working, forwarding},
                timeout=seconds,
                return_when=asyncio.FIRST_COMPLETED,
            )
            if working.done() or response.is_begun:
                return
            now = time.monotonic()
            is_in_line = not turn.is_begun and now - began < LONGEST_WAIT
            if not is_in_line or now - self._served_at > MOVES_WITHIN:
                raise turn.give_up()
            seconds = LOOK_EVERY

    def _forget(self, working: "asyncio.Task[None]") -> None:
        self._late.discard(working)
        if not working.cancelled() and (fault := working.exception()) is not None:
            logger.warning(
                "a request failed after its answer was given up", exc_info=fault
            )

    def _take_turn(
        self, environ: dict[str, Any], start_response: Any
    ) -> Iterator[bytes]:
        """The application in the lane's thread, unless the request was given up while it stood in line."""

        def start(
            status: str, headers: list[tuple[str, str]], exc_info: Any = None
        ) -> Any:
            if status < "500":
                self._served_at = time.monotonic()
            return start_response(status, headers, exc_info)

        if not environ["asgi.scope"]["turn"].begin():
            start("503 Service Unavailable", [])
            return
        self._ident = threading.get_ident()
        self._busy_since = time.monotonic()
        try:
            answer: Iterable[bytes] = self._application(environ, start)
            try:
                yield from answer
            finally:
                close = getattr(answer, "close", None)
                if close is not None:
                    close()
        finally:
            self._busy_since = None
