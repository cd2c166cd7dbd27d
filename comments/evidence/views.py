"""Asking for an evidence pack, and verifying one."""

import json

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from hearing_portal.directory.access import require_admin
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.signing_key import key_fingerprint, public_key
from hearing_portal.web.http import AuthenticatedHttpRequest, respond
from manuals.models import Edition

from ..hearings.choosing import choose_hearing


@login_required
@require_POST
def evidence_pack(request: AuthenticatedHttpRequest, code: str) -> HttpResponse:
    """Of an edition and the hearing whose comments went into it."""
    require_admin(request.user)
    edition = get_object_or_404(Edition.objects.sealed(), code=code)
    choice = choose_hearing(request.POST.get("hearing", ""))
    params = {
        "edition": edition.code,
        "hearing": choice.hearing.key if choice.hearing is not None else "",
    }
    job = enqueue_job("make_evidence_pack", params, request.user, joins_running=False)
    return respond(
        request,
        "comments/releasing/job.html#job",
        {"job": job},
        to=f"/jobs/{job.uuid}/",
    )


@require_safe
def pack_verification(request: HttpRequest) -> HttpResponse:
    """For everybody: the browser verifies a pack, against the key of this installation."""
    context = {
        "fingerprint": key_fingerprint(),
        "key": json.dumps(public_key()),
    }
    return render(request, "comments/evidence/verify.html", context)
