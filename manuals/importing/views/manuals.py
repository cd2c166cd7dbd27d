"""The administrators' page of the manuals: which group has one, and making those that are missing."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.access import require_admin
from hearing_portal.jobs.models import Job
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form, respond

from ...drafting.queries.contents import find_manuals_state
from ...law.mentions import count_applied
from ...law.queries import find_repealed_in_draft, load_repealed_laws
from ..forms import ManualsForm
from ..presentation import find_repealed_in_texts, manual_rows
from ..refusals import ManualNotMade

PAGE = "manuals/importing/manuals.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def manuals(request: AuthenticatedHttpRequest) -> HttpResponse:
    require_admin(request.user)
    form = ManualsForm(posted_data(request))
    status = form_status(form)
    if form.is_valid():
        try:
            made = form.save(by=request.user)
        except ManualNotMade as refusal:
            status = refuse_in_form(form, refusal)
        else:
            if isinstance(made, Job):
                return respond(request, PAGE, {}, to=f"/jobs/{made.uuid}/")
            messages.success(request, f"จัดทำคู่มือแล้ว {len(made)} เล่ม")
            return respond(request, PAGE, {}, to="manuals")
    rows = manual_rows(find_manuals_state(), form.chosen_keys)
    laws = load_repealed_laws()
    context = {
        "form": form,
        "rows": rows,
        "missing": sum(row.state.is_missing for row in rows),
        "can_choose": any(row.can_be_chosen for row in rows),
        "repealed_in_texts": count_applied(find_repealed_in_texts(rows, laws)),
        "repealed_in_draft": count_applied(find_repealed_in_draft(laws)),
    }
    return render(request, PAGE, context, status=status)
