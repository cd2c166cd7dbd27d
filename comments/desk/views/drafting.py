"""The desk of a drafter."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import AuthenticatedHttpRequest, require_permission

from ..presentation.drafting import load_drafting_desk


@login_required
@require_safe
def drafting(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The manuals the person drafts, and what waits in them."""
    roles = load_roles(request.user)
    require_permission(
        roles.is_admin or roles.is_drafter, "หน้านี้สำหรับคณะทำงานยกร่างและผู้ดูแลระบบ"
    )
    return render(
        request,
        "comments/desk/drafting.html",
        {"desk": load_drafting_desk(request.user)},
    )
