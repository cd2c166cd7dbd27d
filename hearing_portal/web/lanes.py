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
from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope

from hearing_portal.postgres.base import last_wait_of
from hearing_portal.web.slow_clients import (
    BufferedResponse,
    ClientGone,
    RequestBody,
    until_gone,
)

logger = logging.getLogger(__name__)
ANSWER_WITHIN = 4.0  # seconds from a complete request to the first byte of its answer
# A lane with a long line in front of it is not stuck: as long as it serves, people wait longer
MOVES_WITHIN = 2.0  # seconds
LOOK_EVERY = 0.5  # seconds
LONGEST_WAIT = 20.0  # seconds
# Whoever reads has turned away by then, or asks again; what is posted is stored once it comes to its turn
LONGEST_WAIT_OF_READERS = 8.0  # seconds
READS = ("GET", "HEAD")
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
    """A request's place in the line: begun by the lane's thread or given up by who waits, never both. `longest` is how
    many seconds it may stand there."""

    def __init__(self, longest: float) -> None:
        self.longest = longest
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

    def leave(self) -> bool:
        """Nobody waits for it any more; False where it was begun already."""
        return not self.give_up().was_begun


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
        self,
        scope: HTTPScope,
        body: RequestBody,
        send: ASGISendCallable,
        receive: ASGIReceiveCallable,
    ) -> None:
        """Has the request answered and sends the answer at the client's pace. Closes the body when the thread needs it
        no more. `receive` is asked for nothing but whether a reader who stands in line has gone.

        Raises GivenUp when no answer has begun in time, and ClientGone for a reader who left the line: for neither
        anything is done.
        """
        response = BufferedResponse(send)
        reads = scope["method"] in READS
        turn = Turn(LONGEST_WAIT_OF_READERS if reads else LONGEST_WAIT)
        scope_with_turn: Any = {**scope, "turn": turn}
        working = asyncio.create_task(
            self._thread(scope_with_turn, body.receive, response.take)
        )
        forwarding = asyncio.create_task(response.forward())
        try:
            leaving = receive if reads else None
            await self._await_answer(turn, working, forwarding, response, leaving)
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
        leaving: ASGIReceiveCallable | None,
    ) -> None:
        """`leaving` tells that the reader has gone; None for what is done all the same. Nobody is listened to whose
        answer comes at once."""
        began = time.monotonic()
        gone: asyncio.Task[None] | None = None
        try:
            while True:
                waited_for = {working, forwarding}
                if gone is not None:
                    waited_for.add(gone)
                await asyncio.wait(
                    waited_for,
                    timeout=LOOK_EVERY,
                    return_when=asyncio.FIRST_COMPLETED,
                )
                if working.done() or response.is_begun:
                    return
                if gone is not None and gone.done() and turn.leave():
                    raise ClientGone
                waited = time.monotonic() - began
                if waited >= ANSWER_WITHIN and not self._is_coming(turn, waited):
                    raise turn.give_up()
                if gone is None and leaving is not None and not turn.is_begun:
                    gone = asyncio.create_task(until_gone(leaving))
                elif gone is not None and turn.is_begun:
                    gone.cancel()
                    gone, leaving = None, None
        finally:
            if gone is not None:
                gone.cancel()

    def _is_coming(self, turn: Turn, waited: float) -> bool:
        """Whether who stands in line goes on waiting: the lane serves others, and it is not too long."""
        is_moving = time.monotonic() - self._served_at <= MOVES_WITHIN
        return is_moving and not turn.is_begun and waited < turn.longest

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
