"""Public pages in the memory of a web process, each for a moment: a hall of readers costs what one of them costs.

This stands before Django, in the event loop: what is given from memory takes no turn in a thread and asks no database.
"""

import asyncio
import re
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.conf import settings
from django.http.cookie import parse_cookie

from hearing_portal.web.public_pages import PUBLIC, is_personal
from hearing_portal.web.reader_choices import DIGITS_COOKIE, THEME_COOKIE, choice_of

# Seconds from the moment a page began to be made. The contact at its foot is a second old then at the worst
# (hearing_portal.directory.contact.foot): together what moves is at most two seconds old.
KEPT = 1.0
MOST_BYTES = 32 * 1024 * 1024  # of all pages that a process keeps
TOLD_AGAIN = {
    b"cache-control",
    b"etag",
    b"vary",
}  # the headers of a page that a 304 has, too
_GZIP = re.compile(rb"\bgzip\b")
# What tells apart whom a page is for. Twice the same of them, and nobody knows which one Django reads
_TELLING = {b"accept-encoding", b"cookie", b"host", b"x-forwarded-proto"}
# Whoever sends one of these asks for something else than a whole page
_OTHER_REQUESTS = {b"content-length", b"transfer-encoding", b"hx-request", b"range"}

type Pages = Callable[
    [HTTPScope, ASGIReceiveCallable, ASGISendCallable], Awaitable[None]
]
type Headers = list[tuple[bytes, bytes]]


class PageKey(NamedTuple):
    """What one kept page is for: an address as it was asked for, and a kind of reader."""

    scheme: str
    forwarded_scheme: bytes
    host: bytes
    path: bytes
    query: bytes
    takes_gzip: bool
    digits: str
    theme: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer of Django's, whole. `made_at` is when its making began, in seconds of the clock."""

    made_at: float
    status: int
    headers: Headers
    body: bytes

    @property
    def etag(self) -> bytes:
        return dict(self.headers).get(b"etag", b"")


@dataclass(slots=True)
class Making:
    """A page that is being made, for the one who asked first; others wait for it. `page` stays None where it is
    nothing to share."""

    began: float
    ended: asyncio.Event = field(default_factory=asyncio.Event)
    page: KeptPage | None = None


class KeptPages:
    """An ASGI application before `pages`, which makes each page. `clock` gives seconds."""

    def __init__(
        self, pages: Pages, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pages = pages
        self._clock = clock
        self._kept: OrderedDict[PageKey, KeptPage] = OrderedDict()  # the oldest first
        self._bytes = 0
        self._making: dict[PageKey, Making] = {}

    async def __call__(
        self, scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        key = key_of(scope)
        page = None if key is None else await self._find(key)
        if page is not None:
            await send_page(page, scope, send)
        elif key is None or key in self._making:
            await self._pages(scope, receive, send)
        else:
            await self._make(key, scope, receive, send)

    async def _find(self, key: PageKey) -> KeptPage | None:
        """The page as it is kept, or as it is being made for somebody else."""
        asked_at = self._clock()
        page = self._kept.get(key)
        if page is not None and asked_at - page.made_at < KEPT:
            return page
        making = self._making.get(key)
        if making is None or asked_at - making.began >= KEPT:
            return None
        await making.ended.wait()
        return making.page

    async def _make(
        self,
        key: PageKey,
        scope: HTTPScope,
        receive: ASGIReceiveCallable,
        send: ASGISendCallable,
    ) -> None:
        making = Making(self._clock())
        self._making[key] = making
        answer = TakenAnswer(send)
        take: Any = answer.take
        try:
            # Others wait for it, too: it is made although who asked first has gone
            await self._pages(scope, without_leaving(receive), take)
            if answer.is_whole:
                making.page = answer.as_page(making.began)
        finally:
            del self._making[key]
            making.ended.set()
        if making.page is not None:
            if making.page.status == 200:
                self._drop(key)
                self._kept[key] = making.page
                self._bytes += len(making.page.body)
                while self._bytes > MOST_BYTES:
                    self._drop(next(iter(self._kept)))
            await send_page(making.page, scope, send)

    def _drop(self, key: PageKey) -> None:
        page = self._kept.pop(key, None)
        if page is not None:
            self._bytes -= len(page.body)


def without_leaving(receive: ASGIReceiveCallable) -> ASGIReceiveCallable:
    """What begins a request without a body, and never that its client went later."""
    is_begun = False

    async def receive_begin() -> Any:
        nonlocal is_begun
        if is_begun:
            await asyncio.Event().wait()
        is_begun = True
        return await receive()

    return receive_begin


class TakenAnswer:
    """Takes the messages of an answer that others may have too, and hands on those of any other."""

    def __init__(self, send: ASGISendCallable) -> None:
        self._send = send
        self._start: Any = None
        self._parts: list[bytes] = []
        self.is_whole = False

    async def take(self, message: Any) -> None:
        if message["type"] == "http.response.start" and is_for_everybody(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._parts.append(message.get("body", b""))
            self.is_whole = not message.get("more_body", False)

    def as_page(self, made_at: float) -> KeptPage:
        return KeptPage(
            made_at,
            self._start["status"],
            list(self._start["headers"]),
            b"".join(self._parts),
        )


def is_for_everybody(start: Any) -> bool:
    """A public page, or that none can be made now: who waits for it learns that at once, too."""
    headers = dict(start["headers"])
    if b"set-cookie" in headers:
        return False
    if start["status"] == 503:
        return True
    return start["status"] == 200 and headers.get(b"cache-control") == PUBLIC.encode()


def key_of(scope: HTTPScope) -> PageKey | None:
    """None where nobody else's page will do: for who is signed in, for acts, for parts of pages, for files."""
    if scope["method"] != "GET" or scope["path"].startswith(settings.STATIC_URL):
        return None
    told: dict[bytes, bytes] = {}
    for name, value in scope["headers"]:
        if name in _OTHER_REQUESTS or name in told:
            return None
        if name in _TELLING:
            told[name] = value
    cookies = parse_cookie(told.get(b"cookie", b"").decode("latin-1"))
    if is_personal(cookies):
        return None
    return PageKey(
        scope["scheme"],
        told.get(b"x-forwarded-proto", b""),
        told.get(b"host", b""),
        scope["raw_path"],
        scope["query_string"],
        takes_gzip=bool(_GZIP.search(told.get(b"accept-encoding", b""))),
        digits=choice_of(cookies, DIGITS_COOKIE),
        theme=choice_of(cookies, THEME_COOKIE),
    )


async def send_page(page: KeptPage, scope: HTTPScope, send: ASGISendCallable) -> None:
    """The page, or 304 to who has it already."""
    status, headers, body = page.status, page.headers, page.body
    if page.etag and has_page(scope, page.etag):
        status, body = 304, b""
        headers = [(name, value) for name, value in page.headers if name in TOLD_AGAIN]
    begin: Any = {"type": "http.response.start", "status": status, "headers": headers}
    end: Any = {"type": "http.response.body", "body": body, "more_body": False}
    await send(begin)
    await send(end)


def has_page(scope: HTTPScope, etag: bytes) -> bool:
    """Whether the asker names the page's ETag, weak or not."""
    named = dict(scope["headers"]).get(b"if-none-match", b"")
    known = [tag.strip().removeprefix(b"W/") for tag in named.split(b",")]
    return etag.removeprefix(b"W/") in known
