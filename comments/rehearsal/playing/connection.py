"""One telephone's connection to the portal: as much of HTTP/1.1 as it needs."""

import asyncio
import gzip
import re
import time
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

HOST = "127.0.0.1"  # nobody else is ever played against
PATIENCE = 20.0  # seconds for an answer, as the outbox of a page has
# A cookie of anybody's own making, until the portal gives one; forms bring it as a header, too
TOKEN = "rehearsal" + "0" * 23
LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: *([^=\r]+)=([^;\r]*)", re.IGNORECASE)
RETRY_AFTER = re.compile(rb"\r\nretry-after: *(\d+)", re.IGNORECASE)


class NoAnswer(Exception):
    """The network is gone, or the portal behind it, or it takes too long."""


@dataclass(frozen=True, slots=True)
class PortalAnswer:
    status: int
    head: bytes
    body: bytes
    seconds: float  # from asking to the last byte

    @property
    def cookies(self) -> dict[str, str]:
        return {
            name.decode(): value.decode() for name, value in COOKIE.findall(self.head)
        }

    @property
    def content(self) -> bytes:
        """Unpacked."""
        is_packed = b"\r\ncontent-encoding: gzip" in self.head.lower()
        return gzip.decompress(self.body) if is_packed else self.body

    @property
    def retry_after(self) -> float:
        found = RETRY_AFTER.search(self.head)
        return float(found[1]) if found else 0.0


class Connection:
    """Opened with its first request, kept for the next ones. One request at a time."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._writer: asyncio.StreamWriter | None = None
        self._reader: asyncio.StreamReader | None = None

    def close(self) -> None:
        if self._writer is not None:
            self._writer.transport.abort()
        self._writer = self._reader = None

    async def ask(
        self,
        path: str,
        cookies: Mapping[str, str],
        form: Mapping[str, object] | None = None,
        *,
        as_htmx: bool = False,
    ) -> PortalAnswer:
        """GET, or POST of a form. Raises NoAnswer."""
        began = time.perf_counter()
        try:
            async with asyncio.timeout(PATIENCE):
                reader, writer = await self._open()
                writer.write(make_request(path, cookies, form, as_htmx=as_htmx))
                head = await reader.readuntil(b"\r\n\r\n")
                body = await _read_body(reader, head)
        except (OSError, TimeoutError, EOFError, asyncio.LimitOverrunError) as error:
            self.close()
            raise NoAnswer(str(error)) from error
        if b"\r\nconnection: close" in head.lower():
            self.close()
        seconds = time.perf_counter() - began
        return PortalAnswer(int(head[9:12]), head, body, seconds)

    async def send_and_leave(
        self, path: str, cookies: Mapping[str, str], form: Mapping[str, object]
    ) -> None:
        """The network goes while the answer is on its way."""
        try:
            _, writer = await self._open()
            writer.write(make_request(path, cookies, form, as_htmx=True))
            await writer.drain()
            await asyncio.sleep(0.02)
        except OSError:
            pass
        self.close()

    async def _open(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        if self._reader is None or self._writer is None:
            self._reader, self._writer = await asyncio.open_connection(HOST, self._port)
        return self._reader, self._writer


def make_request(
    path: str,
    cookies: Mapping[str, str],
    form: Mapping[str, object] | None,
    *,
    as_htmx: bool = False,
    headers: str = "",
) -> bytes:
    body = b"" if form is None else urlencode(form).encode()
    told = "; ".join(f"{name}={value}" for name, value in cookies.items())
    lines = [
        f"{'GET' if form is None else 'POST'} {path} HTTP/1.1",
        f"Host: {HOST}",
        f"Cookie: {told}",
    ]
    if as_htmx:
        lines.append("HX-Request: true")
    else:
        lines.append("Accept-Encoding: gzip")
    if form is not None:
        lines += [
            f"X-CSRFToken: {cookies['csrftoken']}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
    head = "\r\n".join(lines)
    return f"{head}\r\n{headers}\r\n".encode() + body


async def _read_body(reader: asyncio.StreamReader, head: bytes) -> bytes:
    length = LENGTH.search(head)
    if length is not None:
        return await reader.readexactly(int(length[1]))
    if b"\r\ntransfer-encoding: chunked" not in head.lower():
        return b""
    parts = []
    while True:
        size = int(await reader.readuntil(b"\r\n"), 16)
        parts.append(await reader.readexactly(size + 2))
        if not size:
            return b"".join(part[:-2] for part in parts)
