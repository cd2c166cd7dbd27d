"""Comments that say the same: what is proposed, and a person's acts on it."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    require_permission,
    status_of,
)
from manuals.models import Manual

from ..moderating.access import NOT_MODERATOR, get_manual_at_desk
from ..permissions import can_moderate
from .presentation import load_duplicates
from .queries import find_known_ids
from .services import GroupingRefused, separate_comments, unite_comments

MOST_SENT = 2000  # comments that one form names
TEMPLATE = "comments/duplicates/page.html"


@login_required
@require_safe
def group_duplicates(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    return _page(request, get_manual_at_desk(request.user, key))


@login_required
@require_POST
def duplicates_grouping(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """Those that were ticked are one argument from now on."""
    told = "รวม {} ความคิดเห็นเป็นเรื่องเดียวกันแล้ว"
    return _act_on_ticked(request, key, unite_comments, told)


@login_required
@require_POST
def duplicates_separation(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    told = "แยก {} ความคิดเห็นออกจากกลุ่มแล้ว"
    return _act_on_ticked(request, key, separate_comments, told)


def _act_on_ticked(
    request: AuthenticatedHttpRequest,
    key: str,
    do: Callable[..., object],
    told: str,
) -> HttpResponse:
    manual = _get_manual_to_group(request, key)
    ids = find_known_ids(manual, request.user, _sent_ids(request))
    try:
        do(ids, by=request.user)
    except GroupingRefused as refused:
        return _refused(request, manual, refused)
    messages.success(request, told.format(len(ids)))
    return redirect("group-duplicates", key)


def _get_manual_to_group(request: AuthenticatedHttpRequest, key: str) -> Manual:
    manual = get_manual_at_desk(request.user, key)
    require_permission(can_moderate(request.user, manual.work_group), NOT_MODERATOR)
    return manual


def _sent_ids(request: AuthenticatedHttpRequest) -> list[int]:
    """Of "comment", each "3,7,12": what is no number is none."""
    ids = []
    for value in request.POST.getlist("comment"):
        for text in value.split(","):
            if text.isascii() and text.isdigit() and len(text) < 12:
                ids.append(int(text))
    return ids[:MOST_SENT]


def _refused(
    request: AuthenticatedHttpRequest, manual: Manual, refused: GroupingRefused
) -> HttpResponse:
    messages.error(request, refused.message_th)
    return _page(request, manual, status=status_of(refused))


def _page(
    request: AuthenticatedHttpRequest, manual: Manual, status: int = 200
) -> HttpResponse:
    page = load_duplicates(manual, request.user)
    return render(request, TEMPLATE, {"page": page}, status=status)
