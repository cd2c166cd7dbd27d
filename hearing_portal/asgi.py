"""The one entry point: static files and signs of life by the event loop, live streams to the hub, pages to Django
through WSGI.

Django under ASGI serves half as many pages, so it runs as a WSGI application with one thread per process;
more processes, not threads, use more cores. What hashes passwords, and what asks whether the portal is ready, have a
thread of their own each: pages do not wait for them, nor they for pages.
"""

from typing import Any

from asgiref.typing import ASGIReceiveCallable, ASGISendCallable, HTTPScope
from django.urls import Resolver404, resolve

from hearing_portal.wsgi import (
    application as pages,
)  # sets Django up before the others ask it for anything

# isort: split
from hearing_portal.health import not_ready
from hearing_portal.live.hub import Hub, find_source
from hearing_portal.live.refusing import refuse_stream, send_text
from hearing_portal.web.kept_pages import KeptPages
from hearing_portal.web.lanes import GivenUp, Lane
from hearing_portal.web.outside_pages import (
    answer_for_given_up,
    request_of,
    send_response,
    serve_static_file,
)
from hearing_portal.web.slow_clients import (
    BodyRefused,
    ClientGone,
    RequestBody,
    refuse_two_lengths,
)

PAGES = Lane(pages)
PASSWORDS = Lane(pages)
HEALTH = Lane(pages)
LANES = (PAGES, PASSWORDS, HEALTH)
HUB = Hub(find_source)
# Views whose posts hash a password, which takes as long as several pages
HASHING = {
    "sign-in",
    "password",
    "first-admin",
    "first-passwords",
    "person-password",
    "preview",
    "preview-new",
}


async def application(
    scope: Any, receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    """Routes by path. Nothing but the lanes uses a thread."""
    if scope["type"] != "http":
        await serve_lifespan(receive, send)
        return
    try:
        refuse_two_lengths(scope)
    except BodyRefused as refusal:
        await send_text(send, refusal.status, refusal.text)
        return
    if scope["path"] == "/livez":
        await send_text(send, 200, "ok", closes=False)
    elif scope["path"].startswith("/static/"):
        await send_response(send, serve_static_file(request_of(scope)))
    elif scope["path"].startswith("/live/"):
        await serve_live(scope, receive, send)
    else:
        await _kept_pages(scope, receive, send)


async def serve_lifespan(receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
    """Nothing is to be begun or ended; there are no websockets."""
    while True:
        message: Any = await receive()
        if message["type"] == "lifespan.startup":
            await send({"type": "lifespan.startup.complete"})
        elif message["type"] == "lifespan.shutdown":
            await send({"type": "lifespan.shutdown.complete"})
            return
        else:
            return


async def serve_page(
    scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    """One request to Django: the whole body first, then the response at the client's pace."""
    body = RequestBody()
    scope = without_ambiguous_headers(scope)
    lane = lane_of(scope)
    try:
        await body.read(scope, receive)
        await lane.serve(scope, body, send, receive)
    except GivenUp as late:
        response = (
            not_ready()
            if lane is HEALTH
            else answer_for_given_up(scope, body, was_begun=late.was_begun)
        )
        await send_response(send, response)
    except BodyRefused as refusal:
        body.close()
        await send_text(send, refusal.status, refusal.text)
    except ClientGone:
        body.close()


def lane_of(scope: HTTPScope) -> Lane:
    """In which thread the request is worked on."""
    if scope["path"] == "/readyz":
        return HEALTH
    if scope["method"] != "POST":
        return PAGES
    try:
        name = resolve(scope["path"]).url_name
    except Resolver404:
        return PAGES
    return PASSWORDS if name in HASHING else PAGES


_kept_pages = KeptPages(serve_page)


def without_ambiguous_headers(scope: HTTPScope) -> HTTPScope:
    """WSGI writes `X_Forwarded_Proto` and `X-Forwarded-Proto` alike: a client could forge what a proxy sets."""
    headers = [(name, value) for name, value in scope["headers"] if b"_" not in name]
    return {**scope, "headers": headers}


async def serve_live(
    scope: HTTPScope, receive: ASGIReceiveCallable, send: ASGISendCallable
) -> None:
    """A stream for who brings a ticket."""
    status = await HUB.serve(scope, receive, send)
    if status != 200:
        await refuse_stream(send, status)
