"""Asking for books, watching a job, taking its file."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from hearing_portal.directory.models import RoleAssignment, User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.jobs.files import open_stored_file
from hearing_portal.jobs.files_folder import folder_may_be_ours
from hearing_portal.jobs.naming import name_groups
from hearing_portal.jobs.services import JobHasEnded, cancel_job
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    read_id,
    require_permission,
    respond,
)
from manuals.comparing.sides import WORKING_DRAFT
from manuals.models import Edition
from manuals.permissions import editions_readable_by

from ..access import get_file_of_job, get_job, jobs_shown_to
from ..forms import BookForm, EditionDataForm, ProcessSheetForm, WordForm
from ..queries.exportable import (
    ExportableProcess,
    find_drafted_processes,
    find_edition_to_export,
    find_exportable_processes,
    find_printable_editions,
)

Role = RoleAssignment.Role
SHOWN = 30
NOT_STAFF = "ผู้ยกร่าง ผู้ดำเนินเวที และผู้ดูแลระบบเท่านั้นที่สั่งพิมพ์เล่มได้"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Books one may ask for, and what was asked for so far."""
    roles = load_roles(request.user)
    require_permission(roles.is_staff, NOT_STAFF)
    # The list asks for itself while something is running
    if request.headers.get("HX-Target") == "jobs":
        return render(
            request, "comments/releasing/exports.html#jobs", _jobs_context(request.user)
        )

    groups = _groups_of(request.user)
    edition = find_edition_to_export()
    # Three forms on one page: the buttons of the second and the third have a name
    posted = posted_data(request)
    asks_for_sheet = "sheet" in request.POST
    asks_for_data = "data" in request.POST
    book_form = BookForm(
        None if asks_for_sheet or asks_for_data else posted,
        groups=groups,
        all_groups=roles.is_admin,
        editions=find_printable_editions(request.user),
        initial={"edition": edition, "group": _only_one(groups)}
        | _chosen_by_link(request),
    )
    sheet_form = _sheet_form(
        request, groups, edition, data=posted if asks_for_sheet else None
    )
    data_form = EditionDataForm(
        posted if asks_for_data else None,
        editions=editions_readable_by(request.user),
        initial={"edition": edition},
        prefix="data",
    )
    asked: BookForm | ProcessSheetForm | EditionDataForm = book_form
    if asks_for_sheet:
        asked = sheet_form
    elif asks_for_data:
        asked = data_form
    if asked.is_valid():
        job = asked.save(by=request.user)
        return respond(
            request,
            "comments/releasing/job.html#job",
            {"job": job},
            to=f"/jobs/{job.uuid}/",
        )
    context = {
        "form": book_form,
        "sheet_form": sheet_form,
        "data_form": data_form,
        "has_editions": edition is not None,
        "is_folder_lost": roles.is_admin and not folder_may_be_ours(),
        **_jobs_context(request.user),
    }
    return render(
        request, "comments/releasing/exports.html", context, status=form_status(asked)
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def word_exports(request: AuthenticatedHttpRequest) -> HttpResponse:
    """An edition or the working draft as a Word file."""
    roles = load_roles(request.user)
    require_permission(roles.is_staff, NOT_STAFF)
    groups = _groups_of(request.user)
    edition = find_edition_to_export()
    typed = request.POST.get("edition") or request.GET.get("edition") or ""
    form = WordForm(
        posted_data(request),
        groups=groups,
        all_groups=roles.is_admin,
        processes=_processes_to_choose(typed, edition, groups),
        editions=find_printable_editions(request.user),
        initial={"edition": edition or WORKING_DRAFT, "group": _only_one(groups)},
    )
    if form.is_valid():
        job = form.save(by=request.user)
        return respond(
            request,
            "comments/releasing/job.html#job",
            {"job": job},
            to=f"/jobs/{job.uuid}/",
        )
    return render(
        request,
        "comments/releasing/word_exports.html",
        {"form": form, "is_admin": roles.is_admin},
        status=form_status(form),
    )


def _processes_to_choose(
    typed: str, edition: Edition | None, groups: QuerySet[WorkGroup]
) -> list[ExportableProcess]:
    """Those of the edition chosen; as long as none is, of `edition` and behind them what only the working draft has; of
    the working draft where there is no edition."""
    chosen = edition
    if typed and typed != WORKING_DRAFT:
        chosen = Edition.objects.sealed().filter(pk=read_id(typed)).first() or edition
    if chosen is None or typed == WORKING_DRAFT:
        return find_drafted_processes(groups)
    processes = find_exportable_processes(chosen, groups)
    if typed:
        return processes
    known = {process.uuid for process in processes}
    for process in find_drafted_processes(groups):
        if process.uuid not in known:
            title = f"{process.title} (มีเฉพาะในร่างปัจจุบัน)"
            processes.append(process._replace(title=title))
    return processes


def _groups_of(user: User) -> QuerySet[WorkGroup]:
    """Whose books the person may have."""
    groups = WorkGroup.objects.filter(manual__isnull=False)
    roles = load_roles(user)
    if roles.is_admin:
        return groups
    own = roles.groups(Role.FACILITATOR, Role.DRAFTER)
    return groups.filter(pk__in=[group.pk for group in own])


def _sheet_form(
    request: AuthenticatedHttpRequest,
    groups: QuerySet[WorkGroup],
    edition: Edition | None,
    *,
    data: QueryDict | None,
) -> ProcessSheetForm:
    """`edition` is chosen as long as the person has chosen none: the processes are those of the edition."""
    # The edition whose processes are offered: the one chosen in the form of the sheet
    typed = request.POST.get("sheet-edition") or request.GET.get("sheet-edition") or ""
    found = (
        Edition.objects.sealed().filter(pk=read_id(typed)).first() if typed else None
    )
    chosen = found or edition
    processes = []
    if chosen is not None:
        processes = find_exportable_processes(chosen, groups)
    return ProcessSheetForm(
        data,
        processes=processes,
        editions=find_printable_editions(request.user),
        initial={"edition": chosen},
        prefix="sheet",
    )


def _jobs_context(user: User) -> dict[str, Any]:
    """What was asked for so far, the newest first."""
    jobs = list(
        jobs_shown_to(user).select_related("result", "asked_by").order_by("-pk")[:SHOWN]
    )
    name_groups(jobs)
    return {
        "jobs": jobs,
        "is_working": any(not job.has_ended for job in jobs),
        "is_admin": load_roles(user).is_admin,
    }


def _chosen_by_link(request: HttpRequest) -> dict[str, Any]:
    """What the page of a comparison chose for its print; what there is not is left as it stands."""
    chosen: dict[str, Any] = {}
    editions = Edition.objects.sealed()
    for name in ("edition", "against"):
        code = request.GET.get(name, "")
        if name == "edition" and code == WORKING_DRAFT:
            chosen[name] = code
        elif code:
            chosen[name] = editions.filter(code=code).first()
    for name in ("variant", "group"):
        if name in request.GET:
            chosen[name] = request.GET[name]
    return {name: value for name, value in chosen.items() if value}


def _only_one(groups: QuerySet[WorkGroup]) -> WorkGroup | None:
    """The group of who works at one desk only: there is nothing to choose."""
    rows = list(groups[:2])
    return rows[0] if len(rows) == 1 else None


@login_required
@require_safe
def job_page(request: AuthenticatedHttpRequest, uuid: str) -> HttpResponse:
    """Progress of a job; the page asks again by itself while it runs (htmx), or by its link without JavaScript."""
    job = get_job(request.user, uuid)
    template = "comments/releasing/job.html"
    if request.headers.get("HX-Request"):
        template += "#job"
    return render(request, template, {"job": job})


@login_required
@require_safe
def job_file(request: AuthenticatedHttpRequest, uuid: str) -> FileResponse:
    file = get_file_of_job(request.user, uuid)
    return FileResponse(
        open_stored_file(file),
        as_attachment=True,
        filename=file.name,
        content_type=file.media_type,
    )


@login_required
@require_POST
def job_cancellation(request: AuthenticatedHttpRequest, uuid: str) -> HttpResponse:
    job = get_job(request.user, uuid)
    try:
        job = cancel_job(job)
    except JobHasEnded:
        job.refresh_from_db()
    return respond(
        request,
        "comments/releasing/job.html#job",
        {"job": job},
        to=f"/jobs/{job.uuid}/",
    )
