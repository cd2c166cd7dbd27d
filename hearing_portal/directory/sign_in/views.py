"""Signing in and out, one's own account, and how one likes to read."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import NoReverseMatch
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, require_permission
from hearing_portal.web.reader_choices import DIGITS_COOKIE, OFFERED, THEME_COOKIE
from hearing_portal.web.redirects import see_other
from hearing_portal.web.refusal_pages import (
    comes_from_here,
    is_own_url,
    refusal_response,
)

from ..models import User
from ..permissions import load_roles
from .devices import known_device_key, note_shared_device, remember_device
from .entering import enter
from .forms import NewPasswordForm, SignInForm
from .limits import SignInPaused, Source
from .own_password import has_own_password_now, is_asked_for_own_password

READER_COOKIE_AGE = 365 * 24 * 3600  # seconds


def _next_page(request: HttpRequest, default: str) -> str:
    """Where the person wanted to go, if it is ours: nobody is sent to another site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted and is_own_url(request, wanted):
        return wanted
    try:
        return resolve_url(default)
    except NoReverseMatch:
        return "/"


@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    next_page = _next_page(request, "home")
    if request.user.is_authenticated:
        return see_other(next_page)
    form = SignInForm(request, posted_data(request))
    try:
        is_valid = form.is_valid()
    except SignInPaused as pause:
        page = refusal_response(
            request, 429, template="errors/locked_out.html", until=pause.shown_until
        )
        page["Retry-After"] = pause.retry_after
        return page
    if is_valid:
        entered = enter(request, form.get_user(), to=next_page)
        note_shared_device(request, entered, form.cleaned_data["is_shared"])
        return entered
    context = {
        "form": form,
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(
        request, "directory/sign_in/sign_in.html", context, status=form_status(form)
    )


def _tell_nothing(user: User) -> str:
    return ""


@require_POST
def sign_out(
    request: HttpRequest, tell_kept: Callable[[User], str] = _tell_nothing
) -> HttpResponse:
    """`tell_kept` says what waits for the person until they come back, "" where nothing does."""
    told = tell_kept(request.user) if isinstance(request.user, User) else ""
    logout(request)
    if told:
        messages.success(request, told)
    return see_other(_next_page(request, "home"))


@login_required
@require_safe
def account(request: AuthenticatedHttpRequest) -> HttpResponse:
    return render(
        request, "directory/sign_in/account.html", {"roles": load_roles(request.user)}
    )


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: AuthenticatedHttpRequest) -> HttpResponse:
    """A new password of one's own. The device is known by it from then on, others are not any more."""
    is_first = is_asked_for_own_password(request)
    source = Source(
        request.META.get("REMOTE_ADDR", ""),
        known_device_key(request, request.user.username),
    )
    form = NewPasswordForm(
        request.user, posted_data(request), source=source, is_first=is_first
    )
    next_page = _next_page(request, "account")
    if form.is_valid():
        update_session_auth_hash(request, form.save())
        has_own_password_now(request)
        messages.success(request, "ตั้งรหัสผ่านของท่านแล้ว" if is_first else "เปลี่ยนรหัสผ่านแล้ว")
        response = see_other(next_page)
        remember_device(request, response, request.user)
        return response
    context = {"form": form, "is_first": is_first, "next": next_page}
    page = render(
        request, "directory/sign_in/password.html", context, status=form_status(form)
    )
    if form.pause is not None:
        page.status_code = 429
        page["Retry-After"] = form.pause.retry_after
    return page


# The switches stand in pages that are kept for everybody, so there is no token in them; the browser says whose page
# they stand in


@csrf_exempt
@require_POST
def reader_digits(request: HttpRequest) -> HttpResponse:
    return _keep_choice(request, DIGITS_COOKIE)


@csrf_exempt
@require_POST
def reader_theme(request: HttpRequest) -> HttpResponse:
    return _keep_choice(request, THEME_COOKIE)


def _keep_choice(request: HttpRequest, cookie: str) -> HttpResponse:
    says_where_from = "Origin" in request.headers or "Referer" in request.headers
    is_from_elsewhere = says_where_from and not comes_from_here(request)
    require_permission(not is_from_elsewhere, "เลือกได้จากหน้าของระบบนี้เท่านั้น")
    choice = request.POST.get("choice", "")
    require_permission(choice in OFFERED[cookie], "ไม่มีตัวเลือกนี้")
    response = see_other(_next_page(request, "/"))
    response.set_cookie(
        cookie,
        choice,
        max_age=READER_COOKIE_AGE,
        secure=request.is_secure(),
        httponly=False,  # the page's script reads them too
        samesite="Lax",
    )
    return response
