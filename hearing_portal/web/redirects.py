"""Where the work goes on after an act."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hearing_portal.web.refusal_pages import is_ours


def next_page(request: HttpRequest, default: str) -> str:
    """Where the form said that the work goes on, if that is ours."""
    wanted = request.POST.get("next", "")
    return wanted if wanted.startswith("/") and is_ours(request, wanted) else default


def go_on(request: HttpRequest, default: str) -> HttpResponse:
    """By 303, for htmx as well: it follows to the page, which answers with the part asked for."""
    response = redirect(next_page(request, default))
    response.status_code = 303
    return response
