"""What cannot be written any more, because it left the manual: the typed words, and the way back."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render

from hearing_portal.web.http import AuthenticatedHttpRequest

from ...models import Clause, Section
from ..presentation.gone import load_gone_page
from .keeping import keep_refused


def gone_page(
    request: AuthenticatedHttpRequest,
    section: Section,
    subject: UUID,
    clause: Clause | None = None,
    *,
    sent: Sequence[str] | None = None,
) -> HttpResponse:
    """`subject` is what was written, `clause` the clause it is, where there is one. What was sent is kept, but for the
    form of an act, which is no form of the editor: its texts, `sent`, stand on the page."""
    status = 200
    if request.method == "POST":
        if sent is None:
            keep_refused(request, section, subject, clause)
        status = 409
    page = load_gone_page(
        section,
        request.user,
        subject,
        clause,
        sent=sent or (),
        promise=request.GET.get("promise", ""),
    )
    return render(request, "manuals/drafting/gone.html", {"page": page}, status=status)
