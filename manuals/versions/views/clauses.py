"""A clause's past: every wording it had, and those of the clauses it came out of."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hearing_portal.web.http import AuthenticatedHttpRequest

from ...access import lead_to_clause
from ...models import Clause
from ...permissions import can_edit_draft
from ...queries import load_draft_entries
from ...reading.names import clause_name
from ..access import get_clause_to_read
from ..presentation.causes import FindCauses, no_causes
from ..presentation.wordings import load_clause_relatives, load_wording_lines
from ..queries.clauses import find_editions_with, find_origin_lines, find_wording_ids

PAGE = 20


@login_required
@require_safe
def clause_versions(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    clause_uuid: UUID,
    causes_of: FindCauses = no_causes,
) -> HttpResponse:
    clause = get_clause_to_read(request.user, key, uuid, clause_uuid)
    led = lead_to_clause(request, clause, uuid, "clause-versions")
    if led is not None:
        return led
    names = {}
    for entry in load_draft_entries(clause.section):
        names[entry.clause_id] = clause_name(entry)
    ids = find_wording_ids(clause, find_origin_lines(clause))
    page = Paginator(ids, PAGE).get_page(request.GET.get("page"))
    stands = clause.retired_id is None and clause.section.retired_id is None
    is_written_by_itself = stands and clause.kind != Clause.Kind.STEP
    context = {
        "node": clause.section,
        "clause": clause,
        "name": names.get(clause.pk, "ข้อที่ยกเลิกแล้ว"),
        "page": page,
        "lines": load_wording_lines(clause, list(page), request.user, causes_of),
        "relatives": load_clause_relatives(clause, request.user),
        "editions": find_editions_with(clause, request.user),
        "can_edit": is_written_by_itself
        and can_edit_draft(request.user, clause.section.manual.work_group),
    }
    return render(request, "manuals/versions/clause.html", context)
