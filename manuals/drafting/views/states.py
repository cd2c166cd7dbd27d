"""How far a process is, as its drafters say."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearing_portal.thai.sentences import joined
from hearing_portal.thai.text import changes_note
from hearing_portal.web.forms import form_status, posted_data, text_changes
from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible, refuse_in_form
from hearing_portal.web.redirects import go_on
from hearing_portal.web.telling import tell_done

from ...models import Clause, DraftingState, Section
from ...teamwork.access import get_standing_section
from ...teamwork.forms.states import DraftingStateForm
from ...teamwork.queries.states import find_state
from ...teamwork.refusals import TeamworkOvertaken, TeamworkRefused
from ...teamwork.services.states import set_drafting_state
from ..promises import NO_PROMISES, Promises
from ..queries.readiness import ReadinessLack, find_readiness_lacks, lacks_key


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def drafting_state(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    *,
    promises: Promises = NO_PROMISES,
) -> HttpResponse:
    """Say it; then on to the contents of the manual. What is lacking for the hearing, and what was promised, is told
    before a process is said to be ready, which is then done knowingly."""
    section = get_standing_section(request.user, key, uuid)
    if not section.is_process:
        raise NotVisible
    now = find_state(section)
    form = DraftingStateForm(posted_data(request), now=now, version=section.version)
    status = form_status(form)
    if form.is_valid():
        data = form.cleaned_data
        lacks = _find_lacks_of(section, data["state"], promises)
        if lacks and request.POST.get("known_lacks") != lacks_key(lacks):
            return _confirm_ready(request, section, form, lacks)
        try:
            set_drafting_state(
                section,
                data["state"],
                read=data["read"] or 0,
                seen=data["version"],
                by=request.user,
                reason=data["reason"],
            )
        except TeamworkRefused as refused:
            status = refuse_in_form(form, refused)
            if isinstance(refused, TeamworkOvertaken):
                now = find_state(section)
                section.refresh_from_db(fields=["version"])
                form.read_again(now, section.version)
        else:
            told = joined(f"“{section.title}” อยู่ในสถานะ", data["state"].label)
            if lacks:
                told = f"{told} โดยทราบว่ายังขาด {len(lacks)} เรื่อง"
            tell_done(request, told, form)
            contents = reverse("manual-draft", args=[section.manual.key])
            return go_on(request, f"{contents}#s-{section.uuid.hex[:8]}")
    context = {"section": section, "form": form, "now": now}
    return render(request, "manuals/teamwork/state_form.html", context, status=status)


def _find_lacks_of(
    section: Section, state: DraftingState, promises: Promises
) -> list[ReadinessLack]:
    """None where it is not said to be ready, and none where nothing is written: that is refused anyway."""
    if (
        state != DraftingState.READY
        or not Clause.objects.live().filter(section=section).exists()
    ):
        return []
    return find_readiness_lacks(section, promises)


def _confirm_ready(
    request: AuthenticatedHttpRequest,
    section: Section,
    form: DraftingStateForm,
    lacks: Sequence[ReadinessLack],
) -> HttpResponse:
    note = changes_note(text_changes(form))
    if note:  # the words come back from the page as they are stored
        messages.info(request, note)
    context = {
        "section": section,
        "lacks": lacks,
        "known_lacks": lacks_key(lacks),
        "read": form.cleaned_data["read"] or 0,
        "version": form.cleaned_data["version"],
        "state": form.cleaned_data["state"].value,
        "reason": form.cleaned_data["reason"],
    }
    return render(request, "manuals/drafting/state_confirm.html", context)
