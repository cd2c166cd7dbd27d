"""Importing a list of people in three steps: look, then take in as a job, then what is left to mend."""

from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from hearing_portal.jobs.models import Job
from hearing_portal.spreadsheets import XLSX_TYPE, TableRefused
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest, respond

from ..access import require_admin
from .forms import PeopleFileForm
from .jobs import KIND, ask_for_import, find_import, read_report
from .services import check_list, import_template, plan_import
from .uploads import WAITING_LISTS

SHOWN = 200  # rows of each kind in the preview and in the report


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_import(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The first step: a file, kept for the second one when it is a list of people."""
    require_admin(request.user)
    form = PeopleFileForm(posted_data(request), request.FILES or None)
    if form.is_valid():
        raw = form.cleaned_data["file"]
        try:
            check_list(raw)
        except TableRefused as refusal:
            form.add_error("file", refusal.message_th)
        else:
            token = WAITING_LISTS.store(raw, by=request.user)
            preview = reverse("people-import-preview", args=[token])
            return respond(
                request,
                "directory/importing/people_import.html",
                {"form": form},
                to=preview,
            )
    return render(
        request,
        "directory/importing/people_import.html",
        {"form": form},
        status=form_status(form),
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people_import_preview(
    request: AuthenticatedHttpRequest, token: str
) -> HttpResponse:
    """The second step: what the file would do, judged anew; POST asks for the good rows to be taken in."""
    require_admin(request.user)
    takes_numbers = request.GET.get("usernames") == "numbers"
    if request.method == "POST":
        job = ask_for_import(token, by=request.user, takes_numbers=takes_numbers)
        return respond(
            request,
            "directory/importing/import_report.html#progress",
            {"job": job},
            to=_report_url(job),
        )
    earlier = find_import(token, by=request.user)
    if earlier is not None:
        return redirect(_report_url(earlier))
    raw = WAITING_LISTS.read(token, by=request.user)
    plan = plan_import(raw, takes_numbers=takes_numbers)
    context = {"form": PeopleFileForm(), "plan": plan, "token": token, "shown": SHOWN}
    return render(request, "directory/importing/people_import.html", context)


@login_required
@require_safe
def people_import_report(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    """How far an import is, and once it has ended what it did; the page asks again by itself while it runs."""
    require_admin(request.user)
    job = get_object_or_404(
        Job.objects.select_related("asked_by", "result"), uuid=uuid, kind=KIND
    )
    if request.headers.get("HX-Target") == "progress":
        answered = render(
            request, "directory/importing/import_report.html#progress", {"job": job}
        )
        if job.has_ended:
            answered["HX-Refresh"] = "true"
        return answered
    context = {"job": job, "report": read_report(job), "shown": SHOWN}
    return render(request, "directory/importing/import_report.html", context)


def _report_url(job: Job) -> str:
    return reverse("people-import-report", args=[job.uuid])


@login_required
@require_safe
def people_import_template(request: AuthenticatedHttpRequest) -> HttpResponse:
    require_admin(request.user)
    response = HttpResponse(import_template(), content_type=XLSX_TYPE)
    response["Content-Disposition"] = 'attachment; filename="people-template.xlsx"'
    return response
