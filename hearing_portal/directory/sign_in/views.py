"""Signing in and out, one's own account, and how one likes to read."""

from collections.abc import Container
from datetime import datetime, timedelta
from typing import Any

from axes.helpers import get_cool_off
from axes.models import AccessAttempt
from django.contrib import messages
from django.contrib.auth import login, logout, update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.urls import NoReverseMatch
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearing_portal.web.forms import form_status
from hearing_portal.web.http import (
    DIGITS,
    DIGITS_COOKIE,
    THEME_COOKIE,
    THEMES,
    AuthenticatedHttpRequest,
    require_permission,
)
from hearing_portal.web.redirects import see_other
from hearing_portal.web.refusal_pages import is_own_url, refusal_response

from ..permissions import load_roles
from .forms import NewPasswordForm, SignInForm

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
    form = SignInForm(request, request.POST or None)
    if form.is_valid():
        login(request, form.get_user())
        return see_other(next_page)
    wanted = request.POST.get("next") or request.GET.get("next", "")
    context = {"form": form, "next": wanted}
    return render(request, "directory/sign_in/sign_in.html", context, status=form_status(form))


def locked_out(
    request: HttpRequest, response: HttpResponse | None = None, credentials: dict[str, Any] | None = None
) -> HttpResponse:
    """429 after too many wrong passwords for one username, with the time from which it opens again."""
    username = (credentials or {}).get("username") or request.POST.get("username", "")
    attempt = AccessAttempt.objects.filter(username=username).order_by("-attempt_time").first()
    began: datetime = attempt.attempt_time if attempt else timezone.now()
    cool_off: timedelta = get_cool_off()
    until = began + cool_off
    page = refusal_response(
        request,
        429,
        template="errors/locked_out.html",
        until=until,
    )
    seconds = int((until - timezone.now()).total_seconds())
    page["Retry-After"] = str(max(1, seconds))
    return page


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    logout(request)
    return see_other(_next_page(request, "home"))


@login_required
@require_safe
def account(request: AuthenticatedHttpRequest) -> HttpResponse:
    return render(request, "directory/sign_in/account.html", {"roles": load_roles(request.user)})


@sensitive_post_parameters()
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def password(request: AuthenticatedHttpRequest) -> HttpResponse:
    form = NewPasswordForm(request.user, request.POST or None)
    if form.is_valid():
        update_session_auth_hash(request, form.save())
        messages.success(request, "เปลี่ยนรหัสผ่านแล้ว")
        return see_other(resolve_url("account"))
    return render(request, "directory/sign_in/password.html", {"form": form}, status=form_status(form))


@require_POST
def reader_digits(request: HttpRequest) -> HttpResponse:
    return _keep_choice(request, DIGITS_COOKIE, DIGITS)


@require_POST
def reader_theme(request: HttpRequest) -> HttpResponse:
    return _keep_choice(request, THEME_COOKIE, THEMES)


def _keep_choice(request: HttpRequest, cookie: str, allowed: Container[str]) -> HttpResponse:
    choice = request.POST.get("choice", "")
    require_permission(choice in allowed, "ไม่มีตัวเลือกนี้")
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
