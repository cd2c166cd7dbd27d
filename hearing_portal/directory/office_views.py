"""The administrators' pages of area offices."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hearing_portal.http import require

from .models import AreaOffice
from .people_forms import OfficeFilter
from .people_queries import offices_matching, people_of_office
from .people_views import ONLY_ADMINS
from .permissions import roles_of


@login_required
@require_safe
def offices(request: HttpRequest) -> HttpResponse:
    """All offices with the number of their delegates, narrowed by the query string."""
    require(roles_of(request.user).is_admin, ONLY_ADMINS)
    form = OfficeFilter(request.GET)
    form.is_valid()
    wanted = form.cleaned_data
    found = list(
        offices_matching(
            kind=wanted.get("kind", ""),
            province=wanted.get("province", ""),
            without_delegates=wanted.get("empty", False),
        )
    )
    context = {"form": form, "offices": found, "shares": _shares(found)}
    return render(request, "directory/offices.html", context)


def _shares(found: list[AreaOffice]) -> list[tuple[str, int, int]]:
    """(kind, offices with a delegate, offices) for both kinds, primary first, also when one has none."""
    rows = []
    for kind in AreaOffice.Kind:
        of_kind = [office for office in found if office.kind == kind]
        rows.append((kind.value, sum(office.delegates > 0 for office in of_kind), len(of_kind)))
    return rows


@login_required
@require_safe
def office(request: HttpRequest, key: str) -> HttpResponse:
    require(roles_of(request.user).is_admin, ONLY_ADMINS)
    found = get_object_or_404(AreaOffice, key=key)
    return render(request, "directory/office.html", {"office": found, "people": people_of_office(found)})
