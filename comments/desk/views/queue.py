"""The person's desks, and the queue of one of them."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import AuthenticatedHttpRequest, require_permission

from ...hearings.choosing import choose_hearing
from ...moderating.access import get_manual_at_desk
from ...permissions import Role
from ..presentation.states import show_group_queues
from ..queries.group_queues import count_group_queues
from .desk import desk_response

WITHOUT_DESK = "รายการรอดำเนินการใช้ได้เฉพาะผู้ดำเนินเวที คณะทำงานยกร่าง และผู้ดูแลระบบ"


@login_required
@require_safe
def queue(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The person's desks (admins have all of them); who has only one goes there at once."""
    roles = load_roles(request.user)
    groups = WorkGroup.objects.select_related("manual")
    if roles.is_admin:
        groups = groups.filter(manual__isnull=False)
    else:
        own = roles.groups(Role.FACILITATOR, Role.DRAFTER)
        require_permission(own, WITHOUT_DESK)
        groups = groups.filter(pk__in=[group.pk for group in own])
    choice = choose_hearing(request.GET.get("hearing", ""))
    queues = count_group_queues(choice.hearing, groups)
    if len(queues) == 1:
        return redirect(reverse("group-queue", args=[queues[0].key]) + choice.query)
    context = {
        "desks": show_group_queues(queues),
        "choice": choice,
        "is_admin": roles.is_admin,
    }
    return render(request, "comments/desk/group_queues.html", context)


@login_required
@require_safe
def group_queue(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    manual = get_manual_at_desk(request.user, key)
    return desk_response(request, manual, request.GET)
