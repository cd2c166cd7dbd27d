"""Comments without a place in a later edition; a person decides."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearing_portal.web.http import refuse_in_form, require_permission
from hearing_portal.web.redirects import go_on

from ..models import AnchorResolution
from ..moderating.access import NOT_MODERATOR, manual_at_desk
from ..permissions import can_moderate
from .forms import PlacingForm
from .presentation import entry_options, quoted_words
from .queries import unplaced_at
from .services import PlacingRefused, place_comment

# -- comments without a place in a later edition


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_unplaced(request: HttpRequest, key: str) -> HttpResponse:
    """Comments whose place nobody could tell after a later edition; a person decides."""
    manual = manual_at_desk(request, key)
    if request.method != "POST":
        return _unplaced_page(request, manual)
    require_permission(can_moderate(request.user, manual.work_group), NOT_MODERATOR)
    wanted = request.POST.get("resolution", "")
    rows = AnchorResolution.objects.filter(comment__entry__manual=manual).select_related("edition")
    resolution = get_object_or_404(rows, pk=wanted if wanted.isascii() and wanted.isdigit() else 0)
    form = PlacingForm(request.POST, entries=resolution.edition.entries.filter(manual=manual))
    if form.is_valid():
        try:
            place_comment(resolution, form.cleaned_data["entry"], by=request.user)
        except PlacingRefused as refused:
            refuse_in_form(form, refused)
        else:
            messages.success(request, "บันทึกที่ของความเห็นแล้ว")
            return go_on(request, reverse("group-unplaced", args=[key]))
    return _unplaced_page(request, manual, refused=form, status=422)


def _unplaced_page(request: HttpRequest, manual: Any, *, refused: Any = None, status: int = 200) -> HttpResponse:
    page = unplaced_at(manual, request.GET.get("page"))
    context = {
        "manual": manual,
        "rows": [(row, quoted_words(row), entry_options(row)) for row in page.rows],
        "page": page.page,
        "may_place": can_moderate(request.user, manual.work_group),
        "refused": refused,
    }
    return render(request, "comments/anchoring/unplaced.html", context, status=status)
