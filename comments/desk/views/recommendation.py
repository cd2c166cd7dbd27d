"""Advice to the drafters: of a facilitator from the desk, of an expert from a page of its own."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.redirects import go_on
from hearing_portal.web.telling import tell_done

from ...commenting.queries.comments import comments_visible_to
from ...deciding.presentation.detail import load_detail
from ...models import Comment
from ...moderating.forms import RecommendationForm
from ...moderating.services import ModerationOvertaken, ModerationRefused
from ...permissions import can_recommend, can_see_hidden_text, can_work_at
from .desk import refused_at_desk

NOT_ADVISER = "เสนอผลได้เฉพาะผู้ดำเนินเวที ผู้ทรงคุณวุฒิ และผู้แทนสำนักส่วนกลาง"
HIDDEN = "ความคิดเห็นนี้ซ่อนไว้ ผู้ดำเนินเวทีและคณะทำงานของกลุ่มงานเท่านั้นที่อ่านและเสนอผลได้"
NOT_FOR_REPLIES = "ความคิดเห็นตอบกลับไม่มีผลการพิจารณาของตนเอง"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def comment_recommendation(
    request: AuthenticatedHttpRequest, uuid: UUID
) -> HttpResponse:
    """GET is the page of who has no desk."""
    comments = comments_visible_to(request.user).select_related("objection")
    comment = get_object_or_404(comments, uuid=uuid)
    require_permission(
        can_recommend(request.user, comment.entry.manual.work_group), NOT_ADVISER
    )
    require_permission(comment.parent_id is None, NOT_FOR_REPLIES)
    may_read = not comment.is_hidden or can_see_hidden_text(request.user, comment)
    require_permission(may_read, HIDDEN)
    if request.method != "POST":
        form = RecommendationForm(comment=comment, auto_id="recommendation-%s")
        return _page(request, comment, form)
    form = RecommendationForm(
        request.POST, comment=comment, auto_id="recommendation-%s"
    )
    if not form.is_valid():
        return _refused(request, comment, form)
    try:
        form.save(by=request.user)
    except ModerationRefused as refused:
        if isinstance(refused, ModerationOvertaken):
            form.rest_on_current()
        status = refuse_in_form(form, refused)
        return _refused(request, comment, form, status=status)
    tell_done(request, "เสนอผลให้คณะทำงานแล้ว", form)
    return go_on(request, reverse("comment", args=[comment.uuid]))


def _refused(
    request: AuthenticatedHttpRequest,
    comment: Comment,
    form: RecommendationForm,
    *,
    status: int = 422,
) -> HttpResponse:
    if can_work_at(request.user, comment.entry.manual.work_group):
        return refused_at_desk(request, comment, status, recommendation=form)
    return _page(request, comment, form, status=status)


def _page(
    request: AuthenticatedHttpRequest,
    comment: Comment,
    form: RecommendationForm,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {"detail": load_detail(comment, request.user), "form": form}
    return render(request, "comments/desk/recommendation.html", context, status=status)
