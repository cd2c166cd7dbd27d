"""Asking for books, watching a job, taking its file."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearing_portal.directory.models import RoleAssignment, User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.services import JobHasEnded, cancel_job
from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible, require_permission, respond
from manuals.models import Edition

from ..forms import BookForm

Role = RoleAssignment.Role
SHOWN = 30
NOT_STAFF = "ผู้ยกร่าง ผู้ดำเนินเวที และผู้ดูแลระบบเท่านั้นที่สั่งพิมพ์เล่มได้"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: AuthenticatedHttpRequest) -> HttpResponse:
    """Books one may ask for, and what was asked for so far."""
    roles = load_roles(request.user)
    require_permission(roles.is_staff, NOT_STAFF)
    groups = WorkGroup.objects.filter(manual__isnull=False)
    if not roles.is_admin:
        own = roles.groups(Role.FACILITATOR, Role.DRAFTER)
        groups = groups.filter(pk__in=[group.pk for group in own])
    form = BookForm(
        request.POST if request.method == "POST" else None,
        groups=groups,
        all_groups=roles.is_admin,
    )
    if form.is_valid():
        job = form.save(by=request.user)
        return respond(request, "comments/releasing/job.html#job", {"job": job}, to=f"/jobs/{job.uuid}/")
    jobs = list(jobs_shown_to(request.user).select_related("result", "asked_by").order_by("-pk")[:SHOWN])
    context = {
        "form": form,
        "jobs": jobs,
        "is_working": any(not job.has_ended for job in jobs),
        "is_admin": roles.is_admin,
        "has_editions": Edition.objects.sealed().exists(),
    }
    # The list asks for itself while something is running
    if request.headers.get("HX-Target") == "jobs":
        return render(request, "comments/releasing/exports.html#jobs", context)
    return render(request, "comments/releasing/exports.html", context, status=422 if form.is_bound else 200)


def jobs_shown_to(user: User) -> QuerySet[Job]:
    """Who asked; admins see all (product.md, "a job and its download")."""
    if load_roles(user).is_admin:
        return Job.objects.all()
    return Job.objects.visible_to(user)


def _get_job(user: User, uuid: str) -> Job:
    return get_object_or_404(jobs_shown_to(user).select_related("result"), uuid=uuid)


@login_required
@require_safe
def job_page(request: AuthenticatedHttpRequest, uuid: str) -> HttpResponse:
    """Progress of a job; the page asks again by itself while it runs (htmx), or by its link without JavaScript."""
    job = _get_job(request.user, uuid)
    template = "comments/releasing/job.html"
    if request.headers.get("HX-Request"):
        template += "#job"
    return render(request, template, {"job": job})


@login_required
@require_safe
def job_file(request: AuthenticatedHttpRequest, uuid: str) -> FileResponse:
    job = _get_job(request.user, uuid)
    if job.result is None:
        raise NotVisible
    return FileResponse(
        job.result.path.open("rb"),
        as_attachment=True,
        filename=job.result.name,
        content_type=job.result.media_type,
    )


@login_required
@require_POST
def job_cancellation(request: AuthenticatedHttpRequest, uuid: str) -> HttpResponse:
    job = _get_job(request.user, uuid)
    try:
        job = cancel_job(job)
    except JobHasEnded:
        job.refresh_from_db()
    return respond(request, "comments/releasing/job.html#job", {"job": job}, to=f"/jobs/{job.uuid}/")
