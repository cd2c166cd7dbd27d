"""The desk where editions are frozen and released."""

from collections import Counter

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from hearing_portal.directory.access import require_admin
from hearing_portal.refusals import Refusal
from hearing_portal.web.http import respond
from manuals.models import Edition, EditionRelease

from ...deciding.queries.blockers import Blocker
from ...deciding.services.publishing import PublishingRefused
from ..forms import FreezeForm
from ..gate import release_blockers
from ..services import release_edition


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def editions(request: HttpRequest) -> HttpResponse:
    """The list of editions and the form that freezes the working draft into a new one."""
    require_admin(request.user)
    form = FreezeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        job = form.save(by=request.user)
        return respond(request, "comments/releasing/job.html#job", {"job": job}, to=f"/jobs/{job.uuid}/")
    rows = Edition.objects.sealed().select_related("basis").prefetch_related("releases")
    context = {"form": form, "editions": rows}
    return render(request, "comments/releasing/editions.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def release_gate(request: HttpRequest, code: str) -> HttpResponse:
    """What stands in the way of releasing this edition, each with its place."""
    require_admin(request.user)
    edition = get_object_or_404(Edition.objects.sealed(), code=code)
    return render(request, "comments/releasing/release_gate.html", _gate_context(edition, release_blockers(edition)))


# Every gate a final edition passes, in the order of product.md; its name, and the word on its way out
GATES = {
    "unpublished": "ความเห็นมีผลที่เผยแพร่แล้ว",
    "objection": "ข้อโต้แย้งพิจารณาแล้ว",
    "objection_time": "พ้นกำหนดโต้แย้ง",
    "to_draft": "เรื่องที่รับไว้ยกร่างแล้ว",
    "repealed": "ไม่อ้างกฎหมายที่ยกเลิกแล้ว",
    "missing_part": "กระบวนงานมีส่วนบังคับครบ",
    "broken_reference": "การอ้างเลขข้อถูกต้อง",
}
SHOWN = 100  # of one gate; the others show up when these are done


def _gate_context(edition: Edition, blockers: list[Blocker], refusal: str = "") -> dict[str, object]:
    """`gates`: (name, all that blocks it, how many of which group), those that are passed too."""
    kinds = [*GATES, *sorted({blocker.kind for blocker in blockers} - GATES.keys())]
    rows_of = {kind: [row for row in blockers if row.kind == kind] for kind in kinds}
    gates = [
        (GATES.get(kind, "เรื่องอื่น"), rows, Counter(row.group for row in rows).most_common())
        for kind, rows in rows_of.items()
    ]
    releases = {release.audience: release for release in edition.releases.select_related("by")}
    return {
        "edition": edition,
        "gates": gates,
        "open_gates": sum(1 for _, rows, _ in gates if rows),
        "blockers": blockers,
        "shown": SHOWN,
        "needs_gate": edition.kind == Edition.Kind.FINAL,
        "audiences": [(value, label, releases.get(value)) for value, label in EditionRelease.Audience.choices],
        "refusal": refusal,
    }


@login_required
@require_POST
def edition_releases(request: HttpRequest, code: str) -> HttpResponse:
    """Release the edition to an audience; refused with the blockers (409) while something stands in the way."""
    require_admin(request.user)
    edition = get_object_or_404(Edition.objects.sealed(), code=code)
    audience = request.POST.get("audience", "")
    if audience not in EditionRelease.Audience.values:
        raise Refusal("โปรดเลือกว่าจะออกฉบับให้ใคร")
    try:
        release = release_edition(edition, audience, by=request.user)
    except PublishingRefused as refused:
        context = _gate_context(edition, refused.blockers, refused.message_th)
        return render(request, "comments/releasing/release_gate.html", context, status=409)
    messages.success(request, f"ออก{edition.title}ให้{release.get_audience_display()}แล้ว")
    return respond(request, "comments/releasing/release_gate.html", _gate_context(edition, []), to="editions")
