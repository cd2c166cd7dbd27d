"""The register, its matrix of groups, and its list of outside agencies."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import load_roles

from ..access import require_register
from ..forms.filters import OverlapFilterForm
from ..presentation.register import (
    AgencyRow,
    list_pairs,
    load_overlap_rows,
    make_matrix,
)
from ..queries.register import (
    can_see_register,
    count_by_agency,
    count_by_groups,
    count_overlaps,
    narrow_overlaps,
    overlaps_seen_by,
)

PAGE = 30


def asked_to_sign_in(
    view: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Before answers are public somebody who is not signed in is asked to, a stranger finds nothing."""

    @wraps(view)
    def asking(request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated and not can_see_register(request.user):
            return redirect_to_login(request.get_full_path())
        require_register(request.user)
        return view(request)

    return asking


@require_safe
@asked_to_sign_in
def overlaps(request: HttpRequest) -> HttpResponse:
    """Narrowed by the query string, a page of them."""
    form = OverlapFilterForm(request.GET)
    form.is_valid()  # whatever is wrong narrows nothing
    wanted = form.wanted()
    seen = overlaps_seen_by(request.user)
    found = narrow_overlaps(seen, wanted)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "wanted": wanted,
        "page": page,
        "rows": load_overlap_rows(request.user, page.object_list),
        "count": count_overlaps(seen),
        **_tabs(request),
    }
    return render(request, "comments/overlaps/register.html", context)


@require_safe
@asked_to_sign_in
def overlap_matrix(request: HttpRequest) -> HttpResponse:
    """How many overlaps two groups have."""
    groups = list(WorkGroup.objects.filter(manual__isnull=False))
    seen = overlaps_seen_by(request.user)
    rows = make_matrix(groups, count_by_groups(seen))
    context = {
        "groups": groups,
        "rows": rows,
        "pairs": list_pairs(rows),
        "count": count_overlaps(seen),
        **_tabs(request),
    }
    return render(request, "comments/overlaps/matrix.html", context)


@require_safe
@asked_to_sign_in
def overlap_agencies(request: HttpRequest) -> HttpResponse:
    """The outside agencies with which groups overlap."""
    counted = count_by_agency(overlaps_seen_by(request.user))
    context = {
        "agencies": [AgencyRow(name, count) for name, count in counted],
        **_tabs(request),
    }
    return render(request, "comments/overlaps/agencies.html", context)


def _tabs(request: HttpRequest) -> dict[str, Any]:
    """Who works at a desk is led to what the search proposes, and enters overlaps."""
    roles = load_roles(request.user)
    return {"is_staff": roles.is_staff, "is_admin": roles.is_admin}
