"""What answers without the pages' threads, from the event loop: static files, and 503 where a page should have been."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, cast

from asgiref.typing import ASGISendCallable, HTTPScope
from django.core.handlers.asgi import ASGIRequest
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.http.response import HttpResponseNotFound
from django.middleware.clickjacking import XFrameOptionsMiddleware
from django.middleware.csp import ContentSecurityPolicyMiddleware
from django.middleware.security import SecurityMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware

from hearing_portal.web.refusal_pages import MOST_KEPT_BYTES
from hearing_portal.web.slow_clients import RequestBody
from hearing_portal.web.unavailable import trouble_of, unavailable_response

type View = Callable[[HttpRequest], HttpResponseBase]


def _with_headers_of_pages(view: View) -> View:
    """The headers that every page has, from the middlewares that need nothing else."""
    with_headers: Any = SecurityMiddleware(
        XFrameOptionsMiddleware(ContentSecurityPolicyMiddleware(view))
    )
    return cast(View, with_headers)


def _no_such_file(_request: HttpRequest) -> HttpResponse:
    return HttpResponseNotFound("ไม่พบไฟล์นี้\n", content_type="text/plain; charset=utf-8")


serve_static_file: View = _with_headers_of_pages(WhiteNoiseMiddleware(_no_such_file))


def request_of(scope: HTTPScope, body: bytes = b"") -> HttpRequest:
    """The request as Django's views know it."""
    headers = []
    for name, value in scope["headers"]:
        # Django breaks on some of the encodings that a request may claim (hearing_portal/wsgi.py)
        says_other = b"charset" in value.lower() and b"utf-8" not in value.lower()
        if name != b"content-type" or not says_other:
            headers.append((name, value))
    return ASGIRequest({**scope, "headers": headers}, BytesIO(body))


def answer_for_given_up(
    scope: HTTPScope, body: RequestBody, *, was_begun: bool
) -> HttpResponseBase:
    """503 for a request whose answer did not come in time, with what was typed."""
    request = request_of(scope, body.copy(MOST_KEPT_BYTES))
    trouble = trouble_of(request, was_begun=was_begun)
    return _with_headers_of_pages(
        lambda request: unavailable_response(request, trouble)
    )(request)


async def send_response(send: ASGISendCallable, response: HttpResponseBase) -> None:
    """One of Django's responses, as ASGI sends it. What is read is in the memory or in a small file."""
    headers: list[tuple[bytes, bytes]] = []
    for name, value in response.items():
        headers.append((name.lower().encode("latin-1"), value.encode("latin-1")))
    begin: Any = {
        "type": "http.response.start",
        "status": response.status_code,
        "headers": headers,
    }
    await send(begin)
    try:
        for part in response:
            more: Any = {"type": "http.response.body", "body": part, "more_body": True}
            await send(more)
    finally:
        response.close()
    end: Any = {"type": "http.response.body", "body": b"", "more_body": False}
    await send(end)
