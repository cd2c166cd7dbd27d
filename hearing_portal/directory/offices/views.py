"""The administrators' pages of area offices: which there are, who speaks for each, what is written of them."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.thai.sentences import joined
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, respond
from hearing_portal.web.telling import tell_done

from ..access import require_admin
from ..models import AreaOffice
from ..people.queries import find_offices, people_of_office
from .forms import NewOfficeForm, OfficeFilter, OfficeForm

PAGE = 50


@login_required
@require_safe
def offices(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Offices with the number of their delegates, narrowed by the query string, a page of them."""
    require_admin(request.user)
    form = OfficeFilter(request.GET)
    form.is_valid()  # whatever is wrong narrows nothing
    wanted = form.cleaned_data
    found = find_offices(
        words=wanted.get("q", ""),
        kind=wanted.get("kind", ""),
        province=wanted.get("province", ""),
        without_delegates=wanted.get("empty", False),
    )
    # (kind, offices with a delegate, offices) for both kinds, primary first, also when one has none.
    shares: list[tuple[str, int, int]] = []
    for kind in AreaOffice.Kind:
        of_kind = [row for row in found if row.office.kind == kind]
        with_delegate = [row for row in of_kind if row.delegates]
        shares.append((kind.value, len(with_delegate), len(of_kind)))
    context = {
        "form": form,
        "page": Paginator(found, PAGE).get_page(request.GET.get("page")),
        "shares": shares,
        "has_offices": bool(found) or AreaOffice.objects.exists(),
    }
    return render(request, "directory/offices/offices.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office_new(request: AuthenticatedHttpRequest) -> HttpResponse:
    require_admin(request.user)
    form = NewOfficeForm(posted_data(request))
    made = form.save(by=request.user) if form.is_valid() else None
    if made:
        tell_done(
            request,
            f"{joined('เพิ่ม', made.short_name, 'แล้ว')} รหัสในระบบ {made.key}",
            form,
        )
        return respond(
            request,
            "directory/offices/office_new.html",
            {"form": form},
            to=reverse("office", args=[made.key]),
        )
    return render(
        request,
        "directory/offices/office_new.html",
        {"form": form},
        status=form_status(form),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def office(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """One office: who belongs to it or speaks for it, and what may be corrected of it."""
    require_admin(request.user)
    found = get_object_or_404(AreaOffice, key=key)
    form = OfficeForm(posted_data(request), office=found)
    if form.is_valid() and form.save(by=request.user):
        tell_done(request, "บันทึกข้อมูล สพท. แล้ว", form)
        return respond(
            request,
            "directory/offices/office.html",
            {"form": form},
            to=reverse("office", args=[key]),
        )
    context = {"office": found, "people": people_of_office(found), "form": form}
    return render(
        request, "directory/offices/office.html", context, status=form_status(form)
    )
