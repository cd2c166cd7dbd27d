"""Pages that tell where words came from: a clause's chain, and the report of a whole edition."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible
from manuals.models import Clause, Edition
from manuals.permissions import editions_readable_by
from manuals.reading.access import find_edition_to_read

from .access import find_manuals_to_report
from .presentation.chain import load_clause_chain
from .presentation.report import load_trace_report


@require_safe
def clause_chain(request: HttpRequest, code: str, uuid: UUID) -> HttpResponse:
    """Old words, new words, and everything that led from the ones to the others."""
    edition = find_edition_to_read(request, code)
    if edition is None:
        return redirect_to_login(request.get_full_path())
    clause = get_object_or_404(Clause.objects.select_related("section"), uuid=uuid)
    chain = load_clause_chain(edition, clause, request.user)
    if chain is None:
        raise NotVisible
    return render(request, "comments/tracing/chain.html", {"chain": chain})


@login_required
@require_safe
def trace_report(request: AuthenticatedHttpRequest, code: str) -> HttpResponse:
    """Whether every change of the edition is explained, and everything that was accepted is in it. A desk reads it
    before the release too, when what is missing can still be mended."""
    manuals = find_manuals_to_report(request.user)
    # Of a desk's own manuals: what it says of them stands in the working draft, which the desk reads
    editions = Edition.objects.sealed().select_related("basis")
    edition = get_object_or_404(editions, code=code)
    is_readable = editions_readable_by(request.user).filter(pk=edition.pk).exists()
    report = load_trace_report(
        edition,
        edition.basis,
        manuals,
        request.GET.get("page"),
        leads_to_chains=is_readable,
    )
    context = {
        "report": report,
        "is_whole_book": load_roles(request.user).is_admin,
        "manuals": manuals,
    }
    return render(request, "comments/tracing/report.html", context)
