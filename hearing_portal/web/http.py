"""What every view shares: require a right, answer with fragment or redirect, turn exceptions into pages."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol
from urllib.parse import unquote_to_bytes

from django.conf import settings
from django.contrib.messages import get_messages
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
    ValidationError,
)
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseNotAllowed
from django.shortcuts import redirect, resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_vary_headers

from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.web.navigation import MORE_PLACES, links_of
from hearing_portal.web.refusal_pages import (
    EXPIRED_FORM,
    aimed_at_notices,
    fields_kept_by_a_fault,
    is_htmx,
    refusal_response,
    too_large_message,
    way_back,
)

DIGITS_COOKIE = "digits"
THEME_COOKIE = "theme"
DIGITS = ("thai", "arabic")
THEMES = ("system", "light", "dark")
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
DARK_MEDIA = {"system": "screen and (prefers-color-scheme: dark)", "light": "not all", "dark": "screen"}
View = Callable[[HttpRequest], HttpResponseBase]


class AuthenticatedHttpRequest(HttpRequest):
    """What a view behind `login_required` is asked with. For type checkers only: nobody makes one."""

    user: User


# The one place where a refusal gets its HTTP status
STATUS = {
    RefusalKind.SIGN_IN_FIRST: 401,
    RefusalKind.FORBIDDEN: 403,
    RefusalKind.CONFLICT: 409,
    RefusalKind.INVALID: 422,
}


class Forbidden(Refusal):
    """The person may know that the thing exists, but may not do this. `message_th` says who may."""

    kind = RefusalKind.FORBIDDEN

    def __init__(self, message_th: str = "") -> None:
        super().__init__(message_th)


class NotVisible(Http404):
    """404: to this person the thing does not exist."""


class Linked(Protocol):
    def get_absolute_url(self) -> str: ...


def read_id(text: str) -> int:
    """The id that an address or a form names; 0, which no row has, for what is no number."""
    if text.isascii() and text.isdigit():
        return int(text)
    return 0


def require_permission(condition: object, message_th: str = "") -> None:
    """Raises Forbidden (403) with the Thai sentence unless the condition holds."""
    if not condition:
        raise Forbidden(message_th)


def respond(
    request: HttpRequest,
    template: str,
    context: dict[str, Any],
    *,
    to: Linked | str,
    status: int = 200,
) -> HttpResponse:
    """The end of an act: htmx gets the fragment `template` ("page.html#comment") and the messages, others go
    on by 303 to `to` (an object with get_absolute_url, a url name or a path)."""
    if not is_htmx(request):
        response = redirect(to)
        response.status_code = 303
        return response
    html = render_to_string(template, context, request)
    if len(get_messages(request)):
        html += render_to_string("components/messages.html", {"out_of_band": True}, request)
    response = HttpResponse(html, status=status)
    patch_vary_headers(response, ["HX-Request"])
    return response


def refuse_hostile_input(get_response: View) -> View:
    """Paths, query strings and cookies with NUL or undecodable bytes get a clear 400; the database would fail
    on them with a 500. Form fields are cleaned where they are used (hearing_portal.web.forms)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        return refusal_response(request, 400) if _is_hostile(request) else get_response(request)

    return middleware


def _is_hostile(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    # Broken bytes of a path arrive percent-encoded again (Django) or replaced by U+FFFD (uvicorn)
    if not _is_text(unquote_to_bytes(request.path_info)) or "\ufffd" in request.path_info:
        return True
    if not _is_text(unquote_to_bytes(query)) or query.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        return True
    return any("\x00" in value for value in request.COOKIES.values())


def _is_text(raw: bytes) -> bool:
    """Whether the bytes are UTF-8 without NUL; lone surrogates are not UTF-8."""
    try:
        return "\x00" not in raw.decode()
    except UnicodeDecodeError:
        return False


def answer_refusals(get_response: View) -> View:
    """Refusals and Django's own exceptions, and bare 405
    answers, become Thai pages that keep what the person typed. A post that met the sign-in keeps it too."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = refusal_response(request, 405)
            page["Allow"] = response["Allow"]
            return page
        if _asks_to_sign_in(response) and (request.method == "POST" or is_htmx(request)):
            return refusal_response(request, 401, resend=True)
        return response

    middleware.process_exception = answer_exception
    return middleware


def _asks_to_sign_in(response: HttpResponseBase) -> bool:
    location = response.headers.get("Location", "") if response.status_code == 302 else ""
    return location.partition("?")[0] == resolve_url(settings.LOGIN_URL)


def answer_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
    """The refusal for an exception a view raised, or None when it is a fault of ours (500)."""
    if (status := _status_of(exception)) is None:
        return None
    return refusal_response(request, status, _message_of(exception))


def status_of(refusal: Refusal) -> int:
    """The HTTP status of the answer that shows it."""
    return STATUS[refusal.refusal_kind]


def refuse_in_form(form: Form, refusal: Refusal) -> int:
    """Put the refusal into the form, at its field if it names one. Returns the HTTP status of the answer."""
    form.add_error(refusal.field or None, refusal.message_th)
    return status_of(refusal)


def _status_of(exception: Exception) -> int | None:
    if isinstance(exception, Refusal):
        return status_of(exception)
    for kind, status in (
        (PermissionDenied, 403),
        (Http404, 404),
        (TOO_LARGE, 413),
        (ValidationError, 422),
    ):
        if isinstance(exception, kind):
            return status
    return None


def _message_of(exception: Exception) -> str:
    """The Thai sentence of a domain exception; Django's own English ones are not for people."""
    if isinstance(exception, ValidationError):
        return " ".join(exception.messages)
    if isinstance(exception, TOO_LARGE):
        return too_large_message(exception)
    return exception.message_th if isinstance(exception, Refusal) else ""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if isinstance(exception, TOO_LARGE):
        return refusal_response(request, 413, too_large_message(exception))
    return refusal_response(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_response(request, 403, _message_of(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return refusal_response(request, 404, _message_of(exception))


def server_error(request: HttpRequest) -> HttpResponse:
    """500 without the database, the session or a context processor: any of them may be what failed. A posted form's
    text stands in it to be copied, since no page but this one may have it; htmx leaves it where it was typed."""
    if is_htmx(request):
        return aimed_at_notices(HttpResponse(render_to_string("errors/500.html#notice"), status=500))
    kept = fields_kept_by_a_fault(request)
    context = {"kept": kept, "has_text": any(field.is_text for field in kept)}
    return HttpResponse(render_to_string("errors/500.html", context), status=500, headers={"Cache-Control": "no-store"})


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token was missing or old (another tab signed in, cookies were cleared): the same fields with a
    fresh token, to be sent by the person. Never offered when the form came from another site."""
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    ours = f"{request.scheme}://{request.get_host()}"
    is_from_here = origin == ours or origin.startswith(ours + "/")
    return refusal_response(request, 403, words=EXPIRED_FORM, resend=is_from_here)


def reader_choices(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: the reader's digits and theme (cookies), the links this person may follow."""
    theme = _choice(request, THEME_COOKIE, THEMES)
    return {
        "digits_style": _choice(request, DIGITS_COOKIE, DIGITS),
        "theme": theme,
        "dark_media": DARK_MEDIA[theme],
        "navigation": partial(links_of, request),
        "more_links": partial(links_of, request, MORE_PLACES),
        "here": request.get_full_path() if request.method == "GET" else way_back(request),
    }


def _choice(request: HttpRequest, cookie: str, allowed: tuple[str, ...]) -> str:
    value = request.COOKIES.get(cookie)
    return value if value in allowed else allowed[0]
