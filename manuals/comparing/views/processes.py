"""Which process became which between two states of the book, and saying afterwards why one was dropped."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.spreadsheets import XLSX_TYPE
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...access import WRITERS_ONLY
from ...models import Manual, Section
from ...permissions import can_edit_draft
from ..fates import ProcessFate
from ..forms import DropReasonForm, ProcessFilter
from ..presentation.process_sheet import write_process_sheet
from ..presentation.processes import (
    CorrespondenceRow,
    find_rows,
    is_chosen,
    process_counts,
    process_fate_links,
    process_rows,
)
from ..queries.processes import compare_processes
from ..services import DropReasonRefused, give_drop_reason
from ..sides import Sides
from .sides import between_sides, print_query

PAGE = 50


@require_safe
@between_sides
def process_comparison(request: HttpRequest, sides: Sides) -> HttpResponse:
    """The table with its counts, narrowed by the query string, fifty rows to a page."""
    comparison = compare_processes(sides)
    form = ProcessFilter(request.GET, manuals=comparison.manuals.values())
    form.is_valid()  # whatever is wrong narrows nothing
    asked = form.cleaned_data
    rows = process_rows(sides, comparison, request.user)
    found = find_rows(
        rows,
        comparison.manuals,
        words=asked.get("q", ""),
        group=asked.get("group", ""),
    )
    fate = asked.get("fate", "")
    chosen = [row for row in found if is_chosen(row, fate)]
    page = Paginator(chosen, PAGE).get_page(request.GET.get("page"))
    context = {
        "sides": sides,
        "counts": process_counts(comparison),
        "old_total": comparison.old_total,
        "new_total": comparison.new_total,
        "left_out": [manual.display_name for manual in comparison.left_out],
        "form": form,
        "fate_links": process_fate_links(request.GET, found, fate),
        "page": page,
        "print_query": print_query(request.user, sides, variant="processes"),
    }
    return render(request, "manuals/comparing/processes.html", context)


@require_safe
@between_sides
def process_comparison_sheet(request: HttpRequest, sides: Sides) -> HttpResponse:
    """The whole table as XLSX."""
    comparison = compare_processes(sides)
    rows = process_rows(sides, comparison)
    content = write_process_sheet(sides, process_counts(comparison), rows)
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="processes.xlsx"'
    return response


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@between_sides
def drop_reason(
    request: AuthenticatedHttpRequest, sides: Sides, uuid: UUID
) -> HttpResponse:
    """Why a process was dropped, said by those who draft its manual."""
    sections = Section.objects.filter(kind=Section.Kind.PROCESS)
    section = get_object_or_404(sections, uuid=uuid)
    # Who drafts the manual it stood in on the older side, or the one it stood in last
    manual_ids = {section.manual_id}
    if section.pk in sides.old.sections:
        manual_ids.add(sides.old.sections[section.pk].manual_id)
    manuals = Manual.objects.select_related("work_group").filter(pk__in=manual_ids)
    may_tell_why = any(
        can_edit_draft(request.user, manual.work_group) for manual in manuals
    )
    require_permission(may_tell_why, WRITERS_ONLY)
    row = _dropped_row(sides, uuid)
    form = DropReasonForm(posted_data(request))
    status = form_status(form)
    if form.is_valid():
        try:
            give_drop_reason(section, form.cleaned_data["reason"], by=request.user)
        except DropReasonRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            tell_done(request, "บันทึกเหตุผลแล้ว", form)
            table = reverse("process-comparison", args=[sides.old.code, sides.new.code])
            return see_other(f"{table}?fate={ProcessFate.DROPPED}#{row.anchor}")
    context = {"sides": sides, "section": section, "row": row, "form": form}
    return render(request, "manuals/comparing/drop_reason.html", context, status=status)


def _dropped_row(sides: Sides, uuid: UUID) -> CorrespondenceRow:
    """Raises Http404 for a process that was not dropped between the two."""
    comparison = compare_processes(sides)
    for row in process_rows(sides, comparison):
        if (
            row.fate == ProcessFate.DROPPED
            and row.old is not None
            and row.old.section.uuid == uuid
        ):
            return row
    raise Http404
