"""Giving comments of the queue to somebody of the desk: those that are ticked, or all that the filters leave."""

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

from ...assigning.forms import AssignmentForm
from ...assigning.queries import find_people_at_desk
from ...assigning.services import AssignmentRefused, assign_comments
from ...deciding.presentation.detail import DeskRights
from ...moderating.access import NOT_AT_DESK, get_manual_at_desk
from .chosen import find_chosen
from .desk import desk_response, read_next_query


@login_required
@require_POST
def bulk_assignment(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Give all chosen comments, or none of them."""
    manual = get_manual_at_desk(request.user, key)
    rights = DeskRights.of(request.user, manual.work_group)
    require_permission(rights.act_on_several, NOT_AT_DESK)
    people = find_people_at_desk(manual.work_group)
    form = AssignmentForm(request.POST, people=people, auto_id="assignment-%s")
    status = 422
    if form.is_valid():
        assignee = form.cleaned_data["assignee"]
        try:
            given = assign_comments(
                [each.pk for each in find_chosen(request, manual, form)],
                assignee,
                form.cleaned_data["assigned_due"],
                by=request.user,
            )
        except AssignmentRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            message = f"ยกเลิกการมอบหมายแล้ว {given} ความคิดเห็น"
            if assignee is not None:
                message = f"มอบหมายให้ {assignee.get_full_name()} แล้ว {given} ความคิดเห็น"
            if not given:
                message = "มอบหมายไว้เช่นนี้อยู่แล้ว ไม่มีความคิดเห็นใดเปลี่ยน"
            tell_done(request, message, form)
            return go_on(request, reverse("group-queue", args=[key]))
    query = read_next_query(request)
    return desk_response(request, manual, query, status=status, assignment=form)
