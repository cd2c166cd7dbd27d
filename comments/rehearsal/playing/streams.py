"""A telephone's live stream: server-sent events over one connection, and what all telephones of a room were told."""

import asyncio
import json
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from .connection import HOST

SILENCE = 40.0  # seconds without a beat after which a page takes its stream for broken
KEPT_FRAMES = 4000


@dataclass(slots=True)
class ToldEvent:
    """`at` and what follows from it in seconds since 1970; `delays` are those of all telephones that followed."""

    id: int
    kind: str
    about: str
    at: float
    delays: array[float] = field(default_factory=lambda: array("f"))


@dataclass(frozen=True, slots=True)
class Message:
    """`kind` is "message", or what the hub calls it: beat, gap, renew; "retry" for the pause it asks for."""

    kind: str
    events: Sequence[tuple[int, ToldEvent]] = ()  # (number, event)
    position: int = 0
    pause: float = 0.0


class RoomLog:
    """What was told in a room. A frame is the same for everybody, and is read once."""

    def __init__(self) -> None:
        self.events: dict[int, ToldEvent] = {}
        self._frames: dict[bytes, list[Message]] = {}

    def take(self, told: dict[str, Any]) -> ToldEvent:
        event = self.events.get(told["id"])
        if event is None:
            event = ToldEvent(
                told["id"], told["kind"], told["about"], told["at"] / 1000
            )
            self.events[event.id] = event
        return event

    def read(self, data: bytes) -> tuple[list[Message], bytes]:
        """The messages in chunks of HTTP, and what is not whole yet."""
        known = self._frames.get(data)
        if known is not None:
            return known, b""
        messages = []
        rest = data
        while (end := rest.find(b"\r\n")) >= 0:
            size = int(rest[:end], 16)
            if len(rest) < end + size + 4:
                break
            messages += self._read_chunk(rest[end + 2 : end + 2 + size].decode())
            rest = rest[end + size + 4 :]
        if not rest:
            if len(self._frames) > KEPT_FRAMES:
                self._frames.clear()
            self._frames[data] = messages
        return messages, rest

    def _read_chunk(self, text: str) -> list[Message]:
        messages = []
        for block in text.split("\n\n"):
            fields = dict(line.partition(": ")[::2] for line in block.splitlines())
            if "retry" in fields:
                messages.append(Message("retry", pause=int(fields["retry"]) / 1000))
            elif "data" in fields:
                kind = fields.get("event", "message")
                events = []
                if kind == "message":
                    for told in json.loads(fields["data"]):
                        events.append((told["n"], self.take(told)))
                position = int(fields.get("id", 0))
                messages.append(Message(kind, events, position))
        return messages


class LiveStream(asyncio.Protocol):
    """Ends with the connection. `ended` is then done: "lost", "renew", "refused" or "cut"."""

    def __init__(
        self, request: bytes, log: RoomLog, on_message: Callable[[Message], None]
    ) -> None:
        self._request = request
        self._log = log
        self._on_message = on_message
        self._rest = b""
        self._has_head = False
        self._transport: asyncio.Transport | None = None
        self.is_open = False
        self.heard_at = time.monotonic()
        self.ended: asyncio.Future[str] = asyncio.get_running_loop().create_future()

    @classmethod
    async def open(
        cls,
        port: int,
        request: bytes,
        log: RoomLog,
        on_message: Callable[[Message], None],
    ) -> "LiveStream":
        """Raises OSError."""
        stream = cls(request, log, on_message)
        loop = asyncio.get_running_loop()
        await loop.create_connection(lambda: stream, HOST, port)
        return stream

    def connection_made(self, transport: Any) -> None:
        self._transport = transport
        transport.write(self._request)

    def connection_lost(self, error: Exception | None) -> None:
        self.end("lost")

    def data_received(self, data: bytes) -> None:
        self.heard_at = time.monotonic()
        if not self._has_head:
            data = self._read_head(data)
        if not data or self.ended.done():
            return
        messages, self._rest = self._log.read(self._rest + data if self._rest else data)
        for message in messages:
            if message.kind == "renew":
                self.end("renew")
                return
            self._on_message(message)

    def _read_head(self, data: bytes) -> bytes:
        self._rest += data
        head, mark, body = self._rest.partition(b"\r\n\r\n")
        if not mark:
            return b""
        self._has_head = True
        self._rest = b""
        if not head.startswith(b"HTTP/1.1 200"):
            self.end("refused")
            return b""
        self.is_open = True
        return body

    def end(self, why: str) -> None:
        self.is_open = False
        if not self.ended.done():
            self.ended.set_result(why)
        if self._transport is not None:
            self._transport.abort()

    @property
    def is_silent(self) -> bool:
        return time.monotonic() - self.heard_at > SILENCE
