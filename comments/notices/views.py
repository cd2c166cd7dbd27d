"""What is new for a person, with their own address; and the mail of the portal, for administrators."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.telling import tell_done

from ..models import Digest, MailRefusal
from ..permissions import can_administer
from .forms import AddressForm, TestMessageForm
from .mail_server import read_mail_server
from .queries import find_news
from .services import TestMessageRefused, keep_address, send_test_message
from .telling import show_notices

LOOKS_BACK = timedelta(days=30)
MOST_SHOWN = 50
ONLY_ADMINS = "ตั้งค่าอีเมลได้เฉพาะผู้ดูแลระบบ"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def notices(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The last thirty days; the address is the person's own."""
    user = request.user
    if not load_roles(user).rows:
        raise NotVisible
    form = AddressForm(posted_data(request), initial={"email": user.email})
    if form.is_valid():
        keep_address(user, form.cleaned_data["email"])
        tell_done(request, "บันทึกอีเมลของท่านแล้ว", form)
        return redirect("notices")
    news = find_news(user, timezone.now() - LOOKS_BACK)
    shown = show_notices(news)
    context = {
        "notices": shown[:MOST_SHOWN],
        "more": max(0, len(shown) - MOST_SHOWN),
        "late": news.late,
        "form": form,
        "sends_mail": read_mail_server() is not None,
    }
    page = "comments/notices/notices.html"
    return render(request, page, context, status=form_status(form))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def mail(request: AuthenticatedHttpRequest) -> HttpResponse:
    """How the portal sends mail, a test of it, and what was refused."""
    if not load_roles(request.user).rows:
        raise NotVisible
    require_permission(can_administer(request.user), ONLY_ADMINS)
    form = TestMessageForm(posted_data(request), initial={"email": request.user.email})
    status = form_status(form)
    if form.is_valid():
        address = form.cleaned_data["email"]
        try:
            send_test_message(address, by=request.user)
        except TestMessageRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(
                request, f"ส่งข้อความทดสอบถึง {address} แล้ว โปรดตรวจที่อีเมลปลายทาง", form
            )
            return redirect("mail")
    context = {
        "server": read_mail_server(),
        "form": form,
        "sent_today": Digest.objects.filter(day=timezone.localdate()).count(),
        "refusals": MailRefusal.objects.order_by("-pk")[:MOST_SHOWN],
    }
    return render(request, "comments/notices/mail.html", context, status=status)
