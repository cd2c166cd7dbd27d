"""The page where the first administrator is made, behind the link that only whoever runs the portal has."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import status_of
from hearing_portal.web.telling import tell_done

from ..sign_in.entering import enter
from .forms import FirstAdminForm
from .links import is_setup_token
from .queries import has_admin
from .services import SetupClosed

PREPARATION_PAGE = "preparation"  # where the first administrator begins


@never_cache
@sensitive_post_parameters()
@require_http_methods(["GET", "HEAD", "POST"])
def first_admin(request: HttpRequest, token: str) -> HttpResponse:
    """Makes the first administrator and signs them in; says what to do when the link does not or no longer work."""
    if has_admin() or not is_setup_token(token):
        return _closed(request)
    form = FirstAdminForm(posted_data(request))
    try:
        person = form.save() if form.is_valid() else None
    except SetupClosed:
        return _closed(request)
    if person is None:
        return render(
            request,
            "directory/setup/first_admin.html",
            {"form": form},
            status=form_status(form),
        )
    tell_done(request, f"สร้างบัญชีผู้ดูแลระบบ {person.username} และเข้าสู่ระบบแล้ว", form)
    return enter(request, person, to=resolve_url(PREPARATION_PAGE))


@require_safe
def setup(request: HttpRequest) -> HttpResponse:
    """Without a link nobody makes an administrator."""
    return _closed(request)


def _closed(request: HttpRequest) -> HttpResponse:
    refusal = SetupClosed("ลิงก์นี้ใช้ตั้งผู้ดูแลระบบไม่ได้")
    context = {"has_admin": has_admin()}
    return render(
        request, "directory/setup/closed.html", context, status=status_of(refusal)
    )
