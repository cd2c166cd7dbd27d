"""The desk where editions are frozen and released."""

from collections.abc import Sequence

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearing_portal.directory.access import require_admin
from hearing_portal.refusals import Refusal
from hearing_portal.web.http import AuthenticatedHttpRequest, respond
from manuals.models import Edition, EditionRelease

from ...deciding.queries.blockers import Blocker
from ..forms import FreezeForm
from ..presentation.gate import load_audience_releases, show_gates
from ..queries.gate import find_release_blockers
from ..services import ReleaseRefused, release_edition

GATE_PAGE = "comments/releasing/release_gate/page.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def editions(request: AuthenticatedHttpRequest) -> HttpResponse:
    """The list of editions and the form that freezes the working draft into a new one."""
    require_admin(request.user)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        job = form.save(by=request.user)
        return respond(request, "comments/releasing/job.html#job", {"job": job}, to=f"/jobs/{job.uuid}/")
    rows = Edition.objects.sealed().select_related("basis").prefetch_related("releases")
    context = {"form": form, "editions": rows}
    return render(request, "comments/releasing/editions.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def release_gate(request: AuthenticatedHttpRequest, code: str) -> HttpResponse:
    """What stands in the way of releasing this edition, each with a link."""
    require_admin(request.user)
    edition = get_object_or_404(Edition.objects.sealed(), code=code)
    blockers = find_release_blockers(edition)
    return render(request, GATE_PAGE, _load_gate_page(edition, blockers))


@login_required
@require_POST
def edition_releases(request: AuthenticatedHttpRequest, code: str) -> HttpResponse:
    """Release the edition to an audience; refused with the blockers (409) while something stands in the way."""
    require_admin(request.user)
    edition = get_object_or_404(Edition.objects.sealed(), code=code)
    audience = request.POST.get("audience", "")
    if audience not in EditionRelease.Audience.values:
        raise Refusal("โปรดเลือกว่าจะออกฉบับให้ใคร")
    try:
        release = release_edition(edition, audience, by=request.user)
    except ReleaseRefused as refused:
        context = _load_gate_page(edition, refused.blockers, refused.message_th)
        return render(request, GATE_PAGE, context, status=409)
    messages.success(request, f"ออก{edition.title}ให้{release.get_audience_display()}แล้ว")
    return respond(request, GATE_PAGE, _load_gate_page(edition, []), to="editions")


def _load_gate_page(edition: Edition, blockers: Sequence[Blocker], refusal: str = "") -> dict[str, object]:
    gates = show_gates(blockers)
    needs_gate = edition.kind == Edition.Kind.FINAL
    is_blocked = needs_gate and bool(blockers)
    return {
        "edition": edition,
        "gates": gates,
        "open_gates": sum(not gate.is_passed for gate in gates),
        "blockers": blockers,
        "needs_gate": needs_gate,
        "releases": load_audience_releases(edition, is_blocked=is_blocked),
        "refusal": refusal,
    }
