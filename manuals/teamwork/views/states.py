"""How far a process is, as its drafters say."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible, refuse_in_form
from hearing_portal.web.redirects import go_on

from ..access import get_standing_section
from ..forms.states import DraftingStateForm
from ..queries.states import find_state
from ..refusals import TeamworkOvertaken, TeamworkRefused
from ..services.states import set_drafting_state


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drafting_state(request: AuthenticatedHttpRequest, key: str, uuid: UUID) -> HttpResponse:
    """Say it; then on to the contents of the manual."""
    section = get_standing_section(request.user, key, uuid)
    if not section.is_process:
        raise NotVisible
    now = find_state(section)
    form = DraftingStateForm(posted_data(request), now=now)
    status = form_status(form)
    if form.is_valid():
        data = form.cleaned_data
        try:
            set_drafting_state(section, data["state"], read=data["read"] or 0, by=request.user, reason=data["reason"])
        except TeamworkRefused as refused:
            status = refuse_in_form(form, refused)
            if isinstance(refused, TeamworkOvertaken):
                now = find_state(section)
                form.read_again(now)
        else:
            messages.success(request, f"“{section.title}” อยู่ในสถานะ{data['state'].label}")
            contents = reverse("manual-draft", args=[section.manual.key])
            return go_on(request, f"{contents}#s-{section.uuid.hex[:8]}")
    context = {"section": section, "form": form, "now": now}
    return render(request, "manuals/teamwork/state_form.html", context, status=status)
