"""Addresses that name the section in which a clause stood before somebody moved it."""

from uuid import UUID

from django.http import HttpResponseRedirect
from django.urls import reverse

from hearing_portal.web.http import AuthenticatedHttpRequest

from ...models import Clause


def lead_to_clause(
    request: AuthenticatedHttpRequest, clause: Clause, uuid: UUID, page: str
) -> HttpResponseRedirect | None:
    """To the same page where the clause stands now; None where `uuid` is its section. What is sent is never led on."""
    section = clause.section
    if request.method == "POST" or section.uuid == uuid:
        return None
    url = reverse(page, args=[section.manual.key, section.uuid, clause.uuid])
    asked = request.GET.urlencode()
    return HttpResponseRedirect(f"{url}?{asked}" if asked else url)
