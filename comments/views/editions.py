"""The desk where editions are frozen and released."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearing_portal.http import answer, require
from manuals.models import Edition, EditionRelease

from ..forms.administering import FreezeForm
from ..permissions import can_administer
from ..services.publishing import PublishingRefused, release_blockers, release_edition

ONLY_ADMINS = "หน้านี้สำหรับผู้ดูแลระบบ"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def editions(request: HttpRequest) -> HttpResponse:
    """The list of editions and the form that freezes the working draft into a new one."""
    require(can_administer(request.user), ONLY_ADMINS)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        job = form.save(by=request.user)
        return answer(request, "comments/job.html#job", {"job": job}, to=f"/jobs/{job.uuid}/")
    rows = Edition.objects.sealed().select_related("basis").prefetch_related("releases")
    context = {"form": form, "editions": rows}
    return render(request, "comments/editions.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def release_gate(request: HttpRequest, code: str) -> HttpResponse:
    """What stands in the way of releasing this edition, each with its place."""
    require(can_administer(request.user), ONLY_ADMINS)
    edition = get_object_or_404(Edition.objects.sealed(), code=code)
    context = {"edition": edition, "blockers": release_blockers(edition), "releases": edition.releases.all()}
    return render(request, "comments/release_gate.html", context)


@login_required
@require_POST
def edition_releases(request: HttpRequest, code: str) -> HttpResponse:
    """Release the edition to an audience; refused with the blockers (409) while something stands in the way."""
    require(can_administer(request.user), ONLY_ADMINS)
    edition = get_object_or_404(Edition.objects.sealed(), code=code)
    audience = request.POST.get("audience", "")
    require(audience in EditionRelease.Audience.values, "โปรดเลือกว่าจะออกฉบับให้ใคร")
    try:
        release = release_edition(edition, audience, by=request.user)
    except PublishingRefused as refused:
        context = {
            "edition": edition,
            "blockers": refused.blockers,
            "releases": edition.releases.all(),
            "refusal": refused.message_th,
        }
        return render(request, "comments/release_gate.html", context, status=409)
    messages.success(request, f"ออก{edition.title}ให้{release.get_audience_display()}แล้ว")
    return answer(request, "comments/release_gate.html#releases", {"releases": edition.releases.all()}, to="editions")
