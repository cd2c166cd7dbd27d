"""One place up or down, where another neighbour stands by now."""

from django.http import HttpResponse
from django.shortcuts import render

from hearing_portal.web.http import AuthenticatedHttpRequest

from ...models import Section
from ..presentation.moved_neighbours import MovedNeighbours


def show_moved_neighbours(
    request: AuthenticatedHttpRequest,
    section: Section,
    moved: MovedNeighbours,
    *,
    back: str,
) -> HttpResponse:
    """The order that was seen, and that of now, with the way `back` to the buttons."""
    context = {
        "section": section,
        "overtaken": moved.overtaken,
        "orders": moved.orders,
        "back": back,
    }
    return render(request, "manuals/drafting/neighbours_page.html", context, status=409)
