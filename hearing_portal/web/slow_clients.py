"""Keeps slow clients away from the pages' one thread.

A web process has one thread for Django. If it read a large upload from a slow line itself, or waited until a
slow line has taken a large download, nobody else would be served meanwhile. So a request is handed on when
its body is complete, and a response is taken at once and sent on as the line allows; large ones lie in a
temporary file.
"""

import asyncio
from os import SEEK_END
from tempfile import SpooledTemporaryFile
from typing import Any

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope

MAX_BODY = 64 * 1024 * 1024  # bytes; above what any form of the portal takes
IN_MEMORY = 512 * 1024  # bytes of one body; the rest goes to a temporary file
CHUNK = 64 * 1024  # bytes handed on at once
SILENCE = 30  # seconds without a byte of the body after which the client is given up


class BodyRefused(Exception):
    """The request's body cannot be taken; `status` and `text` are the answer."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status
        self.text = text


class ClientGone(Exception):
    """Nobody is left to answer."""


async def until_gone(receive: ASGIReceiveCallable) -> None:
    """Until the client of a request whose body was read has closed its connection."""
    while (await receive())["type"] != "http.disconnect":
        pass


def refuse_two_lengths(scope: HTTPScope) -> None:
    """Raises BodyRefused where whoever stands in front may have believed the other one: two ideas of where the next
    request begins."""
    names = {name for name, _ in scope["headers"]}
    if b"transfer-encoding" in names and b"content-length" in names:
        raise BodyRefused(
            400, "คำขอบอกขนาดสองแบบ (both Transfer-Encoding and Content-Length)"
        )


class RequestBody:
    """A complete request body, given out again as an ASGI `receive`."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by `close`)
        self._left = 0  # bytes that are still to be given out

    async def read(self, scope: HTTPScope, receive: ASGIReceiveCallable) -> None:
        """Reads the body to its end. Raises BodyRefused or ClientGone."""
        headers = dict(scope["headers"])
        if b"transfer-encoding" in headers:
            # Django takes a request without a length for an empty one, and would lose what was sent
            raise BodyRefused(411, "คำขอต้องบอกขนาด (Content-Length required)")
        if int(headers.get(b"content-length", b"0")) > MAX_BODY:
            raise BodyRefused(413, "ข้อมูลที่ส่งมีขนาดใหญ่เกินไป (at most 64 MiB)")
        more = True
        while more:
            try:
                message: Any = await asyncio.wait_for(receive(), SILENCE)
            except TimeoutError as error:
                raise BodyRefused(
                    408, "ส่งข้อมูลไม่ครบในเวลาที่กำหนด (request timeout)"
                ) from error
            if message["type"] == "http.disconnect":
                raise ClientGone
            body = message.get("body", b"")
            try:
                self._file.write(body)
            except OSError as error:
                raise BodyRefused(
                    503, "พื้นที่เก็บข้อมูลของระบบเต็ม ยังไม่ได้บันทึก (disk full)"
                ) from error
            self._left += len(body)
            more = message.get("more_body", False)
        self._file.seek(0)

    async def receive(self) -> Any:
        """The next part of the body, as ASGI wants it."""
        body = self._file.read(CHUNK)
        self._left -= len(body)
        return {"type": "http.request", "body": body, "more_body": self._left > 0}

    def copy(self, most: int) -> bytes:
        """All of it, wherever the reader is; empty when it is larger than `most` bytes."""
        here = self._file.tell()
        size = self._file.seek(0, SEEK_END)
        self._file.seek(0)
        copy = self._file.read() if size <= most else b""
        self._file.seek(here)
        return copy

    def close(self) -> None:
        """Lets go of the temporary file."""
        self._file.close()


class BufferedResponse:
    """Takes a response as fast as it is made, and sends it as fast as the client takes it."""

    def __init__(self, send: ASGISendCallable) -> None:
        self._send = send
        self.is_begun = False  # has it begun to be made?
        self._start: Any = None
        self._file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed by `close`)
        self._written = 0  # bytes of the body, taken and sent
        self._sent = 0
        self._complete = False
        self._fault: OSError | None = None  # the disk of temporary files is full
        self._news = asyncio.Event()  # set when there is more to send

    async def take(self, message: Any) -> None:
        """An ASGI `send` that never waits for the client."""
        if message["type"] == "http.response.start":
            self._start = message
            self.is_begun = True
        else:
            # A thread that waits for what it made to be taken would wait for ever: what finds no room is dropped,
            # and `forward` breaks the answer off.
            try:
                self._file.seek(self._written)
                self._file.write(message.get("body", b""))
                self._written = self._file.tell()
            except OSError as error:
                self._fault = error
            self._complete = not message.get("more_body", False)
        self._news.set()

    async def forward(self) -> None:
        """Sends what has been taken until the response is complete."""
        while True:
            await self._news.wait()
            self._news.clear()
            if self._fault is not None:
                raise self._fault
            if self._start:
                await self._send(self._start)
                self._start = None
            while self._sent < self._written:
                self._file.seek(self._sent)
                body = self._file.read(CHUNK)
                self._sent += len(body)
                await self._send(
                    {"type": "http.response.body", "body": body, "more_body": True}
                )
            if self._complete and self._sent == self._written:
                await self._send(
                    {"type": "http.response.body", "body": b"", "more_body": False}
                )
                return

    def close(self) -> None:
        """Lets go of the temporary file."""
        self._file.close()
