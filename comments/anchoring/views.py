"""Comments without an anchor in a later edition; a person decides."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    read_id,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.redirects import go_on
from manuals.models import Manual

from ..hearings.choosing import choose_among_all
from ..models import AnchorResolution
from ..moderating.access import NOT_MODERATOR, get_manual_at_desk
from ..permissions import can_moderate
from .forms import PlacingForm
from .presentation import load_unplaced_page
from .services.placing import PlacingRefused, place_comment


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_unplaced(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Comments whose anchor no rule could tell after a later edition; POST places one."""
    manual = get_manual_at_desk(request.user, key)
    if request.method != "POST":
        return _unplaced_page(request, manual)
    require_permission(can_moderate(request.user, manual.work_group), NOT_MODERATOR)
    resolutions = AnchorResolution.objects.filter(
        comment__entry__manual=manual
    ).select_related("edition")
    resolution = get_object_or_404(
        resolutions, pk=read_id(request.POST.get("resolution", ""))
    )
    form = PlacingForm(
        request.POST, entries=resolution.edition.entries.filter(manual=manual)
    )
    if form.is_valid():
        try:
            place_comment(resolution, form.cleaned_data["entry"], by=request.user)
        except PlacingRefused as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(request, "บันทึกข้อของความคิดเห็นแล้ว")
            return go_on(request, reverse("group-unplaced", args=[key]))
    return _unplaced_page(request, manual, refused=form, status=422)


def _unplaced_page(
    request: AuthenticatedHttpRequest,
    manual: Manual,
    *,
    refused: PlacingForm | None = None,
    status: int = 200,
) -> HttpResponse:
    choice = choose_among_all(request.GET.get("hearing", ""))
    unplaced = load_unplaced_page(manual, request.GET.get("page"), choice.hearing)
    context = {
        "manual": manual,
        "hearing_links": choice.links_with_all(request.GET),
        "rows": unplaced.rows,
        "page": unplaced.page,
        "may_place": can_moderate(request.user, manual.work_group),
        "refused": refused,
    }
    return render(request, "comments/anchoring/unplaced.html", context, status=status)
