"""Noting comments that only agree, one or several, with one press."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
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

from ...deciding.access import NOT_DRAFTER, get_comment_to_decide
from ...deciding.services.noting import note_comments
from ...deciding.services.ruling import DecisionRefused
from ...links import desk_url
from ...models import Comment
from ...moderating.access import get_manual_at_desk
from ...moderating.forms import ChosenCommentsForm
from ...permissions import can_decide
from .chosen import find_chosen
from .desk import desk_response, read_next_query


@login_required
@require_POST
def comment_noting(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    comment = get_comment_to_decide(request.user, uuid)
    _note(request, [comment])
    return go_on(request, desk_url(comment))


@login_required
@require_POST
def bulk_noting(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Note all chosen comments, or none of them."""
    manual = get_manual_at_desk(request.user, key)
    require_permission(can_decide(request.user, manual.work_group), NOT_DRAFTER)
    form = ChosenCommentsForm(request.POST, auto_id="noting-%s")
    if not form.is_valid():
        return desk_response(
            request, manual, read_next_query(request), status=422, noting=form
        )
    comments = find_chosen(request, manual, form)
    try:
        _note(request, comments)
    except DecisionRefused as refused:
        status = refuse_in_form(form, refused)
        return desk_response(
            request, manual, read_next_query(request), status=status, noting=form
        )
    return go_on(request, reverse("group-queue", args=[key]))


def _note(request: AuthenticatedHttpRequest, comments: Sequence[Comment]) -> None:
    noted = note_comments(comments, by=request.user)
    if noted:
        messages.success(request, f"บันทึก “รับทราบ” แล้ว {len(noted)} ความคิดเห็น")
    else:
        messages.info(request, "บันทึก “รับทราบ” ไว้แล้ว")
