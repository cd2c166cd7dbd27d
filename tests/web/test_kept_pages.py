"""Public pages in the memory of a web process: for whom, for how long, and what is never kept."""

import asyncio
from collections.abc import Callable
from typing import Any

import pytest

from hearing_portal.web import kept_pages
from hearing_portal.web.kept_pages import KEPT, KeptPages
from hearing_portal.web.public_pages import PERSONAL_COOKIES, PUBLIC
from tests.event_loop import run_in_own_loop

PUBLIC_HEADERS = [
    (b"cache-control", PUBLIC.encode()),
    (b"etag", b'W/"one"'),
    (b"content-type", b"text/html"),
]


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Pages:
    """Answers every request with how many there were before it."""

    def __init__(
        self, status: int = 200, headers: list[tuple[bytes, bytes]] = PUBLIC_HEADERS
    ) -> None:
        self.status = status
        self.headers = headers
        self.made = 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.made += 1
        body = f"made {self.made}".encode()
        await send(
            {
                "type": "http.response.start",
                "status": self.status,
                "headers": self.headers,
            }
        )
        await send({"type": "http.response.body", "body": body[:4], "more_body": True})
        await send({"type": "http.response.body", "body": body[4:], "more_body": False})


def request(
    path: str = "/groups/DIR/", method: str = "GET", query: str = "", **headers: str
) -> dict[str, Any]:
    told = {"host": "portal.test", **headers}
    return {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [
            (name.replace("_", "-").encode(), value.encode())
            for name, value in told.items()
        ],
    }


async def nothing_more() -> Any:
    raise AssertionError("nobody reads a body")


async def answer_to(
    application: Any, scope: dict[str, Any]
) -> tuple[int, dict[bytes, bytes], bytes]:
    sent: list[Any] = []

    async def send(message: Any) -> None:
        sent.append(message)

    await application(scope, nothing_more, send)
    body = b"".join(message["body"] for message in sent[1:])
    assert [message.get("more_body", False) for message in sent[1:]][-1] is False
    return sent[0]["status"], dict(sent[0]["headers"]), body


def ask(application: Any, **options: Any) -> bytes:
    return run_in_own_loop(answer_to(application, request(**options)))[2]


def test_a_page_is_made_once_for_everybody_until_its_time_is_over():
    clock = Clock()
    kept = KeptPages(Pages(), clock=clock)
    assert [ask(kept), ask(kept, cookie="csrftoken=x; other=y")] == [b"made 1"] * 2
    clock.now += KEPT - 0.01
    assert ask(kept) == b"made 1"
    clock.now += 0.01
    assert [ask(kept), ask(kept)] == [b"made 2"] * 2


@pytest.mark.parametrize("cookie", sorted(PERSONAL_COOKIES))
def test_somebody_in_particular_neither_gets_a_kept_page_nor_leaves_one(cookie):
    kept = KeptPages(Pages())
    assert ask(kept, cookie=f"{cookie}=x") == b"made 1"
    assert ask(kept) == b"made 2"
    assert ask(kept, cookie=f"digits=thai; {cookie}=x") == b"made 3"
    assert ask(kept) == b"made 2"


@pytest.mark.parametrize(
    "other",
    [
        {"method": "POST"},
        {"method": "HEAD"},
        {"hx_request": "true"},
        {"range": "bytes=0-1"},
        {"content_length": "4"},
        {"path": "/static/css/screens.css"},
    ],
)
def test_what_asks_for_something_else_goes_to_the_pages(other):
    kept = KeptPages(Pages())
    assert [ask(kept, **other), ask(kept, **other)] == [b"made 1", b"made 2"]


def test_a_header_sent_twice_is_left_to_the_pages():
    kept = KeptPages(Pages())
    twice = request(cookie="digits=thai")
    twice["headers"].append((b"cookie", f"{min(PERSONAL_COOKIES)}=x".encode()))
    answers = [run_in_own_loop(answer_to(kept, twice))[2] for _ in range(2)]
    assert answers == [b"made 1", b"made 2"]


def test_each_address_and_each_kind_of_reader_has_a_page_of_its_own():
    kept = KeptPages(Pages())
    kinds = [
        {},
        {"path": "/groups/FIN/"},
        {"query": "show=new"},
        {"host": "other.test"},
        {"x_forwarded_proto": "https"},
        {"accept_encoding": "br, gzip"},
        {"cookie": "digits=thai"},
        {"cookie": "theme=dark"},
        {"cookie": "theme=light; digits=thai"},
    ]
    expected = [f"made {number}".encode() for number in range(1, len(kinds) + 1)]
    for _ in range(2):
        assert [ask(kept, **kind) for kind in kinds] == expected
    assert ask(kept, cookie="digits=roman; theme=system") == b"made 1"


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (200, [(b"cache-control", b"public, max-age=315360000")]),
        (200, [(b"content-type", b"text/html")]),
        (200, [*PUBLIC_HEADERS, (b"set-cookie", b"csrftoken=x")]),
        (302, PUBLIC_HEADERS),
        (404, PUBLIC_HEADERS),
        (500, []),
        (503, []),
    ],
)
def test_only_public_pages_are_kept(status, headers):
    kept = KeptPages(Pages(status, headers))
    answers = [run_in_own_loop(answer_to(kept, request())) for _ in range(2)]
    assert answers == [
        (status, dict(headers), b"made 1"),
        (status, dict(headers), b"made 2"),
    ]


def test_who_has_the_page_is_told_so():
    kept = KeptPages(Pages())
    for etag in ('"one"', 'W/"one"', '"other", W/"one"'):
        status, headers, body = run_in_own_loop(
            answer_to(kept, request(if_none_match=etag))
        )
        assert (status, body) == (304, b"")
        assert headers == {b"cache-control": PUBLIC.encode(), b"etag": b'W/"one"'}
    assert ask(kept, if_none_match='"other"') == b"made 1"


def together(
    kept: Callable[[Pages], KeptPages], pages: Pages
) -> list[tuple[int, dict[bytes, bytes], bytes]]:
    """Three askers while the page is being made for the first of them."""

    async def exchange() -> list[tuple[int, dict[bytes, bytes], bytes]]:
        may_go_on = asyncio.Event()

        async def slow_pages(scope: Any, receive: Any, send: Any) -> None:
            await may_go_on.wait()
            await pages(scope, receive, send)

        application = kept(slow_pages)
        asking = [
            asyncio.create_task(answer_to(application, request())) for _ in range(3)
        ]
        await asyncio.sleep(0)
        may_go_on.set()
        return list(await asyncio.gather(*asking))

    return run_in_own_loop(exchange())


@pytest.mark.parametrize("pages", [Pages(), Pages(503, [(b"retry-after", b"5")])])
def test_who_asks_while_a_page_is_made_waits_for_it(pages):
    answers = together(KeptPages, pages)
    assert answers == [(pages.status, dict(pages.headers), b"made 1")] * 3


def test_who_waited_for_what_is_no_public_page_gets_their_own():
    pages = Pages(302, [(b"location", b"/sign-in/")])
    assert sorted(body for _, _, body in together(KeptPages, pages)) == [
        b"made 1",
        b"made 2",
        b"made 3",
    ]


def test_nobody_waits_for_a_page_that_was_begun_too_long_ago():
    clock = Clock()

    async def exchange() -> bytes:
        async def never(scope: Any, receive: Any, send: Any) -> None:
            await asyncio.Event().wait()

        kept = KeptPages(never, clock=clock)
        first = asyncio.create_task(answer_to(kept, request()))
        await asyncio.sleep(0)
        clock.now += KEPT
        kept._pages = Pages()
        _, _, body = await answer_to(kept, request())
        first.cancel()
        return body

    assert run_in_own_loop(exchange()) == b"made 1"


def test_the_oldest_pages_make_room(monkeypatch):
    monkeypatch.setattr(kept_pages, "MOST_BYTES", len(b"made 1") * 2)
    kept = KeptPages(Pages(), clock=Clock())
    for path in ("/a/", "/b/", "/c/"):
        ask(kept, path=path)
    assert [ask(kept, path="/c/"), ask(kept, path="/b/"), ask(kept, path="/a/")] == [
        b"made 3",
        b"made 2",
        b"made 4",
    ]
