"""Taking an edition in from a file in three steps: the file, what it would do, then the job."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.directory.access import require_admin
from hearing_portal.jobs.models import Job
from hearing_portal.refusals import Refusal
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form, respond

from ..importing.access import get_upload
from ..models import Edition, ImportedProcess
from .checking import READ_AT_ONCE
from .forms import ArchivalForm, EditionFileForm, OldBookForm
from .jobs import (
    KIND,
    ask_to_archive,
    ask_to_archive_upload,
    ask_to_check,
    check_kept_file,
    find_archival_job,
    find_check_job,
    keep_file,
    read_check,
)
from .old_books import make_old_book
from .presentation import count_rows
from .queries import plan_archival
from .reading import read_edition_file
from .refusals import ArchivalRefused, EditionFileRefused

UPLOAD_PAGE = "manuals/exchange/edition_file.html"
PREVIEW_PAGE = "manuals/exchange/edition_preview.html"
CHECK_PAGE = "manuals/exchange/edition_check.html"
OLD_BOOK_PAGE = "manuals/exchange/edition_of_files.html"
REPORT_PAGE = "manuals/exchange/edition_report.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_import(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The first step: a file, kept for the second one when an edition can be read from it; a large one is read by a
    job."""
    require_admin(request.user)
    form = EditionFileForm(posted_data(request), request.FILES or None)
    status = form_status(form)
    if form.is_valid():
        raw = form.cleaned_data["sent"]
        try:
            if len(raw) <= READ_AT_ONCE:
                read_edition_file(raw)
            token = keep_file(raw, by=request.user)
            if len(raw) > READ_AT_ONCE:
                ask_to_check(token, by=request.user)
        except Refusal as refusal:
            if isinstance(refusal, EditionFileRefused):
                refusal.field = "sent"
            status = refuse_in_form(form, refusal)
        else:
            return respond(
                request,
                UPLOAD_PAGE,
                {},
                to=reverse("edition-import-preview", args=[token]),
            )
    return render(request, UPLOAD_PAGE, {"form": form}, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_import_preview(
    request: AuthenticatedHttpRequest, token: str
) -> HttpResponse:
    """The second step: what taking the file in would do, and POST asks for it. While a job checks a large file, how far
    it is; the page asks again by itself."""
    require_admin(request.user)
    earlier = find_archival_job(token, by=request.user)
    if earlier is not None:
        return redirect(_report_url(earlier))
    check = find_check_job(token, by=request.user)
    if check is not None and check.state != Job.State.DONE:
        return _check_page(request, check, token)
    if request.headers.get("HX-Target") == "progress":  # it has just ended
        return _refresh()
    file = read_check(check) if check else check_kept_file(token, by=request.user)
    form = ArchivalForm(posted_data(request), file=file)
    if form.is_valid():
        job = ask_to_archive(token, file, form.cleaned_data["code"], by=request.user)
        return respond(
            request, f"{REPORT_PAGE}#progress", {"job": job}, to=_report_url(job)
        )
    context = {
        "form": form,
        "file": file,
        "kind": Edition.Kind(file.kind).label,
        "plan": form.plan,
        "rows": count_rows(form.plan),
        "token": token,
    }
    return render(request, PREVIEW_PAGE, context, status=form_status(form))


def _refresh() -> HttpResponse:
    """The page that asks how far it is shows what came of it."""
    answered = HttpResponse()
    answered["HX-Refresh"] = "true"
    return answered


def _check_page(
    request: AuthenticatedHttpRequest, job: Job, token: str
) -> HttpResponse:
    check_url = reverse("edition-import-preview", args=[token])
    context = {"job": job, "check_url": check_url}
    if request.headers.get("HX-Target") == "progress":
        answered = render(request, f"{CHECK_PAGE}#progress", context)
        if job.has_ended:
            answered["HX-Refresh"] = "true"
        return answered
    return render(request, CHECK_PAGE, context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_of_files(
    request: AuthenticatedHttpRequest, key: str, uuid: UUID
) -> HttpResponse:
    """An old book that was sent as files and put right: POST asks for the edition."""
    upload = get_upload(request.user, key, uuid)
    require_admin(request.user)
    processes = ImportedProcess.objects.filter(file__upload=upload)
    found = list(processes.select_related("file", "target").order_by("number"))
    form = OldBookForm(posted_data(request))
    status = form_status(form)
    if form.is_valid():
        code = form.cleaned_data["code"]
        title = form.cleaned_data["title"]
        try:
            plan = plan_archival(make_old_book(upload, found, code, title), code=code)
            if plan.refusals:
                raise ArchivalRefused(" ".join(plan.refusals))
            job = ask_to_archive_upload(upload, code, title, by=request.user)
        except Refusal as refusal:
            status = refuse_in_form(form, refusal)
        else:
            return respond(
                request, f"{REPORT_PAGE}#progress", {"job": job}, to=_report_url(job)
            )
    context = {"manual": upload.manual, "upload": upload, "form": form, "found": found}
    return render(request, OLD_BOOK_PAGE, context, status=status)


@login_required
@require_safe
def edition_import_report(
    request: AuthenticatedHttpRequest, uuid: UUID
) -> HttpResponse:
    """How far it is, and once it has ended the edition; the page asks again by itself meanwhile."""
    require_admin(request.user)
    job = get_object_or_404(
        Job.objects.select_related("asked_by"), uuid=uuid, kind=KIND
    )
    edition = None
    if job.state == Job.State.DONE:
        edition = Edition.objects.sealed().filter(code=job.params["code"]).first()
    context = {"job": job, "edition": edition}
    if request.headers.get("HX-Target") == "progress":
        answered = render(request, f"{REPORT_PAGE}#progress", context)
        if job.has_ended:
            answered["HX-Refresh"] = "true"
        return answered
    return render(request, REPORT_PAGE, context)


def _report_url(job: Job) -> str:
    return reverse("edition-import-report", args=[job.uuid])
