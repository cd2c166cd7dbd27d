"""Loading the directory that comes with the portal: what it would do, and doing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hearing_portal.web.http import AuthenticatedHttpRequest
from hearing_portal.web.redirects import see_other

from ..access import require_admin
from .presentation import directory_plan_cards
from .queries import plan_directory
from .services import load_directory


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def directory_shipped(request: AuthenticatedHttpRequest) -> HttpResponse:
    """GET says what would be added or changed and what stays; POST does it, and goes back to where the button was."""
    require_admin(request.user)
    if request.method == "POST":
        plan = load_directory(by=request.user)
        if plan.does_nothing:
            messages.info(request, "กลุ่มงานและ สพท. ครบตามรายการที่มากับระบบแล้ว")
        else:
            added = f"เพิ่มกลุ่มงาน {len(plan.groups.new):,} กลุ่ม และ สพท. {len(plan.offices.new):,} เขต"
            changed = len(plan.groups.changed) + len(plan.offices.changed)
            messages.success(
                request, f"{added} แก้ไข {changed:,} รายการ" if changed else added
            )
        return see_other(
            "work-groups" if request.POST.get("from") == "groups" else "offices"
        )
    context = {"plan": directory_plan_cards(plan_directory())}
    return render(request, "directory/loading/directory_shipped.html", context)
