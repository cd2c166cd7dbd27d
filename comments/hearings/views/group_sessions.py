"""Setting up the sessions of all groups on one page, in one act."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from hearing_portal.directory.access import require_admin
from hearing_portal.web.choices import Option
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest
from hearing_portal.web.redirects import see_other
from manuals.models import Edition, EditionRelease

from ..choosing import choose_hearing
from ..forms.group_sessions import GroupSessionsForm
from ..queries import drafts_free_for, find_group_readiness
from .announcing import without_edition, without_hearing

TEMPLATE = "comments/hearings/group_sessions/page.html"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_sessions(request: AuthenticatedHttpRequest) -> HttpResponse:
    """`?hearing=` and `?edition=` say for what; without an edition it is the newest draft that the hearing may use."""
    require_admin(request.user)
    hearing = choose_hearing(request.GET.get("hearing", "")).hearing
    if hearing is None:
        return without_hearing(request)
    editions = list(drafts_free_for(hearing))
    edition: Edition | None = next(iter(editions), None)
    if request.GET.get("edition"):
        edition = get_object_or_404(
            Edition.objects.sealed(), code=request.GET["edition"]
        )
    if edition is None:
        return without_edition(request, hearing)
    form = GroupSessionsForm(
        posted_data(request),
        hearing=hearing,
        edition=edition,
        readiness=find_group_readiness(hearing, edition),
        is_readable=EditionRelease.objects.filter(edition=edition).exists(),
    )
    if form.is_valid():
        made = form.save(by=request.user)
        if made is not None:
            number = len(made)
            if number:
                messages.success(request, f"ตั้งเวทีแล้ว {number} เวที")
            else:
                messages.warning(request, "กลุ่มที่เลือกมีเวทีประเภทนี้ในฉบับนี้อยู่แล้ว จึงไม่ได้ตั้งเพิ่ม")
            return see_other(reverse("hearing-edit", args=[hearing.key]))
    context = {
        "hearing": hearing,
        "edition": edition,
        "edition_options": [Option(each.code, each.title) for each in editions],
        "form": form,
    }
    return render(request, TEMPLATE, context, status=form_status(form))
