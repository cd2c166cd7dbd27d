"""Asking for the papers after a hearing, and the forms they are made by."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.directory.access import require_admin
from hearing_portal.directory.permissions import load_roles
from hearing_portal.jobs.files import open_stored_file
from hearing_portal.jobs.media_types import DOCX
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.refusals import Refusal
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    refuse_in_form,
    respond,
)
from hearing_portal.web.redirects import see_other

from ..hearings.choosing import choose_hearing
from ..tracing.queries.editions import find_traced_editions
from .access import find_groups_of_papers, find_papers_for, get_paper_kind
from .forms import PaperFormForm, PaperRequestForm
from .kinds import PAPERS
from .making import FIELDS_OF, make_sample_form
from .queries.forms import find_form_file, find_own_forms
from .services.forms import drop_paper_form, give_paper_form

PAGE = "comments/papers/papers.html"
JOB = "comments/releasing/job.html#job"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def papers(request: AuthenticatedHttpRequest) -> HttpResponse:
    """All papers the person may have, each with what it is about; POST asks for one."""
    groups = find_groups_of_papers(request.user)
    sent = request.POST if request.method == "POST" else request.GET
    choice = choose_hearing(sent.get("hearing", ""))
    asked = None
    if request.method == "POST":
        asked = get_paper_kind(request.user, request.POST.get("paper", ""))
    own_forms = find_own_forms()
    rows = []
    refused = None
    for kind in find_papers_for(request.user):
        form = PaperRequestForm(
            posted_data(request) if kind == asked else None,
            kind=kind,
            hearing=choice.hearing,
            groups=groups,
            all_groups=load_roles(request.user).is_admin,
        )
        if kind == asked and form.is_valid():
            job = form.save(by=request.user)
            return respond(request, JOB, {"job": job}, to=f"/jobs/{job.uuid}/")
        if kind == asked:
            refused = form
        rows.append((kind, form, own_forms.get(kind.key)))
    context = {
        "choice": choice,
        "rows": rows,
        "traced": find_traced_editions(),
        "is_admin": load_roles(request.user).is_admin,
    }
    status = form_status(refused) if refused is not None else 200
    return render(request, PAGE, context, status=status)


@login_required
@require_POST
def hearing_statistics(request: AuthenticatedHttpRequest) -> HttpResponse:
    require_admin(request.user)
    choice = choose_hearing(request.POST.get("hearing", ""))
    params = {
        "hearing": choice.hearing.key if choice.hearing is not None else "",
        "format": "csv" if request.POST.get("format") == "csv" else "xlsx",
    }
    job = enqueue_job("make_statistics", params, request.user, joins_running=False)
    return respond(request, JOB, {"job": job}, to=f"/jobs/{job.uuid}/")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_form(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """The form a paper is made by, with the names of all fields; POST gives another one, or goes back."""
    require_admin(request.user)
    kind = PAPERS.get(key)
    if kind is None:
        raise NotVisible
    form = PaperFormForm(posted_data(request), request.FILES or None)
    status = 200
    if request.method == "POST" and "drop" in request.POST:
        drop_paper_form(kind, by=request.user)
        messages.success(request, "กลับไปใช้แบบของระบบแล้ว")
        return see_other(reverse("paper-form", args=[key]))
    if form.is_bound:
        status = form_status(form)
    if form.is_valid():
        file = form.cleaned_data["file"]
        raw = file.read()
        try:
            give_paper_form(kind, raw, file.name, by=request.user)
        except Refusal as refusal:
            refusal.field = "file"
            status = refuse_in_form(form, refusal)
        else:
            messages.success(request, "บันทึกแบบของหน่วยงานแล้ว")
            return see_other(reverse("paper-form", args=[key]))
    fields, lists = FIELDS_OF[key]
    context = {
        "kind": kind,
        "form": form,
        "own": find_own_forms().get(key),
        "fields": fields,
        "lists": lists,
    }
    return render(request, "comments/papers/form.html", context, status=status)


@login_required
@require_safe
def paper_form_file(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """The form in use, or with ?sample the portal's own with the fields in their places."""
    require_admin(request.user)
    kind = PAPERS.get(key)
    if kind is None:
        raise NotVisible
    name = f"แบบ {kind.title}.docx"
    file = None if "sample" in request.GET else find_form_file(key)
    if file is not None:
        # Streamed, as every file is
        return FileResponse(  # type: ignore[return-value]
            open_stored_file(file),
            as_attachment=True,
            filename=name,
            content_type=DOCX,
        )
    response = HttpResponse(make_sample_form(kind), content_type=DOCX)
    response["Content-Disposition"] = f'attachment; filename="form-{key}.docx"'
    return response
