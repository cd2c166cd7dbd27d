"""Changing the issue class of a comment."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.views.decorators.http import require_POST

from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.redirects import go_on
from hearing_portal.web.telling import tell_done

from ...links import desk_url
from ...moderating.access import NOT_MODERATOR, get_comment_at_desk
from ...moderating.forms import ReclassForm
from ...moderating.services import ModerationOvertaken, ModerationRefused
from ...permissions import can_moderate
from .desk import refused_at_desk


@login_required
@require_POST
def comment_issue_class(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    comment = get_comment_at_desk(request.user, uuid)
    require_permission(
        can_moderate(request.user, comment.entry.manual.work_group), NOT_MODERATOR
    )
    form = ReclassForm(request.POST, comment=comment, auto_id="reclass-%s")
    if not form.is_valid():
        return refused_at_desk(request, comment, 422, reclass=form)
    try:
        form.save(by=request.user)
    except ModerationRefused as refused:
        status = refuse_in_form(form, refused)
        if isinstance(refused, ModerationOvertaken):
            form.rest_on_current()
        return refused_at_desk(request, comment, status, reclass=form)
    tell_done(request, "เปลี่ยนประเด็นแล้ว เหตุผลอยู่ในประวัติ", form)
    return go_on(request, desk_url(comment))
