"""The audit log."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearing_portal.directory.access import require_admin

from ..forms import AuditFilterForm
from ..presentation.log import audit_page, read_number


@login_required
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Acts, newest first, narrowed by the query string; `before` is where an older page begins."""
    require_admin(request.user)
    form = AuditFilterForm(request.GET)
    form.is_valid()
    wanted = form.wanted()
    before = read_number(request.GET.get("before", ""))
    context = {"form": form, "wanted": wanted, "page": audit_page(wanted, before), "before": before}
    return render(request, "comments/audit/audit.html", context)
