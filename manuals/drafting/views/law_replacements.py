"""Replacing the repealed laws of a manual, in the clauses that are ticked."""

from collections.abc import Collection
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form
from hearing_portal.web.redirects import see_other
from hearing_portal.web.telling import tell_done

from ...access import get_manual_to_edit, get_manual_to_read
from ...models import Manual
from ...permissions import can_edit_draft
from ..changes import ChangeRefused, StaleClause
from ..forms.law_replacements import ReplacementForm, read_wanted
from ..presentation.law_replacements import page_of_replacements, replacements_url
from ..queries.law_replacements import plan_replacements
from ..services.replacing_laws import ReplacementsOvertaken, replace_repealed_laws
from ..typed_references import linked_note


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def law_replacements(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """GET lists the clauses that apply repealed laws, with their words as they would be, by the laws that the query
    string chooses. POST replaces them in the clauses that are ticked."""
    if request.method != "POST":
        manual = get_manual_to_read(request.user, key)
        return _page(request, manual, ReplacementForm())
    manual = get_manual_to_edit(request.user, key)
    form = ReplacementForm(request.POST)
    if not form.is_valid():
        return _page(request, manual, form, status=422)
    try:
        made = replace_repealed_laws(
            manual,
            form.cleaned_data["clauses"],
            read_wanted(request.POST),
            by=request.user,
            reason=form.cleaned_data["reason"],
        )
    except ReplacementsOvertaken as refusal:
        status = refuse_in_form(form, refusal)
        return _page(request, manual, form, overtaken=refusal.uuids, status=status)
    except (StaleClause, ChangeRefused) as refusal:
        return _page(request, manual, form, status=refuse_in_form(form, refusal))
    if made.changes:  # else it was sent twice
        told = f"แทนที่กฎหมายที่ยกเลิกแล้วใน {len(made.changes):,} ข้อ แต่ละข้อเป็นรุ่นใหม่ในประวัติ"
        tell_done(request, f"{told} {linked_note(made.names)}".strip(), form)
    return see_other(replacements_url(manual))


def _page(
    request: AuthenticatedHttpRequest,
    manual: Manual,
    form: ReplacementForm,
    *,
    overtaken: Collection[UUID] = (),
    status: int = 200,
) -> HttpResponse:
    sent = request.POST if request.method == "POST" else request.GET
    plan = plan_replacements(manual, read_wanted(sent))
    ticked = form.ticked if form.is_bound else None
    context = {
        "manual": manual,
        "page": page_of_replacements(plan, ticked=ticked, overtaken=overtaken),
        "form": form,
        "may_edit": can_edit_draft(request.user, manual.work_group),
    }
    return render(
        request, "manuals/drafting/law_replacements.html", context, status=status
    )
