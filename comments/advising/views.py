"""What waits for the advice of an expert or of somebody of the central bureau."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    require_permission,
)

from .presentation import load_advice_page

NOT_ADVISER = "หน้านี้สำหรับผู้ทรงคุณวุฒิและผู้แทนสำนักส่วนกลาง"


@login_required
@require_safe
def advice(request: AuthenticatedHttpRequest) -> HttpResponse:
    roles = load_roles(request.user)
    if not roles.rows:
        raise NotVisible
    require_permission(roles.is_expert or roles.is_central, NOT_ADVISER)
    page = load_advice_page(request.user)
    return render(request, "comments/advising/advice.html", {"page": page})
