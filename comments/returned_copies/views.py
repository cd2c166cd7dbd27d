"""Files that offices sent back: sent, looked at, confirmed."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearing_portal.jobs.models import Job
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    require_permission,
    respond,
)

from ..hearings.access import get_session
from ..models import HearingSession
from ..permissions import may_record_for_others
from .forms import ConfirmCopiesForm, CopiesForm
from .jobs import READ_KIND, ask_to_read, ask_to_take_in, find_take_job, read_found
from .presentation import copy_cards
from .queries import copies_of_session, copies_of_shas, entries_by_uuid
from .reading import find_taken_in
from .services.taking import NOT_FACILITATOR

PAGE = "comments/returned_copies/copies.html"
PREVIEW_PAGE = "comments/returned_copies/preview.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def returned_copies(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """What was taken in so far, and the form that sends more; nothing is stored before it is confirmed."""
    session = _get_session(request, pk)
    form = CopiesForm(posted_data(request), request.FILES or None)
    if form.is_valid():
        job = ask_to_read(session, form.cleaned_data["sent"], by=request.user)
        return respond(request, PAGE, {}, to=_preview_url(session, job))
    context = {
        "session": session,
        "form": form,
        "copies": list(copies_of_session(session)),
    }
    return render(request, PAGE, context, status=form_status(form))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def returned_copies_preview(
    request: AuthenticatedHttpRequest, pk: int, uuid: UUID
) -> HttpResponse:
    """What is in each file and whose it is; after that what became of it. POST takes in what is ticked."""
    session = _get_session(request, pk)
    jobs = Job.objects.select_related("result")
    job = get_object_or_404(
        jobs, uuid=uuid, kind=READ_KIND, asked_by=request.user, params__session=pk
    )
    context: dict[str, Any] = {"session": session, "job": job}
    taking = find_take_job(job, by=request.user)
    if taking is not None:
        context["job"] = taking
        if taking.state == Job.State.DONE:
            shas = [copy.sha for copy in read_found(job)]
            context["taken"] = list(copies_of_shas(session, shas))
        return render(request, _template(request), context)
    if job.state != Job.State.DONE:
        return render(request, _template(request), context)
    copies = read_found(job)
    taken_in = find_taken_in(session, copies)
    form = ConfirmCopiesForm(
        posted_data(request), session=session, copies=copies, taken_in=taken_in
    )
    if form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        ask_to_take_in(job, form.chosen, reason, by=request.user)
        return respond(request, PREVIEW_PAGE, {}, to=_preview_url(session, job))
    uuids = {item.uuid for copy in copies for item in copy.returned.items}
    context |= {
        "form": form,
        "cards": copy_cards(form, taken_in, entries_by_uuid(session, uuids)),
    }
    return render(request, PREVIEW_PAGE, context, status=form_status(form))


def _template(request: AuthenticatedHttpRequest) -> str:
    is_asking = request.headers.get("HX-Target") == "progress"
    return f"{PREVIEW_PAGE}#progress" if is_asking else PREVIEW_PAGE


def _get_session(request: AuthenticatedHttpRequest, pk: int) -> HearingSession:
    session = get_session(request, pk)
    require_permission(
        may_record_for_others(request.user, session.work_group), NOT_FACILITATOR
    )
    return session


def _preview_url(session: HearingSession, job: Job) -> str:
    return reverse("returned-copies-preview", args=[session.pk, job.uuid])
