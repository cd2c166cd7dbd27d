"""Comparing two states of the book: which two, the counts by group, one group clause by clause, as sentences."""

from collections import Counter
from functools import partial

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from hearing_portal.directory.permissions import load_roles
from hearing_portal.spreadsheets import XLSX_TYPE
from hearing_portal.web.choices import FilterLink, query_with

from ...models import Manual
from ...permissions import can_read_draft, editions_readable_by
from ..access import find_compared_manual, is_partial
from ..fates import Fate
from ..forms import SidesForm
from ..presentation.book import load_book_counts
from ..presentation.group import group_by_section, load_compared_rows
from ..presentation.sentences import load_amendments
from ..presentation.sheet import write_comparison_sheet
from ..queries.nodes import BookComparison, compare_sides
from ..queries.section_facts import find_changed_sections, load_changed_sections
from ..sides import Side, Sides
from .sides import between_sides, print_query

PAGE = 50
VIEWS = {"": "ในเนื้อความ", "sides": "สองช่อง", "table": "ตารางสามช่อง"}
TEMPLATES = {
    "": "manuals/comparing/inline.html",
    "sides": "manuals/comparing/sides.html",
    "table": "manuals/comparing/table.html",
}


@require_safe
def comparisons(request: HttpRequest) -> HttpResponse:
    """Which two; on to them when they are chosen."""
    sides = [
        Side(edition) for edition in editions_readable_by(request.user)
    ]  # the newest first
    if load_roles(request.user).rows:
        manuals = Manual.objects.select_related("work_group")
        if any(can_read_draft(request.user, manual.work_group) for manual in manuals):
            sides.insert(0, Side(None, manuals))
    is_choosing = "old" in request.GET
    form = SidesForm(request.GET if is_choosing else None, sides=sides)
    if is_choosing and form.is_valid():
        return redirect(
            "comparison", form.cleaned_data["old"], form.cleaned_data["new"]
        )
    context = {"form": form, "sides": sides}
    return render(
        request,
        "manuals/comparing/choose.html",
        context,
        status=422 if is_choosing else 200,
    )


@require_safe
@between_sides
def comparison(request: HttpRequest, sides: Sides) -> HttpResponse:
    """How many clauses had each fate, by group."""
    found = compare_sides(sides)
    counts = load_book_counts(found, find_changed_sections(sides))
    context = {"sides": sides, "counts": counts, "is_partial": is_partial(sides)}
    return render(request, "manuals/comparing/book.html", context)


@require_safe
@between_sides
def manual_comparison(request: HttpRequest, sides: Sides, key: str) -> HttpResponse:
    """What differs in one manual, fifty clauses to a page. What its sections say of themselves stands on the first one
    of all clauses."""
    manual = find_compared_manual(sides, key)
    changed_sections = load_changed_sections(sides, [manual.pk])
    found = compare_sides(sides, [manual.pk])
    wanted = request.GET.get("fate", "")
    clauses = [each for each in found.clauses if wanted in ("", each.fate)]
    page = Paginator(clauses, PAGE).get_page(request.GET.get("page"))
    view = request.GET.get("view", "")
    if view not in VIEWS:
        view = ""
    rows = load_compared_rows(sides, list(page))
    view_links = []
    for name, label in VIEWS.items():
        url = query_with(request.GET, view=name or None)
        view_links.append(FilterLink(label, url, is_current=name == view))
    context = {
        "sides": sides,
        "manual": manual,
        "counts": load_book_counts(found, changed_sections).whole,
        "changed_sections": [] if wanted or page.number > 1 else changed_sections,
        "page": page,
        "sections": group_by_section(sides, rows),
        "fate_links": _fate_links(request, found, wanted),
        "view_links": view_links,
        "print_query": print_query(
            request.user, sides, variant="table", group=manual.key
        ),
        "traced": sides.are_successive,
    }
    return render(request, TEMPLATES[view], context)


def _fate_links(
    request: HttpRequest, found: BookComparison, wanted: str
) -> list[FilterLink]:
    link = partial(query_with, request.GET, page=None)
    numbers = Counter(each.fate for each in found.clauses)
    links = [FilterLink("ทั้งหมด", link(fate=None), wanted == "", len(found.clauses))]
    for fate in Fate:
        if numbers[fate]:
            links.append(
                FilterLink(
                    str(fate.label),
                    link(fate=fate.value),
                    wanted == fate,
                    numbers[fate],
                )
            )
    return links


@require_safe
@between_sides
def manual_comparison_sheet(
    request: HttpRequest, sides: Sides, key: str
) -> HttpResponse:
    """The table of three columns with all that differs in the manual, as XLSX."""
    manual = find_compared_manual(sides, key)
    found = compare_sides(sides, [manual.pk])
    rows = load_compared_rows(sides, found.clauses)
    sections = group_by_section(sides, rows)
    changed_sections = load_changed_sections(sides, [manual.pk])
    content = write_comparison_sheet(sides, changed_sections, sections)
    response = HttpResponse(content, content_type=XLSX_TYPE)
    response["Content-Disposition"] = (
        f'attachment; filename="comparison-{manual.key}.xlsx"'
    )
    return response


@require_safe
@between_sides
def manual_amendments(request: HttpRequest, sides: Sides, key: str) -> HttpResponse:
    """What makes the newer words of the older ones, as sentences of amendment."""
    manual = find_compared_manual(sides, key)
    found = compare_sides(sides, [manual.pk])
    rows = load_compared_rows(sides, found.clauses)
    context = {
        "sides": sides,
        "manual": manual,
        "amendments": load_amendments(sides, manual, rows),
    }
    return render(request, "manuals/comparing/amendments.html", context)
