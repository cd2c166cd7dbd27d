"""Asking for books, watching a job, taking its file."""

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearing_portal.directory.models import RoleAssignment, WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.jobs.models import Job
from hearing_portal.jobs.services import JobHasEnded, cancel_job
from hearing_portal.web.http import NotVisible, require_permission, respond

from ..forms import BookForm

Role = RoleAssignment.Role
SHOWN = 30


def jobs_visible_to(user) -> QuerySet[Job]:
    """Who asked; admins see all (product.md, "a job and its download")."""
    return Job.objects.all() if load_roles(user).is_admin else Job.objects.visible_to(user)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def exports(request: HttpRequest) -> HttpResponse:
    """Books one may ask for, and what was asked for so far."""
    roles = load_roles(request.user)
    require_permission(roles.is_staff, "ผู้ยกร่าง ผู้ดำเนินเวที และผู้ดูแลระบบเท่านั้นที่สั่งพิมพ์เล่มได้")
    groups = WorkGroup.objects.filter(manual__isnull=False)
    if not roles.is_admin:
        own = [group.pk for group in roles.groups(Role.FACILITATOR, Role.DRAFTER)]
        groups = groups.filter(pk__in=own)
    form = BookForm(request.POST if request.method == "POST" else None, groups=groups, all_groups=roles.is_admin)
    if request.method == "POST" and form.is_valid():
        job = form.save(by=request.user)
        return respond(request, "comments/releasing/job.html#job", {"job": job}, to=f"/jobs/{job.uuid}/")
    jobs = list(jobs_visible_to(request.user).select_related("result", "asked_by").order_by("-pk")[:SHOWN])
    context = {
        "form": form,
        "jobs": jobs,
        "is_working": any(not job.has_ended for job in jobs),
        "is_admin": roles.is_admin,
        "has_editions": form.fields["edition"].queryset.exists(),
    }
    if request.headers.get("HX-Target") == "jobs":  # the list asking for itself while something is running
        return render(request, "comments/releasing/exports.html#jobs", context)
    return render(request, "comments/releasing/exports.html", context, status=422 if form.is_bound else 200)


def _job(request: HttpRequest, uuid: str) -> Job:
    return get_object_or_404(jobs_visible_to(request.user).select_related("result"), uuid=uuid)


@login_required
@require_safe
def job_page(request: HttpRequest, uuid: str) -> HttpResponse:
    """Progress of a job; the page asks again by itself while it runs (htmx), or by its link without JavaScript."""
    job = _job(request, uuid)
    template = "comments/releasing/job.html#job" if request.headers.get("HX-Request") else "comments/releasing/job.html"
    return render(request, template, {"job": job})


@login_required
@require_safe
def job_file(request: HttpRequest, uuid: str) -> FileResponse:
    job = _job(request, uuid)
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
def job_cancellation(request: HttpRequest, uuid: str) -> HttpResponse:
    job = _job(request, uuid)
    try:
        job = cancel_job(job)
    except JobHasEnded:
        job.refresh_from_db()
    return respond(request, "comments/releasing/job.html#job", {"job": job}, to=f"/jobs/{job.uuid}/")
