"""What every view shares: require a right, answer with fragment or redirect, turn exceptions into pages."""

import logging
import sys
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast
from urllib.parse import unquote_to_bytes
from uuid import UUID

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
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    HttpResponseNotAllowed,
)
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control, patch_vary_headers

from hearing_portal.directory.contact.foot import foot_contact
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind, TooMuchAtOnce
from hearing_portal.web.digits import in_thai_digits
from hearing_portal.web.navigation import MORE_NAVIGATION, links_for
from hearing_portal.web.printing import imprint_of
from hearing_portal.web.public_pages import is_personal, may_be_kept, name_public_page
from hearing_portal.web.reader_choices import (
    DIGITS,
    DIGITS_COOKIE,
    THEME_COOKIE,
    THEMES,
    choice_of,
)
from hearing_portal.web.redirects import Linked, see_other
from hearing_portal.web.refusal_pages import (
    EXPIRED_FORM,
    OTHER_ENCODING,
    comes_from_here,
    is_htmx,
    previous_page,
    refusal_response,
    retarget_to_notices,
    submitted_fields_of_fault,
    too_large_message,
)
from hearing_portal.web.unavailable import trouble_of_fault, unavailable_response

logger = logging.getLogger(__name__)

JSON = "application/json"
OUTDATED = "outdated"  # the event of a page after a conflict: what shows how things stand asks for itself again
TOO_LARGE = (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)
DARK_MEDIA = {
    "system": "screen and (prefers-color-scheme: dark)",
    "light": "not all",
    "dark": "screen",
}
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
    RefusalKind.LOST: 410,
    RefusalKind.TOO_MUCH: 429,
}


class Forbidden(Refusal):
    """The person may know that the thing exists, but may not do this. `message_th` says who may."""

    kind = RefusalKind.FORBIDDEN

    def __init__(self, message_th: str = "") -> None:
        super().__init__(message_th)


class NotVisible(Http404):
    """404: to this person the thing does not exist."""


def read_id(text: str) -> int:
    """The id that an address or a form names; 0, which no row has, for what is no number."""
    if text.isascii() and text.isdigit():
        return int(text)
    return 0


def parse_uuid(text: str) -> UUID | None:
    """What an address or a form names; None for what is no UUID."""
    try:
        return UUID(text)
    except ValueError:
        return None


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
        return see_other(to)
    html = render_to_string(template, context, request)
    if len(get_messages(request)):
        html += render_to_string(
            "components/messages.html", {"out_of_band": True}, request
        )
    response = HttpResponse(html, status=status)
    # One address has two answers: a cache must not give a browser the fragment
    patch_vary_headers(response, ["HX-Request"])
    return response


def refuse_hostile_input(get_response: View) -> View:
    """Paths, query strings and cookies with NUL or undecodable bytes get a clear 400; the database would fail
    on them with a 500. Form fields are cleaned where they are used (hearing_portal.web.forms)."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        # What a browser sends says nothing of its encoding, or UTF-8. In another one the text would be read as
        # other letters, and base64 or UTF-7 are none.
        charset = (request.content_params or {}).get("charset", "")
        if charset.lower() not in ("", "utf-8", "utf8"):
            request.encoding = (
                settings.DEFAULT_CHARSET
            )  # what it says of itself stands in the way of every answer
            return refusal_response(request, 400, words=OTHER_ENCODING)
        if _is_hostile(request):
            return refusal_response(request, 400)
        return get_response(request)

    return middleware


def _is_hostile(request: HttpRequest) -> bool:
    query = request.META.get("QUERY_STRING", "")
    # Broken bytes of a path arrive percent-encoded again (Django) or replaced by U+FFFD (uvicorn)
    if (
        not _is_text(unquote_to_bytes(request.path_info))
        or "\ufffd" in request.path_info
    ):
        return True
    if not _is_text(unquote_to_bytes(query)):
        return True
    # Reading the query string raises for too many fields, wherever it is read first
    if query.count("&") >= settings.DATA_UPLOAD_MAX_NUMBER_FIELDS:
        return True
    return any("\x00" in value for value in request.COOKIES.values())


def _is_text(raw: bytes) -> bool:
    """Whether the bytes are UTF-8 without NUL; lone surrogates are not UTF-8."""
    try:
        return "\x00" not in raw.decode()
    except UnicodeDecodeError:
        return False


def leave_no_personal_copy(get_response: View) -> View:
    """What somebody saw while signed in stays in no cache, also not in that of the Back button: on a shared telephone
    it would be there for the next person. A public page that came to nobody in particular gets its ETag."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        is_offered = may_be_kept(response)
        if (
            is_personal(request.COOKIES)
            or settings.SESSION_COOKIE_NAME in response.cookies
        ):
            patch_cache_control(response, private=True, no_store=True)
        elif is_offered and response.cookies:
            patch_cache_control(response, private=True)
        elif is_offered:
            name_public_page(response)
        return response

    return middleware


def show_digits_of_reader(get_response: View) -> View:
    """Pages and fragments have the digits the reader chose throughout: headings, counts, days, buttons and labels."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if choice_of(request.COOKIES, DIGITS_COOKIE) != "thai":
            return response
        media_type = response.headers.get("Content-Type", "")
        if response.streaming or not media_type.startswith("text/html"):
            return response
        page = cast(HttpResponse, response)
        page.content = in_thai_digits(page.content.decode())
        if page.has_header("Content-Length"):
            page["Content-Length"] = str(len(page.content))
        return page

    return middleware


class RefusalMiddleware:
    """Refusals and Django's own exceptions, and bare 405 answers, become Thai pages that keep what the person typed.
    A post that met the sign-in keeps it too."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            page = refusal_response(request, 405)
            page["Allow"] = response["Allow"]
            return page
        # A redirect would lose what was posted, and htmx would put the sign-in page into the fragment's place
        to, _, _ = response.headers.get("Location", "").partition("?")
        asks_to_sign_in = response.status_code == 302 and to == resolve_url(
            settings.LOGIN_URL
        )
        if asks_to_sign_in and (request.method == "POST" or is_htmx(request)):
            return refusal_response(request, 401, resend=True)
        if response.status_code == STATUS[RefusalKind.CONFLICT] and is_htmx(request):
            response["HX-Trigger"] = OUTDATED
        return response

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponse | None:
        """The refusal for an exception a view raised, or None when it is a fault of ours (500)."""
        trouble = trouble_of_fault(request, exception)
        if trouble is not None:
            logger.warning("%s %s: %s", request.method, request.path, exception)
            return unavailable_response(request, trouble)
        status = _status_of_exception(exception)
        if status is None:
            return None
        if isinstance(exception, TooMuchAtOnce):
            page = refusal_response(request, status, exception.message_th, resend=True)
            page["Retry-After"] = str(exception.retry_after)
            return page
        return refusal_response(request, status, _message_of(exception))


def status_of(refusal: Refusal) -> int:
    """The HTTP status of the answer that shows it."""
    return STATUS[refusal.refusal_kind]


def refuse_in_form(form: Form, refusal: Refusal) -> int:
    """Put the refusal into the form, at its field if it names one of the form's. Returns the HTTP status of the
    answer."""
    field = refusal.field if refusal.field in form.fields else None
    form.add_error(field, refusal.message_th)
    return status_of(refusal)


def _status_of_exception(exception: Exception) -> int | None:
    """None for what is no refusal."""
    match exception:
        case Refusal():
            return status_of(exception)
        case PermissionDenied():
            return 403
        case Http404():
            return 404
        case RequestDataTooBig() | TooManyFieldsSent() | TooManyFilesSent():
            return 413
        case ValidationError():
            return 422
    return None


def _message_of(exception: Exception) -> str:
    """The Thai sentence of a domain exception; Django's own English ones are not for people."""
    if isinstance(exception, Refusal):
        return exception.message_th
    if isinstance(exception, ValidationError):
        return " ".join(exception.messages)
    if isinstance(exception, TOO_LARGE):
        return too_large_message(exception)
    return ""


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
    text stands in it to be copied, since no page but this one may have it; htmx leaves it where it was typed. What
    meets a database that does not serve outside of a view, in the session for one, ends here too: 503."""
    trouble = trouble_of_fault(request, sys.exception())
    if trouble is not None:
        return unavailable_response(request, trouble)
    kept = submitted_fields_of_fault(request)
    context = {"kept": kept, "has_text": any(field.is_text for field in kept)}
    if is_htmx(request):
        return retarget_to_notices(
            HttpResponse(
                render_to_string("errors/500.html#notice", context), status=500
            )
        )
    page = render_to_string("errors/500.html", context)
    return HttpResponse(page, status=500, headers={"Cache-Control": "no-store"})


def csrf_refused(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The token was missing or old (another tab signed in, cookies were cleared): the same fields with a
    fresh token, to be sent by the person. Never offered when the form came from another site. A page that sends by
    itself, and whose cookies were cleared, is told that nobody is signed in any more."""
    asks_for_data = request.get_preferred_type(["text/html", JSON]) == JSON
    if asks_for_data and not request.user.is_authenticated:
        return refusal_response(request, 401)
    return refusal_response(
        request, 403, words=EXPIRED_FORM, resend=comes_from_here(request)
    )


def reader_choices(request: HttpRequest) -> dict[str, Any]:
    """Context of every page: the reader's digits and theme (cookies), the links this person may follow, whom to
    ask (callables: a page without a foot asks for none), and what the page says of itself on paper."""
    digits = choice_of(request.COOKIES, DIGITS_COOKIE)
    theme = choice_of(request.COOKIES, THEME_COOKIE)
    # Where the reader's choice of digits or theme leads back to
    here = (
        request.get_full_path() if request.method == "GET" else previous_page(request)
    )
    return {
        "digits_style": digits,
        "theme": theme,
        "digits_choices": _switch(DIGITS, digits),
        "theme_choices": _switch(THEMES, theme),
        "dark_media": DARK_MEDIA[theme],
        "navigation": partial(links_for, request),
        "more_links": partial(links_for, request, MORE_NAVIGATION),
        "here": here,
        "foot_contact": foot_contact,
        "imprint": partial(imprint_of, request, here),
    }


def _switch(offered: Mapping[str, str], chosen: str) -> list[tuple[str, str, str]]:
    """[(value, word, its aria-pressed)] of the buttons that offer a choice."""
    buttons: list[tuple[str, str, str]] = []
    for value, word in offered.items():
        pressed = "true" if value == chosen else "false"
        buttons.append((value, word, pressed))
    return buttons
