"""Taking processes out of sent files: send, look and put right, then take in as a job and see what became of it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.directory.permissions import load_roles
from hearing_portal.jobs.models import Job
from hearing_portal.refusals import Refusal
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    read_id,
    refuse_in_form,
    respond,
)

from ...access import get_manual_to_edit
from ...drafting.adopted import FindAdopted, find_nothing_adopted
from ...models import FileUpload, Manual
from ...models.sent_file import PASTED
from ..access import get_upload
from ..forms import ManualFilesForm, PastedTextForm, ProcessesForm
from ..found_processes import FoundProcess, find_processes
from ..jobs import (
    KIND,
    NothingRead,
    ask_to_take,
    find_job,
    find_last_job,
    find_reading_job,
    read_files_report,
    receive_files,
    receive_reading,
)
from ..planning import DraftOfManual
from ..presentation import TakenRow, process_cards
from ..queries import find_taken, find_upload_of, find_waiting_uploads
from ..refusals import PreviewGone, PreviewOvertaken
from ..services.correcting import choose_target
from ..services.receiving import discard_upload
from ..uploaded_files import FilesRefused, UnreadFile, read_pasted

UPLOAD_PAGE = "manuals/importing/files.html"
PASTE_PAGE = "manuals/importing/paste.html"
PREVIEW_PAGE = "manuals/importing/files_preview.html"
READING_PAGE = "manuals/importing/files_reading.html"
REPORT_PAGE = "manuals/importing/files_report.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def manual_files(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """The first step: files, read at once or by a job; and those that were sent before and wait."""
    manual = get_manual_to_edit(request.user, key)
    form = ManualFilesForm(posted_data(request), request.FILES or None)
    status = form_status(form)
    unread: list[UnreadFile] = []
    if form.is_valid():
        try:
            upload = receive_files(manual, form.cleaned_data["sent"], by=request.user)
        except NothingRead as refusal:
            unread = refusal.files.unread
            form.add_error("sent", refusal.message_th)
            status = 422
        except Refusal as refusal:
            if isinstance(refusal, FilesRefused):
                refusal.field = "sent"
            status = refuse_in_form(form, refusal)
        else:
            return respond(request, UPLOAD_PAGE, {}, to=_preview_url(upload))
    context = {
        "manual": manual,
        "form": form,
        "unread": unread,
        "waiting": find_waiting_uploads(manual),
    }
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
            upload = receive_reading(manual, files, [PASTED], by=request.user)
        except Refusal as refusal:
            refusal.field = "text"
            status = refuse_in_form(form, refusal)
        else:
            return respond(request, PASTE_PAGE, {}, to=_preview_url(upload))
    return render(request, PASTE_PAGE, {"manual": manual, "form": form}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def manual_files_preview(
    request: AuthenticatedHttpRequest,
    key: str,
    uuid: UUID,
    find_adopted: FindAdopted = find_nothing_adopted,
) -> HttpResponse:
    """The second step: what the files would do; POST keeps other choices, or asks for what is ticked to be taken in.
    While they are read, how far it is."""
    upload = get_upload(request.user, key, uuid)
    manual = upload.manual
    if upload.read_at is None:
        return _show_reading(request, upload)
    if request.headers.get("HX-Target") == "progress":  # it has just ended
        return _refresh()
    earlier = find_job(upload)
    if earlier is not None:
        return redirect(_report_url(manual, earlier))
    found = find_processes(upload)
    taken = find_taken(upload)
    if taken and not found:
        last = find_last_job(upload)
        if last is not None:
            return redirect(_report_url(manual, last))
    overtaken: set[int] = set()
    if request.method == "POST":
        _refuse_closed(upload)
        overtaken = _keep_choices(request, manual, found)
        found = find_processes(upload)
    form = ProcessesForm(
        posted_data(request),
        found=found,
        manual=manual,
        find_adopted=find_adopted,
        overtaken=overtaken,
    )
    is_asked = request.method == "POST" and request.POST.get("act") == "take"
    status = 409 if overtaken else 200
    if is_asked:
        if form.is_valid():
            job = ask_to_take(upload, found, form.placements, by=request.user)
            return respond(
                request,
                f"{REPORT_PAGE}#progress",
                {"manual": manual, "job": job},
                to=_report_url(manual, job),
            )
        status = 409 if form.was_overtaken else 422
    context = {
        "manual": manual,
        "upload": upload,
        "form": form,
        "is_refused": status != 200,
        "cards": process_cards(form),
        "taken": taken,
        "is_admin": load_roles(request.user).is_admin,
        "unread": [UnreadFile(*each) for each in upload.unread],
    }
    return render(request, PREVIEW_PAGE, context, status=status)


@login_required
@require_POST
def manual_files_discarding(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    upload = get_upload(request.user, key, uuid)
    discard_upload(upload, by=request.user)
    messages.success(request, "ทิ้งไฟล์ชุดนี้แล้ว ร่างไม่เปลี่ยน")
    to = reverse("manual-files", args=[upload.manual.key])
    return respond(request, UPLOAD_PAGE, {}, to=to)


def _refuse_closed(upload: FileUpload) -> None:
    if upload.discarded_at is not None or upload.edition_id is not None:
        raise PreviewGone


def _keep_choices(
    request: AuthenticatedHttpRequest, manual: Manual, found: list[FoundProcess]
) -> set[int]:
    """Where each process goes, as it was chosen; the rows are matched with what it revises. Returns those that were put
    right in another window since the page was read: nothing of them is kept. What cannot be chosen the form tells."""
    draft = DraftOfManual(manual)
    units = {str(unit.uuid) for unit in draft.units}
    overtaken = set()
    for process in found:
        seen = read_id(request.POST.get(f"seen-{process.index}", ""))
        kept = process.kept
        if seen != kept.lock_version:
            overtaken.add(process.index)
            continue
        chosen = request.POST.get(f"target-{process.index}", "")
        target = draft.find_process(chosen)
        unit = request.POST.get(f"unit-{process.index}", kept.unit)
        if (chosen and target is None) or (len(unit) > 10 and unit not in units):
            continue
        target_id = target.pk if target is not None else None
        if target_id == kept.target_id and unit == kept.unit:
            continue
        try:
            choose_target(kept, seen, target, unit, by=request.user)
        except PreviewOvertaken:
            overtaken.add(process.index)
    return overtaken


def _show_reading(
    request: AuthenticatedHttpRequest, upload: FileUpload
) -> HttpResponse:
    job = find_reading_job(upload)
    context = {"manual": upload.manual, "upload": upload, "job": job}
    if request.headers.get("HX-Target") == "progress":
        answered = render(request, f"{READING_PAGE}#progress", context)
        if job is None or job.has_ended:
            answered["HX-Refresh"] = "true"
        return answered
    return render(request, READING_PAGE, context)


def _refresh() -> HttpResponse:
    """The page that asks how far it is shows what came of it."""
    answered = HttpResponse()
    answered["HX-Refresh"] = "true"
    return answered


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
        upload = find_upload_of(job)
        context["preview_url"] = _preview_url(upload) if upload else ""
    context["taken"] = [TakenRow(process) for process in report.taken] if report else []
    return render(request, REPORT_PAGE, context)


def _preview_url(upload: FileUpload) -> str:
    return reverse("manual-files-preview", args=[upload.manual.key, upload.uuid])


def _report_url(manual: Manual, job: Job) -> str:
    return reverse("manual-files-report", args=[manual.key, job.uuid])
