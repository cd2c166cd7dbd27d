"""Where a page that is read asks how to follow a session."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible
from manuals.models import Manual

from ..access import get_hearing, get_session_to_follow
from ..following import tell_session
from ..queries import find_group_sessions


@login_required
@require_safe
def group_session_live(
    request: AuthenticatedHttpRequest, key: str, manual_key: str
) -> HttpResponse:
    """For a page of the group: of the session in which one speaks."""
    if not load_roles(request.user).rows:
        raise NotVisible
    hearing = get_hearing(key)
    manuals = Manual.objects.select_related("work_group")
    manual = get_object_or_404(manuals, key=manual_key)
    group_sessions = find_group_sessions(hearing, manual.work_group)
    session = group_sessions.session
    if session is None:
        return JsonResponse({"stream": ""})
    discussed = group_sessions.discussed
    is_told = discussed is not None and session.is_open
    return tell_session(
        request, session, discussed.pk if discussed and is_told else None
    )


@login_required
@require_safe
def session_live(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """For its own pages, and who has a role."""
    session = get_session_to_follow(request, pk)
    latest = session.discussions.order_by("-pk").first()
    return tell_session(request, session, latest.entry_id if latest else None)
