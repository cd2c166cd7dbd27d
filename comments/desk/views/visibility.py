"""Showing and hiding comments, one or several."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.redirects import go_on
from hearing_portal.web.telling import tell_done

from ...links import desk_url
from ...models import Moderation
from ...moderating.access import NOT_MODERATOR, get_comment_at_desk, get_manual_at_desk
from ...moderating.forms import BulkVisibilityForm, VisibilityForm
from ...moderating.services import ModerationOvertaken
from ...permissions import can_moderate
from .chosen import find_chosen
from .desk import desk_response, read_next_query, refused_at_desk

SHOWN = Moderation.Visibility.SHOWN


@login_required
@require_POST
def comment_visibility(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    comment = get_comment_at_desk(request.user, uuid)
    require_permission(
        can_moderate(request.user, comment.entry.manual.work_group), NOT_MODERATOR
    )
    form = VisibilityForm(request.POST, auto_id="visibility-%s")
    if not form.is_valid():
        return refused_at_desk(request, comment, 422, visibility=form)
    try:
        form.save([comment], by=request.user)
    except ModerationOvertaken as overtaken:
        status = refuse_in_form(form, overtaken)
        return refused_at_desk(request, comment, status, visibility=form)
    message = "ซ่อนความคิดเห็นแล้ว ผู้อ่านเห็นเฉพาะเหตุผล และยังนับรวมเช่นเดิม"
    if form.cleaned_data["visibility"] == SHOWN:
        message = "แสดงความคิดเห็นแล้ว"
    tell_done(request, message, form)
    return go_on(request, desk_url(comment))


@login_required
@require_POST
def bulk_visibility(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Show or hide all chosen comments, or none of them."""
    manual = get_manual_at_desk(request.user, key)
    require_permission(can_moderate(request.user, manual.work_group), NOT_MODERATOR)
    form = BulkVisibilityForm(request.POST, auto_id="bulk-%s")
    if not form.is_valid():
        return desk_response(
            request, manual, read_next_query(request), status=422, bulk=form
        )
    comments = find_chosen(request, manual, form)
    rows = Moderation.objects.filter(comment__in=comments)
    before = set(rows.values_list("pk", flat=True))
    try:
        moderations = form.save(comments, by=request.user)
    except ModerationOvertaken as overtaken:
        status = refuse_in_form(form, overtaken)
        return desk_response(
            request, manual, read_next_query(request), status=status, bulk=form
        )
    is_showing = form.cleaned_data["visibility"] == SHOWN
    number = sum(each.pk not in before for each in moderations)
    if number:
        message = f"{'แสดง' if is_showing else 'ซ่อน'}แล้ว {number} ความคิดเห็น"
    else:
        so_already = "แสดงอยู่แล้ว" if is_showing else "ซ่อนไว้เช่นนี้อยู่แล้ว"
        message = f"{so_already} ไม่มีความคิดเห็นใดเปลี่ยน"
    tell_done(request, message, form)
    return go_on(request, reverse("group-queue", args=[key]))
