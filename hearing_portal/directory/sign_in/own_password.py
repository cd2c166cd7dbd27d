"""Whoever came in with a password that somebody else made changes it first. Asked once, at sign-in, and kept in the
session: pages cost no query for it."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from hearing_portal.web.redirects import see_other
from hearing_portal.web.refusal_pages import RefusalText, is_htmx, refusal_response

SESSION_KEY = "own_password_first"
OPEN_PAGES = {
    "password",
    "sign-out",
    "contact",
    "privacy",
    "reader-digits",
    "reader-theme",
    "livez",
    "readyz",
}
OWN_PASSWORD_FIRST = RefusalText(
    "โปรดตั้งรหัสผ่านของท่านก่อน",
    "ท่านเข้าสู่ระบบด้วยรหัสผ่านที่ผู้ดูแลระบบตั้งให้ จึงยังไม่ได้บันทึกรายการนี้",
    "เปิดหน้าตั้งรหัสผ่านในหน้าต่างใหม่ ตั้งรหัสผ่านของท่านเอง แล้วกลับมากดส่งอีกครั้งที่หน้านี้",
)


def ask_for_own_password(request: HttpRequest) -> None:
    request.session[SESSION_KEY] = True


def has_own_password_now(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)


def is_asked_for_own_password(request: HttpRequest) -> bool:
    return bool(request.session.get(SESSION_KEY))


class RequireOwnPassword:
    """Leads to the password page. What was posted meanwhile is not stored, and not lost either."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., Any], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        name = request.resolver_match.url_name if request.resolver_match else ""
        if name in OPEN_PAGES or not is_asked_for_own_password(request):
            return None
        if request.method in ("GET", "HEAD") and not is_htmx(request):
            return see_other(
                f"{reverse('password')}?{urlencode({'next': request.get_full_path()})}"
            )
        return refusal_response(
            request,
            403,
            words=OWN_PASSWORD_FIRST,
            resend=True,
            way_on=reverse("password"),
        )
