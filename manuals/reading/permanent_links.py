"""The permanent link of a clause: where it stands today, or what became of it."""

from collections.abc import Callable

from django.db.models import F, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from hearing_portal.web.http import NotVisible

from ..models import Clause, Edition, EditionEntry
from ..models.edition import HAS_WORDS_OF
from ..models.survivors import find_survivors
from ..permissions import can_read_draft, editions_readable_by
from ..queries import entry_view
from .presentation.clauses import ReadClause
from .presentation.links import SectionPages, clause_anchor, pages_in_edition


@require_safe
def clause(
    request: HttpRequest,
    uuid: str,
    pages_of: Callable[[Edition], SectionPages] = pages_in_edition,
) -> HttpResponse:
    rows = Clause.objects.select_related(
        "section__manual__work_group",
        "section__retired",
        "retired",
    )
    found = get_object_or_404(rows, uuid=uuid)
    readable = EditionEntry.objects.filter(
        edition__in=editions_readable_by(request.user)
    )
    readable = readable.order_by(F("edition__sealed_at").desc(), "-edition_id")
    entries = readable.select_related(
        "edition", "section", "blob", "manual__work_group"
    )
    last = entries.filter(clause=found).first()
    if last is None:
        # It stands in no edition yet: only for who reads the working draft
        manual = found.section.manual
        if not can_read_draft(request.user, manual.work_group):
            raise NotVisible
        page = reverse("draft", args=[manual.key, found.section.uuid])
        return redirect(f"{page}#{clause_anchor(found.uuid)}")

    newest = readable.filter(kind="manual", manual=found.section.manual).first()
    if newest is None or newest.edition_id == last.edition_id:
        assert last.section is not None, "a clause stands in a section"
        sections = readable.select_related("edition", "manual")
        section = sections.get(edition=last.edition_id, uuid=last.section.uuid)
        page = pages_of(last.edition)(section)
        return redirect(f"{page}#{clause_anchor(found.uuid)}")

    # The manual was frozen again since the clause stood in it last
    survivors = find_survivors([found]).get(found.pk, ())
    told_there = {f"data__{HAS_WORDS_OF}__has_key": str(found.uuid)}
    successors = readable.filter(
        Q(clause__in=survivors) | Q(**told_there),
        edition=newest.edition_id,
    )
    read_successors = []
    for row in successors.select_related("blob"):
        read_successors.append(ReadClause(entry_view(row)))
    context = {
        "entry": last,
        "clause": ReadClause(entry_view(last)),
        "retirement": found.retired or found.section.retired,
        "newest": newest.edition,
        "successors": read_successors,
    }
    return render(request, "manuals/reading/retired_clause.html", context)
