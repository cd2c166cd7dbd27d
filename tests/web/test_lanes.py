"""A thread that is stuck keeps nobody waiting, and does later only what it was told is unknown."""

import asyncio
import threading
from typing import Any

from hearing_portal.postgres.base import PatientConnection
from hearing_portal.web import lanes
from hearing_portal.web.lanes import GivenUp, Lane
from hearing_portal.web.slow_clients import ClientGone, RequestBody
from tests.database import url_of_tests
from tests.event_loop import run_in_own_loop


class Work:
    """A WSGI application that stands still at `/stuck` until it is let go, and tells what it began."""

    def __init__(self) -> None:
        self.begun: list[str] = []
        self.is_stuck = threading.Event()
        self.let_go = threading.Event()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        path = environ["PATH_INFO"]
        self.begun.append(path)
        if path == "/stuck":
            self.is_stuck.set()
            assert self.let_go.wait(300)
        start_response("200 OK", [])
        return [b"done"]


async def ask(
    lane: Lane,
    path: str,
    method: str = "POST",
    leaves: asyncio.Event | None = None,
) -> list[Any]:
    """What was sent to the client, who goes where it `leaves`."""
    sent: list[Any] = []
    messages: list[Any] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> Any:
        if messages:
            return messages.pop()
        await (leaves or asyncio.Event()).wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    scope: Any = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": b"",
        "headers": [],
        "http_version": "1.1",
    }
    body = RequestBody()
    await body.read(scope, receive)
    await lane.serve(scope, body, send, receive)
    return sent


def test_given_up_in_line_is_never_begun_and_given_up_in_work_is_unknown(monkeypatch):
    monkeypatch.setattr(lanes, "ANSWER_WITHIN", 0.3)
    work = Work()

    async def scene() -> tuple[Any, Any, list[Any]]:
        lane = Lane(work)
        stuck = asyncio.create_task(ask(lane, "/stuck"))
        await asyncio.to_thread(work.is_stuck.wait, 300)
        waiting = asyncio.create_task(ask(lane, "/in-line"))
        given_up = await asyncio.gather(stuck, waiting, return_exceptions=True)
        work.let_go.set()
        monkeypatch.setattr(lanes, "ANSWER_WITHIN", 300)
        return *given_up, await ask(lane, "/next")

    in_work, in_line, answer = run_in_own_loop(scene())
    assert isinstance(in_work, GivenUp)
    assert in_work.was_begun
    assert isinstance(in_line, GivenUp)
    assert not in_line.was_begun
    assert work.begun == ["/stuck", "/next"]
    assert [answer[0]["status"], answer[1]["body"]] == [200, b"done"]


def test_long_line_that_moves_is_waited_for(monkeypatch):
    monkeypatch.setattr(lanes, "LONGEST_WAIT", 300.0)
    monkeypatch.setattr(lanes, "MOVES_WITHIN", 300.0)
    work = Work()

    async def scene() -> list[Any]:
        lane = Lane(work)
        monkeypatch.setattr(lanes, "ANSWER_WITHIN", 300.0)
        await ask(lane, "/served")
        ahead = asyncio.create_task(ask(lane, "/stuck"))
        await asyncio.to_thread(work.is_stuck.wait, 300)
        monkeypatch.setattr(lanes, "ANSWER_WITHIN", 0.0)
        in_line = asyncio.create_task(ask(lane, "/in-line"))
        await asyncio.wait({in_line}, timeout=0.2)  # its time is over
        work.let_go.set()
        await ahead
        return await in_line

    assert run_in_own_loop(scene())[0]["status"] == 200


def test_reader_waits_less_than_who_posts_and_nothing_is_done_for_who_has_gone(
    monkeypatch,
):
    monkeypatch.setattr(lanes, "MOVES_WITHIN", 300.0)
    monkeypatch.setattr(lanes, "LOOK_EVERY", 0.01)
    monkeypatch.setattr(lanes, "ANSWER_WITHIN", 300.0)
    monkeypatch.setattr(lanes, "LONGEST_WAIT", 300.0)
    work = Work()

    async def scene() -> list[Any]:
        lane = Lane(work)
        await ask(lane, "/served")
        ahead = asyncio.create_task(ask(lane, "/stuck"))
        await asyncio.to_thread(work.is_stuck.wait, 300)
        has_left = asyncio.Event()
        has_left.set()
        gone = [
            asyncio.create_task(ask(lane, "/read-and-gone", "GET", has_left)),
            asyncio.create_task(ask(lane, "/posted-and-gone", "POST", has_left)),
        ]
        await asyncio.wait({gone[0]})
        monkeypatch.setattr(lanes, "ANSWER_WITHIN", 0.0)
        monkeypatch.setattr(lanes, "LONGEST_WAIT_OF_READERS", 0.0)
        posted = asyncio.create_task(ask(lane, "/posted"))
        read = asyncio.create_task(ask(lane, "/read", "GET"))
        await asyncio.wait({read})
        assert not posted.done()
        monkeypatch.setattr(lanes, "ANSWER_WITHIN", 300.0)
        work.let_go.set()
        told = [*gone, read, posted, ahead]
        return await asyncio.gather(*told, return_exceptions=True)

    gone, kept, read, posted, _ = run_in_own_loop(scene())
    assert isinstance(gone, ClientGone)
    assert isinstance(read, GivenUp)
    assert not read.was_begun
    assert [answer[0]["status"] for answer in (kept, posted)] == [200, 200]
    assert work.begun == ["/served", "/stuck", "/posted-and-gone", "/posted"]


def test_who_does_nothing_for_long_is_stuck_and_who_asks_the_database_is_not(db):
    """One that asks and asks is stuck in the end, too."""
    address = url_of_tests()
    work = Work()

    def answer(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/asks":
            with PatientConnection.connect(address) as line:
                line.execute("SELECT 1")
        return work({**environ, "PATH_INFO": "/stuck"}, start_response)

    async def scene(path: str) -> list[bool]:
        work.is_stuck.clear()
        work.let_go.clear()
        lane = Lane(answer)
        found = [lane.is_stuck]
        waiting = asyncio.create_task(ask(lane, path))
        await asyncio.to_thread(work.is_stuck.wait, 300)
        began = lane._busy_since
        assert began is not None
        # As if it had begun long ago
        lane._busy_since = began - lanes.STUCK_AFTER - 1
        found.append(lane.is_stuck)
        lane._busy_since = began - lanes.LONGEST_REQUEST - 1
        found.append(lane.is_stuck)
        work.let_go.set()
        await waiting
        return [*found, lane.is_stuck]

    assert run_in_own_loop(scene("/computes")) == [False, True, True, False]
    assert run_in_own_loop(scene("/asks")) == [False, False, True, False]
