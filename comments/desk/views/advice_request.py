"""Asking an expert, from the queue, what should become of a comment, and taking that back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.redirects import go_on
from hearing_portal.web.telling import tell_done

from ...advising.forms import AdviceRequestForm
from ...advising.queries import find_advisers
from ...advising.services import AdviceRefused, ask_advice, recall_request
from ...links import desk_url
from ...models import AdviceRequest
from ...moderating.access import NOT_AT_DESK, get_comment_at_desk
from ...permissions import can_work_at
from .desk import refused_at_desk


@login_required
@require_POST
def comment_advice_request(
    request: AuthenticatedHttpRequest, uuid: UUID
) -> HttpResponse:
    comment = get_comment_at_desk(request.user, uuid)
    group = comment.entry.manual.work_group
    require_permission(can_work_at(request.user, group), NOT_AT_DESK)
    people = [each for each in find_advisers(group) if each != request.user]
    form = AdviceRequestForm(request.POST, people=people, auto_id="advice-%s")
    status = 422
    if form.is_valid():
        asked = form.cleaned_data["asked"]
        try:
            ask_advice(
                comment,
                asked,
                question=form.cleaned_data["question"],
                by=request.user,
            )
        except AdviceRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(request, f"ขอคำแนะนำจาก {asked.get_full_name()} แล้ว", form)
            return go_on(request, desk_url(comment))
    return refused_at_desk(request, comment, status, advice_request=form)


@login_required
@require_POST
def advice_recall(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    asked = get_object_or_404(AdviceRequest.objects.select_related("comment"), pk=pk)
    comment = get_comment_at_desk(request.user, asked.comment.uuid)
    recall_request(asked, by=request.user)
    messages.success(request, "ยกเลิกการขอคำแนะนำแล้ว")
    return go_on(request, desk_url(comment))
