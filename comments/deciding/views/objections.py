"""The one objection to a published answer."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from hearing_portal.web.http import AuthenticatedHttpRequest
from hearing_portal.web.telling import tell_done

from ...commenting.access import get_comment
from ...commenting.forms.replies import ObjectionForm
from ...commenting.presentation.comment_page import load_comment_page
from ..services.objecting import object_to_answer


@login_required
@require_POST
def comment_objection(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """The one objection to a published answer, within its time."""
    comment = get_comment(request, uuid, own=True)
    form = ObjectionForm(request.POST)
    if not form.is_valid():
        context = load_comment_page(comment, request.user, objection=form)
        return render(
            request, "comments/commenting/comment_detail.html", context, status=422
        )
    object_to_answer(comment, form.cleaned_data["text"], by=request.user)
    tell_done(request, "ได้รับคำขอทบทวนแล้ว คณะทำงานจะพิจารณาก่อนเผยแพร่ฉบับ", form)
    response = redirect("comment", uuid=comment.uuid)
    response.status_code = 303
    return response
