"""Searching the words of an edition. Any query is answered; one that finds nothing says what to try."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from ..models import Edition, Manual
from ..permissions import editions_readable_by
from ..reading.presentation.links import SectionPages, pages_in_edition
from .queries import PAGE, find_hits, find_titles, is_indexed, read_query


@require_safe
def search(request: HttpRequest, pages_of: Callable[[Edition], SectionPages] = pages_in_edition) -> HttpResponse:
    editions = list(editions_readable_by(request.user))
    edition = _chosen(editions, request.GET.get("edition", ""))
    manuals = list(Manual.objects.select_related("work_group").order_by("work_group__order", "key"))
    manual = next((each for each in manuals if each.key == request.GET.get("group")), None)
    query = read_query(request.GET.get("q", ""))
    context = {"query": query, "editions": editions, "edition": edition, "manuals": manuals, "manual": manual}
    if edition is not None and query:
        pages = pages_of(edition)
        found = find_hits(query, edition, manual, pages)
        page = Paginator(found.ids, PAGE).get_page(request.GET.get("page"))
        titles = find_titles(query, edition, manual, pages) if page.number == 1 else []
        context |= {"found": found, "page": page, "hits": found.page(page.number), "titles": titles}
        context["is_unindexed"] = not (found.ids or is_indexed(edition))
    return render(request, "manuals/searching/search.html", context)


def _chosen(editions: list[Edition], code: str) -> Edition | None:
    """The edition asked for, else the newest one under hearing, else the newest."""
    for is_it in (lambda each: each.code == code, lambda each: each.kind == Edition.Kind.HEARING, lambda each: True):
        if chosen := next(filter(is_it, editions), None):
            return chosen
    return None
