"""Searching the words of an edition. Any query is answered; one that finds nothing says what to try."""

from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearing_portal.web.choices import Option

from ..models import Edition, Manual
from ..permissions import editions_readable_by
from ..reading.presentation.links import SectionPages, pages_in_edition
from .answering import find_answer
from .presentation import count_words, load_hits, section_hits
from .queries import PAGE, find_titles, is_indexed
from .search_query import read_query


@require_safe
def search(
    request: HttpRequest, pages_of: Callable[[Edition], SectionPages] = pages_in_edition
) -> HttpResponse:
    editions = list(editions_readable_by(request.user))
    edition = _choose_edition(editions, request.GET.get("edition", ""))
    manual = None
    group_options = [Option("", "ทุกกลุ่มงาน")]
    in_book_order = Manual.objects.order_by("work_group__order", "key")
    for each in in_book_order.select_related("work_group"):
        group_options.append(Option(each.key, note=each.display_name))
        if each.key == request.GET.get("group"):
            manual = each
    edition_options = [Option(each.code, note=each.title) for each in editions]
    query = read_query(request.GET.get("q", ""))
    context: dict[str, object] = {
        "query": query,
        "edition": edition,
        "edition_options": edition_options,
        "group_options": group_options,
        "manual": manual,
    }
    if edition is not None and query:
        answer = find_answer(query, edition, manual, as_typed="as_typed" in request.GET)
        found = answer.found
        paginator = Paginator(found.ids, PAGE)
        page = paginator.get_page(request.GET.get("page"))
        sections = find_titles(found.query, edition, manual)
        pages = pages_of(edition)
        context["answer"] = answer
        context["found"] = found
        context["found_words"] = count_words(found, len(sections))
        context["page"] = page
        context["hits"] = load_hits(found, page.number, pages)
        context["titles"] = section_hits(sections, pages) if page.number == 1 else []
        context["is_unindexed"] = not found.ids and not is_indexed(edition)
    return render(request, "manuals/searching/search.html", context)


def _choose_edition(editions: list[Edition], code: str) -> Edition | None:
    """The edition asked for, else the newest one under hearing, else the newest."""
    for edition in editions:
        if edition.code == code:
            return edition
    for edition in editions:
        if edition.kind == Edition.Kind.HEARING:
            return edition
    return next(iter(editions), None)
