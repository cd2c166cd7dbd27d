"""Taking processes out of uploaded files in three steps: look, then take in as a job, then what became of it."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.jobs.models import Job
from hearing_portal.refusals import Refusal
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form, respond

from ...access import get_manual_to_edit
from ...models import Manual
from ..adopted import FindAdopted, find_nothing_adopted
from ..forms import ManualFilesForm, PastedTextForm, ProcessesForm
from ..jobs import (
    KIND,
    ask_to_take,
    find_earlier_jobs,
    find_processes,
    find_token,
    keep_files,
    read_files_report,
    read_kept_files,
    versions_read,
)
from ..presentation import TakenRow, process_cards
from ..uploaded_files import FilesRefused, read_pasted, read_uploaded

UPLOAD_PAGE = "manuals/importing/files.html"
PASTE_PAGE = "manuals/importing/paste.html"
PREVIEW_PAGE = "manuals/importing/files_preview.html"
REPORT_PAGE = "manuals/importing/files_report.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def manual_files(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """The first step: files, kept for the second one when there is a process in them."""
    manual = get_manual_to_edit(request.user, key)
    form = ManualFilesForm(posted_data(request), request.FILES or None)
    status = form_status(form)
    unread = []
    if form.is_valid():
        try:
            files = read_uploaded(form.cleaned_data["sent"])
        except FilesRefused as refusal:
            refusal.field = "sent"
            status = refuse_in_form(form, refusal)
        else:
            if files.documents:
                token = keep_files(manual, files, by=request.user)
                return respond(request, UPLOAD_PAGE, {}, to=_preview_url(manual, token))
            unread = files.unread
            form.add_error("sent", "ไม่มีไฟล์ที่อ่านได้ โปรดแก้ไขตามรายการด้านล่างแล้วส่งใหม่")
            status = 422
    context = {"manual": manual, "form": form, "unread": unread}
    return render(request, UPLOAD_PAGE, context, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def manual_paste(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """The first step without a file: a text, kept for the second one when there is a process in it."""
    manual = get_manual_to_edit(request.user, key)
    form = PastedTextForm(posted_data(request))
    status = form_status(form)
    if form.is_valid():
        try:
            files = read_pasted(form.cleaned_data["text"])
        except Refusal as refusal:
            refusal.field = "text"
            status = refuse_in_form(form, refusal)
        else:
            token = keep_files(manual, files, by=request.user)
            return respond(request, PASTE_PAGE, {}, to=_preview_url(manual, token))
    return render(request, PASTE_PAGE, {"manual": manual, "form": form}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def manual_files_preview(
    request: AuthenticatedHttpRequest,
    key: str,
    token: str,
    find_adopted: FindAdopted = find_nothing_adopted,
) -> HttpResponse:
    """The second step: what the files would do, worked out anew; POST works it out for other choices, or asks for
    what is ticked to be taken in."""
    manual = get_manual_to_edit(request.user, key)
    earlier = find_earlier_jobs(token, by=request.user)
    if earlier.job is not None:
        return redirect(_report_url(manual, earlier.job))
    files = read_kept_files(manual, token, by=request.user)
    found = find_processes(files)
    form = ProcessesForm(
        posted_data(request),
        found=found,
        manual=manual,
        find_adopted=find_adopted,
        read_before=versions_read(earlier.failed),
    )
    is_asked = request.method == "POST" and request.POST.get("act") == "take"
    status = 200
    if is_asked:
        if form.is_valid():
            job = ask_to_take(manual, token, form.placements, by=request.user)
            return respond(
                request,
                f"{REPORT_PAGE}#progress",
                {"manual": manual, "job": job},
                to=_report_url(manual, job),
            )
        status = 409 if form.was_overtaken else 422
    context = {
        "manual": manual,
        "form": form,
        "is_refused": status != 200,
        "cards": process_cards(form),
        "unread": files.unread,
        "token": token,
    }
    return render(request, PREVIEW_PAGE, context, status=status)


@login_required
@require_safe
def manual_files_report(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    """How far it is, and once it has ended what became of each process; the page asks again by itself meanwhile."""
    manual = get_manual_to_edit(request.user, key)
    jobs = Job.objects.select_related("asked_by", "result")
    job = get_object_or_404(jobs, uuid=uuid, kind=KIND, params__manual=manual.key)
    context: dict[str, object] = {"manual": manual, "job": job}
    if request.headers.get("HX-Target") == "progress":
        answered = render(request, f"{REPORT_PAGE}#progress", context)
        if job.has_ended:
            answered["HX-Refresh"] = "true"
        return answered
    report = read_files_report(job)
    context["report"] = report
    if report is None and job.has_ended:
        token = find_token(job, by=request.user)
        context["preview_url"] = _preview_url(manual, token) if token else ""
    context["taken"] = [TakenRow(process) for process in report.taken] if report else []
    return render(request, REPORT_PAGE, context)


def _preview_url(manual: Manual, token: str) -> str:
    return reverse("manual-files-preview", args=[manual.key, token])


def _report_url(manual: Manual, job: Job) -> str:
    return reverse("manual-files-report", args=[manual.key, job.uuid])
