"""The links of who makes them."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.directory.permissions import load_roles
from hearing_portal.refusals import Refusal
from hearing_portal.thai.text import changes_note
from hearing_portal.web.forms import form_status, posted_data, text_changes
from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form
from hearing_portal.web.redirects import see_other

from ..access import get_link_to_recall, get_what_to_show, require_desk_of_links
from ..forms import PreviewLinkForm
from ..presentation import show_links
from ..queries import find_links_for
from ..services import make_preview_link, recall_preview_link


@login_required
@require_safe
def preview_links(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Those the person made; all of them for administrators."""
    require_desk_of_links(request.user)
    links = show_links(find_links_for(request.user))
    context = {"links": links, "is_admin": load_roles(request.user).is_admin}
    return render(request, "manuals/previewing/links.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preview_new(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Of a manual, or of the section that the address names. The answer alone tells the address and the password."""
    manual, section = get_what_to_show(
        request.user, key, request.GET.get("section", "")
    )
    form = PreviewLinkForm(posted_data(request))
    status = form_status(form)
    if form.is_valid():
        data = form.cleaned_data
        try:
            made = make_preview_link(
                manual,
                section,
                data["purpose"],
                data["ends_on"],
                uuid=data["uuid"],
                by=request.user,
            )
        except Refusal as refused:
            status = refuse_in_form(form, refused)
        else:
            if made is None:
                messages.info(
                    request, "ลิงก์นี้จัดทำแล้ว หากไม่ได้จดรหัสผ่านไว้ โปรดเรียกคืนแล้วจัดทำใหม่"
                )
                return see_other("preview-links")
            note = changes_note(text_changes(form))
            if note:
                messages.info(request, note)
            url = request.build_absolute_uri(reverse("preview", args=[made.secret]))
            context = {"made": made, "url": url, "manual": manual, "section": section}
            return render(request, "manuals/previewing/made.html", context)
    context = {"form": form, "manual": manual, "section": section}
    return render(request, "manuals/previewing/new.html", context, status=status)


@login_required
@require_POST
def preview_recall(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    link = get_link_to_recall(request.user, uuid)
    recall_preview_link(link, by=request.user)
    messages.success(request, f"เรียกคืนลิงก์ “{link.purpose}” แล้ว ผู้ที่มีลิงก์เปิดดูไม่ได้อีก")
    return see_other("preview-links")
