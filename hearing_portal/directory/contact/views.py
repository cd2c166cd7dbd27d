"""Whom to ask about the portal and what it tells people about their data: read by everybody, written by admins."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form
from hearing_portal.web.public_pages import public_page
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ..access import require_admin
from ..permissions import load_roles
from .forms import ContactForm, PrivacyNoticeForm
from .queries import (
    current_contact,
    current_privacy_notice,
    find_missing_contact_fields,
    says_shipped_text,
)
from .services import ContactRefused
from .texts import DEFAULT_PRIVACY_NOTICE


@public_page
@require_safe
def contact(request: HttpRequest) -> HttpResponse:
    context = {
        "contact": current_contact(),
        "may_edit": load_roles(request.user).is_admin,
    }
    return render(request, "directory/contact/contact.html", context)


@public_page
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    notice = current_privacy_notice()
    context = {
        "text": notice.text if notice else DEFAULT_PRIVACY_NOTICE,
        "notice": notice,
        "is_shipped": says_shipped_text(notice),
        "may_edit": load_roles(request.user).is_admin,
    }
    return render(request, "directory/contact/privacy.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def contact_edit(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The contact, with what is still missing of it."""
    require_admin(request.user)
    latest = current_contact()
    form = ContactForm(posted_data(request), contact=latest)
    status = form_status(form)
    if form.is_valid():
        try:
            form.save(by=request.user)
        except ContactRefused as refusal:
            status = refuse_in_form(form, refusal)
        else:
            tell_done(request, "บันทึกข้อมูลติดต่อแล้ว ทุกหน้าแสดงข้อมูลใหม่ภายใน 2 วินาที", form)
            return see_other("contact-edit")
    context = {
        "form": form,
        "latest": latest,
        "missing": find_missing_contact_fields(latest),
    }
    return render(
        request, "directory/contact/contact_edit.html", context, status=status
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def privacy_edit(request: AuthenticatedHttpRequest) -> HttpResponse:
    require_admin(request.user)
    latest = current_privacy_notice()
    form = PrivacyNoticeForm(posted_data(request), notice=latest)
    status = form_status(form)
    if form.is_valid():
        try:
            form.save(by=request.user)
        except ContactRefused as refusal:
            status = refuse_in_form(form, refusal)
        else:
            tell_done(request, "บันทึกประกาศความเป็นส่วนตัวแล้ว", form)
            return see_other("privacy")
    context = {"form": form, "latest": latest, "is_shipped": says_shipped_text(latest)}
    return render(
        request, "directory/contact/privacy_edit.html", context, status=status
    )
