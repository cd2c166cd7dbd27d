"""The audit log."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearing_portal.http import require

from ..forms.audit import AuditFilterForm
from ..permissions import can_administer
from ..queries.audit import Cursor, audit_page
from .hearings import ONLY_ADMINS


@login_required
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Acts, newest first, narrowed by the query string; `before` is where an older page begins."""
    require(can_administer(request.user), ONLY_ADMINS)
    form = AuditFilterForm(request.GET)
    form.is_valid()
    wanted = form.wanted()
    before = Cursor.parse(request.GET.get("before", ""))
    context = {"form": form, "wanted": wanted, "page": audit_page(wanted, before), "before": before}
    return render(request, "comments/audit.html", context)
