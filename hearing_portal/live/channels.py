"""What was told on a channel lately, and who listens. Frames are made once for everybody, as HTTP chunks."""

import asyncio
import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field

KEPT_BATCHES = 200  # of one channel, for who comes back after a cut
# Bytes that a reader has not taken; above it the stream is cut, and its page comes back where it was
MOST_UNREAD = 64 * 1024


def as_chunk(text: str) -> bytes:
    """As HTTP/1.1 sends a part of a body whose length nobody knows."""
    body = text.encode()
    return b"%x\r\n%s\r\n" % (len(body), body)


BEAT = as_chunk("event: beat\ndata: {}\n\n")


@dataclass(slots=True, eq=False)
class Stream:
    """One listener. `position` is the number of the last event it was told."""

    transport: asyncio.Transport
    position: int

    def write(self, chunk: bytes) -> None:
        """Never waits: a reader who does not keep up is cut."""
        if self.transport.is_closing():
            return
        if self.transport.get_write_buffer_size() > MOST_UNREAD:
            self.transport.abort()
            return
        self.transport.write(chunk)


@dataclass(frozen=True, slots=True)
class Batch:
    """Events with the numbers `first` to `last`, without a gap."""

    first: int
    last: int
    chunk: bytes


@dataclass(slots=True)
class Channel:
    """Batches follow each other without a gap."""

    batches: deque[Batch] = field(default_factory=lambda: deque(maxlen=KEPT_BATCHES))
    streams: set[Stream] = field(default_factory=set)

    @property
    def latest(self) -> int | None:
        """The number of the last event that was told here; None while nothing is known."""
        return self.batches[-1].last if self.batches else None

    def join(self, stream: Stream) -> None:
        """Tells what came after the stream's position, or that some of it is not known here any more."""
        self.streams.add(stream)
        if self.latest is None or stream.position >= self.latest:
            return
        if stream.position < self.batches[0].first - 1:
            self._tell_gap(stream)
            return
        for batch in self.batches:
            if batch.last > stream.position:
                stream.write(batch.chunk)
        stream.position = self.latest

    def tell(self, events: Sequence[dict[str, object]]) -> None:
        """`events` with their numbers under "n", rising. What was told before is not told again."""
        if self.latest is not None:
            events = [event for event in events if _number(event) > self.latest]
        events = _without_gap(events)
        if not events:
            return
        first, last = _number(events[0]), _number(events[-1])
        if self.latest is not None and first > self.latest + 1:
            self.batches.clear()
        words = json.dumps(events, ensure_ascii=False, separators=(",", ":"))
        batch = Batch(first, last, as_chunk(f"id: {last}\ndata: {words}\n\n"))
        self.batches.append(batch)
        for stream in list(self.streams):
            if stream.position >= last:
                continue
            if stream.position < first - 1:
                self._tell_gap(stream)
            else:
                stream.write(batch.chunk)
                stream.position = last

    def _tell_gap(self, stream: Stream) -> None:
        """The page is to be asked for wholly."""
        stream.write(as_chunk(f"id: {self.latest}\nevent: gap\ndata: {{}}\n\n"))
        stream.position = self.latest or 0


def _without_gap(events: Sequence[dict[str, object]]) -> Sequence[dict[str, object]]:
    """The last of them that follow each other by one."""
    begin = len(events)
    while begin > 0:
        if begin < len(events) and (
            _number(events[begin]) != _number(events[begin - 1]) + 1
        ):
            break
        begin -= 1
    return events[begin:]


def _number(event: dict[str, object]) -> int:
    number = event["n"]
    assert isinstance(number, int)
    return number
