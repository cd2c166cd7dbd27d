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
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, refuse_in_form, respond

from ..models import Edition
from .forms import ArchivalForm, EditionFileForm
from .jobs import KIND, ask_to_archive, find_archival_job, keep_file, read_kept_file
from .presentation import count_rows
from .reading import read_edition_file
from .refusals import EditionFileRefused

UPLOAD_PAGE = "manuals/exchange/edition_file.html"
PREVIEW_PAGE = "manuals/exchange/edition_preview.html"
REPORT_PAGE = "manuals/exchange/edition_report.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edition_import(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The first step: a file, kept for the second one when an edition can be read from it."""
    require_admin(request.user)
    form = EditionFileForm(posted_data(request), request.FILES or None)
    status = form_status(form)
    if form.is_valid():
        raw = form.cleaned_data["sent"]
        try:
            read_edition_file(raw)
        except EditionFileRefused as refusal:
            refusal.field = "sent"
            status = refuse_in_form(form, refusal)
        else:
            token = keep_file(raw, by=request.user)
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
    """The second step: what taking the file in would do, and POST asks for it."""
    require_admin(request.user)
    earlier = find_archival_job(token, by=request.user)
    if earlier is not None:
        return redirect(_report_url(earlier))
    file = read_kept_file(token, by=request.user)
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
