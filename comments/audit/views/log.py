"""The audit log."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.access import require_admin
from hearing_portal.web.http import AuthenticatedHttpRequest

from ..forms import AuditFilterForm
from ..presentation.log import audit_page, read_number
from ..services import record_looks_at_authors


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def audit(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Acts, newest first, narrowed by the query string; `before` is where an older page begins. POST names those who
    acted as commenters, and writes the look at each down first."""
    require_admin(request.user)
    form = AuditFilterForm(request.GET)
    form.is_valid()
    wanted = form.wanted()
    before = read_number(request.GET.get("before", ""))
    reveal = request.method == "POST"
    page = audit_page(wanted, before, reveal=reveal)
    if reveal:
        record_looks_at_authors(page.said, by=request.user)
    context = {
        "form": form,
        "wanted": wanted,
        "page": page,
        "before": before,
        "reveal": reveal,
    }
    return render(request, "comments/audit/audit.html", context)
