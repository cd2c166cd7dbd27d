"""Where the work goes on after an act: by 303, so that a browser asks for the next page with GET."""

from typing import Protocol

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import resolve_url

from hearing_portal.web.refusal_pages import is_own_url


class Linked(Protocol):
    """What has a page of its own."""

    def get_absolute_url(self) -> str: ...


def next_page(request: HttpRequest, default: str) -> str:
    """Where the form said that the work goes on, if that is ours."""
    wanted = request.POST.get("next", "")
    if wanted.startswith("/") and is_own_url(request, wanted):
        return wanted
    return default


def go_on(request: HttpRequest, default: str) -> HttpResponse:
    """To the next page, for htmx as well: it follows to the page, which answers with the part asked for."""
    return see_other(next_page(request, default))


def see_other(to: Linked | str) -> HttpResponse:
    """A redirect to an object with get_absolute_url, a URL name or an address."""
    url = resolve_url(to) if isinstance(to, str) else to.get_absolute_url()
    response = HttpResponseRedirect(url)
    response.status_code = 303
    return response
