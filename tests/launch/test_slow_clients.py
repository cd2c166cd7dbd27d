"""What stands between a slow line and the pages' one thread."""

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest

from hearing_portal.asgi import without_ambiguous_headers
from hearing_portal.web.slow_clients import (
    IN_MEMORY,
    MAX_BODY,
    BodyRefused,
    BufferedResponse,
    ClientGone,
    RequestBody,
    refuse_two_lengths,
)
from tests.event_loop import run_in_own_loop

FULL_DISK = Path("/dev/full")
BYTES = os.urandom(3 * IN_MEMORY)


def scope(*headers: tuple[bytes, bytes]) -> dict[str, Any]:
    return {"type": "http", "headers": list(headers)}


def parts(*bodies: bytes, then: str = "http.request") -> Any:
    """A client that sends these parts and then, unless it goes away, nothing more."""
    messages = [
        {"type": "http.request", "body": body, "more_body": True} for body in bodies
    ]
    messages.append({"type": then, "body": b"", "more_body": False})
    waiting = iter(messages)

    async def receive() -> Any:
        return next(waiting)

    return receive


async def handed_on(body: RequestBody) -> bytes:
    taken, more = b"", True
    while more:
        message = await body.receive()
        taken += message["body"]
        more = message["more_body"]
    return taken


@pytest.mark.parametrize(
    "sent", [(), (b"a",), (BYTES[:IN_MEMORY], b"", BYTES[IN_MEMORY:])]
)
def test_a_body_is_handed_on_as_it_came(sent):
    async def exchange() -> bytes:
        body = RequestBody()
        await body.read(scope(), parts(*sent))
        try:
            return await handed_on(body)
        finally:
            body.close()

    assert run_in_own_loop(exchange()) == b"".join(sent)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([(b"content-length", str(MAX_BODY + 1).encode())], 413),
        ([(b"transfer-encoding", b"chunked")], 411),
    ],
)
def test_a_body_is_refused_before_it_is_read(headers, status):
    with pytest.raises(BodyRefused) as refusal:
        run_in_own_loop(
            RequestBody().read(scope(*headers), parts(then="nothing is asked for"))
        )
    assert refusal.value.status == status


LENGTHS = [(b"transfer-encoding", b"chunked"), (b"content-length", b"5")]


@pytest.mark.parametrize("headers", [LENGTHS, LENGTHS[::-1]])
def test_two_lengths_are_refused_in_either_order(headers):
    with pytest.raises(BodyRefused) as refusal:
        refuse_two_lengths(scope(*headers))
    assert refusal.value.status == 400


def test_a_body_that_finds_no_room_is_refused():
    body = RequestBody()
    body._file = FULL_DISK.open("r+b", buffering=0)
    with pytest.raises(BodyRefused) as refusal:
        run_in_own_loop(body.read(scope(), parts(b"a")))
    body.close()
    assert refusal.value.status == 503


def test_a_response_that_finds_no_room_is_broken_off():
    async def exchange() -> None:
        response = BufferedResponse(sent.append)
        response._file = FULL_DISK.open("r+b", buffering=0)
        await response.take(
            {"type": "http.response.start", "status": 200, "headers": []}
        )
        for _ in range(3):  # nobody waits for it to be taken
            await response.take(
                {"type": "http.response.body", "body": b"a", "more_body": True}
            )
        try:
            await response.forward()
        finally:
            response.close()

    sent: list[Any] = []
    with pytest.raises(OSError, match="No space left"):
        run_in_own_loop(exchange())
    assert sent == []


def test_a_client_that_goes_away_is_not_served():
    with pytest.raises(ClientGone):
        run_in_own_loop(
            RequestBody().read(scope(), parts(b"half", then="http.disconnect"))
        )


def test_a_page_is_taken_whole_before_the_client_has_taken_any():
    sent: list[Any] = []

    async def exchange() -> None:
        line_is_free = asyncio.Event()

        async def send(message: Any) -> None:
            await line_is_free.wait()
            sent.append(message)

        response = BufferedResponse(send)
        forwarding = asyncio.create_task(response.forward())
        await response.take(
            {"type": "http.response.start", "status": 200, "headers": []}
        )
        for start in range(0, len(BYTES), 100_000):
            part = BYTES[start : start + 100_000]
            await response.take(
                {"type": "http.response.body", "body": part, "more_body": True}
            )
        await response.take({"type": "http.response.body", "body": b""})
        assert sent == []
        line_is_free.set()
        await forwarding
        response.close()

    run_in_own_loop(exchange())
    assert sent[0]["status"] == 200
    assert b"".join(message["body"] for message in sent[1:]) == BYTES
    assert [message["more_body"] for message in sent[1:]] == [True] * (
        len(sent) - 2
    ) + [False]


def test_a_header_that_looks_like_another_in_wsgi_is_left_out():
    genuine = (b"x-forwarded-proto", b"http")
    given = scope(genuine, (b"x_forwarded_proto", b"https"))
    assert without_ambiguous_headers(given) == scope(genuine)
