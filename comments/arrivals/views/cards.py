"""The cards of a hearing, for the administrators: making them, and calling one back."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.directory.access import require_admin
from hearing_portal.directory.models import WorkGroup
from hearing_portal.jobs.services import enqueue_job
from hearing_portal.postgres.search_forms import having_terms
from hearing_portal.web.forms import form_status, posted_data
from hearing_portal.web.http import AuthenticatedHttpRequest
from hearing_portal.web.redirects import see_other

from ...hearings.access import get_hearing
from ...models import InvitationCard
from ..forms import CardsForm, FindPersonForm
from ..presentation import show_card
from ..queries import standing_cards
from ..services import recall_card

SHOWN = 100


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def cards(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """The cards that stand; POST asks for new ones of a group, which call back those its people had."""
    require_admin(request.user)
    hearing = get_hearing(key)
    groups = list(WorkGroup.objects.valid_on(hearing.opens_on))
    form = CardsForm(posted_data(request), groups=groups)
    if form.is_valid():
        params = {
            "hearing": hearing.key,
            "whom": form.cleaned_data["whom"],
            "most_uses": form.most_uses,
        }
        job = enqueue_job("make_cards", params, request.user)
        return see_other(reverse("job", args=[job.uuid]))
    finding = FindPersonForm(request.GET)
    typed = finding.cleaned_data["find"] if finding.is_valid() else ""
    found = having_terms(
        standing_cards(hearing),
        typed,
        "person__title",
        "person__given_name",
        "person__family_name",
        "person__office__short_name",
    )
    context = {
        "hearing": hearing,
        "form": form,
        "finding": finding,
        "cards": [show_card(card) for card in found[:SHOWN]],
        "number": found.count(),
        "shown": SHOWN,
    }
    status = form_status(form)
    return render(request, "comments/arrivals/cards.html", context, status=status)


@login_required
@require_POST
def card_recall(request: AuthenticatedHttpRequest, uuid: UUID) -> HttpResponse:
    require_admin(request.user)
    cards = InvitationCard.objects.select_related("hearing", "person")
    card = get_object_or_404(cards, uuid=uuid)
    recall_card(card, by=request.user)
    messages.success(
        request,
        f"เรียกคืนบัตรเลขที่ {card.pk} แล้ว เครื่องที่เข้าสู่ระบบด้วยบัตรนี้ออกจากระบบทันที",
    )
    return see_other(reverse("cards", args=[card.hearing.key]))
