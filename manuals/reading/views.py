"""Reading sealed editions: all of them, one, a manual of it, a section of it, a section beside its older wording."""

from django.contrib.auth.views import redirect_to_login
from django.db.models import Count, Q
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hearing_portal.jobs.files import open_stored_file
from hearing_portal.web.http import NotVisible
from hearing_portal.web.public_pages import public_page

from ..models import Edition, EditionEntry
from ..permissions import editions_readable_by
from ..queries import load_edition_entries
from .access import find_edition_to_read
from .presentation.numbers import number_processes
from .presentation.sections import read_section
from .queries.editions import (
    count_processes_by_edition,
    count_processes_by_manual,
    find_published_book,
)
from .queries.sections import find_earlier_wording


@public_page
@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    editions = editions_readable_by(request.user).select_related("basis")
    processes = count_processes_by_edition(editions)
    rows = []
    for edition in editions:
        rows.append((edition, processes[edition.pk]))
    return render(request, "manuals/reading/edition_list.html", {"rows": rows})


@public_page
@require_safe
def edition(request: HttpRequest, code: str) -> HttpResponse:
    found = find_edition_to_read(request, code)
    if found is None:
        return redirect_to_login(request.get_full_path())
    processes = count_processes_by_manual(found)
    manuals = found.entries.filter(kind="manual").order_by("ordinal")
    manuals = manuals.select_related("manual__work_group")
    rows = []
    for entry in manuals:
        rows.append((entry, processes.get(entry.manual_id, 0)))
    return render(
        request,
        "manuals/reading/edition.html",
        {"edition": found, "rows": rows, "book": find_published_book(found)},
    )


@require_safe
def edition_book(request: HttpRequest, code: str) -> HttpResponseBase:
    """The edition as one PDF, where it was printed for its readers."""
    found = find_edition_to_read(request, code)
    if found is None:
        return redirect_to_login(request.get_full_path())
    book = find_published_book(found)
    if book is None:
        raise NotVisible
    return FileResponse(
        open_stored_file(book.file),
        filename=f"{found.code}.pdf",
        content_type="application/pdf",
    )


@public_page
@require_safe
def edition_manual(request: HttpRequest, code: str, key: str) -> HttpResponse:
    found = find_edition_to_read(request, code)
    if found is None:
        return redirect_to_login(request.get_full_path())
    manuals = found.entries.filter(kind="manual").select_related("manual__work_group")
    manual = get_object_or_404(manuals, manual__key=key)
    sections = (
        found.entries.filter(kind="section", manual=manual.manual)
        .annotate(clauses=Count("children", filter=Q(children__kind="clause")))
        .select_related("manual__work_group")
        .order_by("ordinal")
    )
    numbers = number_processes(sections)
    outline = [(numbers.get(section.pk, ""), section) for section in sections]
    context = {"edition": found, "manual": manual, "outline": outline}
    return render(request, "manuals/reading/edition_manual.html", context)


@public_page
@require_safe
def edition_section(request: HttpRequest, code: str, uuid: str) -> HttpResponse:
    found = find_edition_to_read(request, code)
    if found is None:
        return redirect_to_login(request.get_full_path())
    node = _get_section(found, uuid)
    basis = None
    if found.basis_id is not None:
        basis = editions_readable_by(request.user).filter(pk=found.basis_id).first()
    context = {
        "edition": found,
        "node": node,
        "section": read_section(
            load_edition_entries(found, node.section), editions=[found.pk]
        ),
        "basis": basis,
    }
    return render(request, "manuals/reading/edition_section.html", context)


@public_page
@require_safe
def section_compare(
    request: HttpRequest,
    code: str,
    uuid: str,
    basis: str,
) -> HttpResponse:
    newer = find_edition_to_read(request, code)
    older = find_edition_to_read(request, basis)
    if newer is None or older is None:
        return redirect_to_login(request.get_full_path())
    node = _get_section(newer, uuid)
    entries = load_edition_entries(newer, node.section)
    earlier = find_earlier_wording(
        older,
        newer,
        node.section_id,
        [entry.uuid for entry in entries],
    )
    context = {
        "edition": newer,
        "basis": older,
        "node": node,
        "section": read_section(entries, earlier, editions=[newer.pk, older.pk]),
    }
    return render(request, "manuals/reading/section_compare.html", context)


def _get_section(edition: Edition, uuid: str) -> EditionEntry:
    sections = edition.entries.filter(kind="section")
    sections = sections.select_related("section", "manual__work_group", "parent")
    return get_object_or_404(sections, uuid=uuid)
