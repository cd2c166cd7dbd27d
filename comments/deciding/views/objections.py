"""The one objection to a published answer."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hearing_portal.web.confirming import ConfirmingStep
from hearing_portal.web.http import AuthenticatedHttpRequest
from hearing_portal.web.telling import tell_done

from ...commenting.access import get_comment
from ...commenting.forms.replies import ObjectionForm
from ...commenting.presentation.comment_page import load_comment_page
from ...limits import REASON_MINIMUM
from ...models import Comment
from ..services.objecting import (
    find_published_answer,
    object_to_answer,
    require_objectable,
)


@login_required
@require_POST
def comment_objection(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """The one objection to a published answer, within its time: what was written is shown once more before, as nothing
    can be added to it afterwards."""
    comment = get_comment(request, uuid, own=True)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        context = load_comment_page(comment, request.user, objection=form)
        return render(
            request, "comments/commenting/comment_detail.html", context, status=422
        )
    if not form.cleaned_data["is_confirmed"]:
        require_objectable(comment, request.user)
        return _confirming_page(request, comment, form)
    object_to_answer(comment, form.cleaned_data["text"], by=request.user)
    tell_done(request, "ได้รับคำขอทบทวนแล้ว คณะทำงานจะพิจารณาก่อนเผยแพร่ฉบับ", form)
    response = redirect("comment", uuid=comment.uuid)
    response.status_code = 303
    return response


def _confirming_page(
    request: AuthenticatedHttpRequest, comment: Comment, form: ObjectionForm
) -> HttpResponse:
    """The words in a field again: whoever wrote few may explain."""
    page = reverse("comment", args=[comment.uuid])
    step = ConfirmingStep(
        title="ขอให้ทบทวนผล",
        question=f"ขอให้ทบทวนผลของความคิดเห็นเลขที่ {comment.pk} หรือไม่",
        consequence="ขอได้ครั้งเดียว เมื่อส่งแล้วแก้ไข เพิ่มเติม หรือถอนไม่ได้ คณะทำงานอ่านเหตุผลนี้แล้วพิจารณาอีกครั้ง",
        to=reverse("comment-objection", args=[comment.uuid]),
        back=f"{page}#objection",
        act="ยืนยันคำขอทบทวน",
        icon="arrow-return-left",
        stay="ยังไม่ส่ง",
        sent=[("sender", str(request.user.pk))],
    )
    context = {
        "step": step,
        "form": form,
        "comment": comment,
        "answer": find_published_answer(comment),
        "is_short": len(form.cleaned_data["text"].strip()) < REASON_MINIMUM,
    }
    return render(request, "comments/deciding/objection_step.html", context)
