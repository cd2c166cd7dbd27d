"""The one entry point: live streams to the hub, pages to Django through WSGI.

Django under ASGI serves half as many pages, so it runs as a WSGI application with one thread per process;
more processes, not threads, use more cores.
"""

import asyncio
import contextlib
from typing import Any, cast

from a2wsgi import WSGIMiddleware
from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope

from hearing_portal.wsgi import application as pages  # sets Django up before the others ask it for anything

# isort: split
from hearing_portal.web.kept_pages import KeptPages
from hearing_portal.web.slow_clients import BodyRefused, BufferedResponse, ClientGone, RequestBody

# a2wsgi asks for an iterable of bytes; Django's responses are iterable, but say so nowhere
_pages: Any = WSGIMiddleware(cast(Any, pages), workers=1)


async def application(scope: Any, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Routes by path; nothing but `/live/` is asynchronous."""
    if scope["type"] != "http":
        await _pages(scope, receive, send)
    elif scope["path"].startswith("/live/"):
        await serve_live(scope, receive, send)
    else:
        await _kept_pages(scope, receive, send)


async def serve_page(scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """One request to Django: the whole body first, then the response at the client's pace."""
    body = RequestBody()
    response = BufferedResponse(send)
    try:
        await body.read(scope, receive)
        forwarding = asyncio.create_task(response.forward())
        try:
            await _pages(without_ambiguous_headers(scope), body.receive, response.take)
            await forwarding
        finally:
            forwarding.cancel()
    except BodyRefused as refusal:
        await send_text(send, refusal.status, refusal.text)
    except ClientGone:
        pass
    finally:
        body.close()
        response.close()


_kept_pages = KeptPages(serve_page)


def without_ambiguous_headers(scope: HTTPScope) -> HTTPScope:
    """WSGI writes `X_Forwarded_Proto` and `X-Forwarded-Proto` alike: a client could forge what a proxy sets."""
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    return {**scope, "headers": headers}


async def serve_live(scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Where the hub for live updates will answer; until then there is nothing to listen to."""
    await send_text(send, 404, "ไม่มีช่องสัญญาณนี้ (no such stream)")


async def send_text(send: ASGISendCallable, status: int, text: str) -> None:
    """A short plain answer that closes the connection, since the rest of the request was not read."""
    body = f"{text}\n".encode()
    headers = [
        (b"content-type", b"text/plain; charset=utf-8"),
        (b"content-length", str(len(body)).encode()),
        (b"connection", b"close"),
    ]
    with contextlib.suppress(OSError):
        await send({"type": "http.response.start", "status": status, "headers": headers, "trailers": False})
        await send({"type": "http.response.body", "body": body, "more_body": False})
