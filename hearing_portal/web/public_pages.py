"""Pages that are the same for everybody who is not signed in: which they are, and what caches are told of them.

The portal itself keeps them for a moment (hearing_portal.web.kept_pages). Whoever else keeps one, a browser or a proxy,
is to ask each time whether it still holds, and to tell people with other cookies apart.
"""

from collections.abc import Callable, Mapping
from functools import wraps
from hashlib import blake2b
from typing import Concatenate

from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.http import quote_etag

PUBLIC = "public, max-age=0, must-revalidate"
# Whoever sends one of these is somebody in particular: signed in, or to be told what an act came to
PERSONAL_COOKIES = {settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name}


def public_page[**P](
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """For a view whose page depends, for who is not signed in, on the address and the choices of readers alone: no
    token and no cookie may stand in it. Refusals and redirects are nothing to keep."""

    @wraps(view)
    def offer(
        request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            response["Cache-Control"] = PUBLIC
        return response

    return offer


def is_personal(cookies: Mapping[str, str]) -> bool:
    return not PERSONAL_COOKIES.isdisjoint(cookies)


def may_be_kept(response: HttpResponseBase) -> bool:
    return response.headers.get("Cache-Control") == PUBLIC


def name_public_page(response: HttpResponseBase) -> None:
    """By its content, so that who has it already is told so in a few bytes."""
    if isinstance(response, HttpResponse):
        response["ETag"] = quote_etag(
            blake2b(response.content, digest_size=16).hexdigest()
        )
    patch_vary_headers(response, ["Cookie"])
