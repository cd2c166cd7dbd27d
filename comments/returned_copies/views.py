"""Files that offices sent back: sent, looked at, confirmed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from hearing_portal.jobs.models import Job
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    require_permission,
    respond,
)

from ..hearings.access import get_session
from ..models import HearingSession
from ..permissions import may_record_for_others
from .choices import keep_choices, load_choices
from .entry_names import EntryNames
from .forms import ConfirmCopiesForm, CopiesForm
from .item_forms import ItemsForm
from .jobs import (
    READ_KIND,
    ask_to_read,
    ask_to_take_in,
    discard_waiting,
    find_sets_left,
    find_take_job,
    read_found,
)
from .presentation import copy_cards, item_rows, uuids_in_copies
from .queries import copies_of_session, copies_of_shas, entries_by_uuid
from .reading import find_taken_in, find_waiting_copies, load_session_source
from .services.taking import NOT_FACILITATOR
from .waiting import WAITING_DAYS

PAGE = "comments/returned_copies/copies.html"
ITEMS_PAGE = "comments/returned_copies/items.html"
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
        "left": find_sets_left(session, by=request.user),
    }
    return render(request, PAGE, context, status=form_status(form))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def returned_copies_preview(
    request: AuthenticatedHttpRequest, pk: int, uuid: UUID
) -> HttpResponse:
    """What is in each file and whose it is; after that what became of it. POST takes in what is ticked, or discards
    what is left; what was not ticked waits."""
    session = _get_session(request, pk)
    jobs = Job.objects.select_related("result")
    job = get_object_or_404(
        jobs, uuid=uuid, kind=READ_KIND, asked_by=request.user, params__session=pk
    )
    context: dict[str, Any] = {"session": session, "job": job}
    taking = find_take_job(job, by=request.user)
    if taking is not None and not taking.has_ended:
        context["job"] = taking
        return render(request, _template(request), context)
    if job.state != Job.State.DONE:
        return render(request, _template(request), context)
    copies = read_found(job)
    taken_in = find_taken_in(session, copies)
    waiting = find_waiting_copies(copies, taken_in)
    if request.POST.get("act") == "discard":
        discard_waiting(copies, waiting)
        told = f"ทิ้งแล้ว {len(waiting)} ไฟล์ ไม่ได้บันทึกความคิดเห็นจากไฟล์ดังกล่าว"
        messages.success(request, told)
        return respond(
            request, PAGE, {}, to=reverse("returned-copies", args=[session.pk])
        )
    if taking is not None:
        shas = [copy.sha for copy in copies]
        context["taken"] = list(copies_of_shas(session, shas))
        if not waiting:
            return render(request, _template(request), context)
    form = ConfirmCopiesForm(
        posted_data(request),
        session=session,
        copies=copies,
        waiting=waiting,
        taken_in=taken_in,
    )
    if form.is_valid():
        reason = form.cleaned_data.get("reason", "")
        ask_to_take_in(job, form.chosen, reason, by=request.user)
        return respond(request, PREVIEW_PAGE, {}, to=_preview_url(session, job))
    uuids = uuids_in_copies(copies)
    context |= {
        "form": form,
        "waiting_days": WAITING_DAYS,
        "cards": copy_cards(form, taken_in, entries_by_uuid(session, uuids)),
    }
    if taking is not None:
        context["cards"] = [card for card in context["cards"] if card.take]
    return render(request, PREVIEW_PAGE, context, status=form_status(form))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def returned_copy_items(
    request: AuthenticatedHttpRequest, pk: int, uuid: UUID, number: int
) -> HttpResponse:
    """What one file says, thing by thing: each may be left out before it is taken in, or recorded as something else."""
    session = _get_session(request, pk)
    jobs = Job.objects.select_related("result").filter(state=Job.State.DONE)
    job = get_object_or_404(
        jobs, uuid=uuid, kind=READ_KIND, asked_by=request.user, params__session=pk
    )
    taking = find_take_job(job, by=request.user)
    copies = read_found(job)
    if taking is not None and not taking.has_ended:
        return redirect(_preview_url(session, job))
    waiting = find_waiting_copies(copies, find_taken_in(session, copies))
    if number not in waiting:
        return redirect(_preview_url(session, job))
    if not copies[number].returned.items:
        raise NotVisible
    copy = copies[number]
    rows = item_rows(copy, entries_by_uuid(session, uuids_in_copies([copy])))
    names = None
    if any(row.is_unplaced for row in rows):
        names = EntryNames(load_session_source(session))
    form = ItemsForm(
        posted_data(request), rows=rows, chosen=load_choices(copy.upload), names=names
    )
    if form.is_valid():
        keep_choices(copy.upload, form.choices)
        messages.success(request, "บันทึกสิ่งที่เลือกแล้ว ยังไม่ได้นำเข้า")
        to = f"{_preview_url(session, job)}#copy-{number}"
        return respond(request, ITEMS_PAGE, {}, to=to)
    context = {
        "session": session,
        "job": job,
        "copy": copy,
        "form": form,
        "rows": list(zip(rows, form.fields_of_items, strict=True)),
        "names": names,
        "more": len(copy.returned.items) - len(rows),
    }
    return render(request, ITEMS_PAGE, context, status=form_status(form))


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
