"""The receipt of a comment: for its author to keep, and for whoever has its link."""

import io

import segno
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_POST, require_safe

from hearing_portal.thai.dates import be_date
from hearing_portal.web.capability_pages import kept_by_nobody
from hearing_portal.web.http import AuthenticatedHttpRequest, require_permission
from hearing_portal.web.redirects import see_other

from ..commenting.access import NOT_YOURS
from ..commenting.queries.comments import comments_visible_to
from ..models import Comment
from .letters import receipt_letters
from .presentation import load_receipt_page
from .queries import count_recalls, ends_on, find_receipt
from .services import recall_receipt


@kept_by_nobody
@require_safe
def receipt(request: HttpRequest, number: int, letters: str) -> HttpResponse:
    """What became of the comment, as far as it may be told."""
    found = find_receipt(number, letters)
    why = ""
    if found is not None and found.is_recalled:
        why = "ผู้เสนอเรียกคืนลิงก์นี้แล้ว หากท่านเป็นผู้เสนอ ลิงก์ใหม่อยู่ที่หน้าความคิดเห็นของท่าน"
    elif found is not None and ends_on(found.comment) < localdate():
        why = f"ลิงก์นี้ดูได้ถึง {be_date(ends_on(found.comment))} และหมดอายุแล้ว"
    if found is None or why:
        return render(request, "comments/receipts/dead.html", {"why": why}, status=404)
    context = {"receipt": load_receipt_page(found.comment)}
    return render(request, "comments/receipts/page.html", context)


@login_required
@kept_by_nobody
@require_safe
def comment_receipt(request: AuthenticatedHttpRequest, uuid: str) -> HttpResponse:
    """Number, link and QR code, to keep or to print; only for who sent the comment."""
    comment = _get_own(request, uuid)
    context = {
        "comment": comment,
        "address": _address(request, comment),
        "ends_on": ends_on(comment),
    }
    return render(request, "comments/receipts/own.html", context)


@login_required
@kept_by_nobody
@require_safe
def comment_receipt_code(request: AuthenticatedHttpRequest, uuid: str) -> HttpResponse:
    """The QR code of the link, as SVG, on white in every theme."""
    comment = _get_own(request, uuid)
    drawn = io.BytesIO()
    code = segno.make(_address(request, comment), error="m", micro=False)
    code.save(drawn, kind="svg", light="#fff", border=4)
    return HttpResponse(drawn.getvalue(), content_type="image/svg+xml")


@login_required
@require_POST
def receipt_recall(request: AuthenticatedHttpRequest, uuid: str) -> HttpResponse:
    comment = _get_own(request, uuid)
    recall_receipt(comment, by=request.user)
    messages.success(
        request, "เรียกคืนลิงก์เดิมแล้ว ลิงก์และ QR เดิมเปิดไม่ได้อีก โปรดใช้ลิงก์ใหม่ด้านล่าง"
    )
    return see_other(reverse("comment-receipt", args=[comment.uuid]))


def _get_own(request: AuthenticatedHttpRequest, uuid: str) -> Comment:
    """The author's, and of whoever typed it in for somebody; a reply has no receipt."""
    comments = comments_visible_to(request.user).filter(parent__isnull=True)
    comments = comments.select_related("session__hearing")
    comment = get_object_or_404(comments, uuid=uuid)
    mine = request.user.pk in (comment.author_id, comment.recorded_by_id)
    require_permission(mine, NOT_YOURS)
    return comment


def _address(request: HttpRequest, comment: Comment) -> str:
    letters = receipt_letters(comment, count_recalls(comment))
    return request.build_absolute_uri(reverse("receipt", args=[comment.pk, letters]))
