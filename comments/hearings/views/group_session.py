"""Whether one may speak in a group's session now: the line at the head of its pages, asked for by itself."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible
from manuals.models import Manual

from ..access import get_hearing
from ..presentation import find_commenting_permission
from ..queries import find_group_sessions


@login_required
@require_safe
def group_session(
    request: AuthenticatedHttpRequest, key: str, manual_key: str
) -> HttpResponse:
    """A few hundred bytes for the page of somebody who reads or writes while the session may change."""
    if not load_roles(request.user).rows:
        raise NotVisible
    hearing = get_hearing(key)
    manuals = Manual.objects.select_related("work_group")
    manual = get_object_or_404(manuals, key=manual_key)
    group_sessions = find_group_sessions(hearing, manual.work_group)
    context = {
        "manual": manual,
        "group_sessions": group_sessions,
        "permission": find_commenting_permission(
            request.user, group_sessions, manual.work_group
        ),
    }
    return render(request, "comments/hearings/group_session.html", context)
