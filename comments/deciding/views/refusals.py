"""The second person: refusals are read with all that they answer, and confirmed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    read_id,
    refuse_in_form,
    require_permission,
)
from hearing_portal.web.redirects import go_on
from manuals.models import Manual

from ...hearings.choosing import HearingChoice, choose_hearing
from ...links import desk_url
from ...models import Disposition
from ...moderating.access import get_comment_at_desk, get_manual_at_desk
from ...permissions import can_confirm
from ..forms.refusals import ConfirmationForm
from ..presentation.messages import say_confirmed_before
from ..presentation.refusals import load_refusals_page
from ..services.confirming import Confirmation, confirm_refusals
from ..services.ruling import DecisionRefused

NOT_SECOND_PERSON = "ผู้พิจารณายืนยันผลของตนเองไม่ได้ ต้องเป็นผู้ยกร่างหรือผู้ดำเนินเวทีอีกคนของกลุ่มงานนี้"


@login_required
@require_POST
def disposition_confirmation(
    request: AuthenticatedHttpRequest, pk: int
) -> HttpResponse:
    """From the desk, where a refusal of one comment stands beside it."""
    disposition = get_object_or_404(Disposition, pk=pk)
    answers = disposition.answers.select_related("comment").order_by("-current", "pk")
    answer = answers.first()
    if answer is None:
        raise NotVisible
    comment = get_comment_at_desk(request.user, answer.comment.uuid)
    group = comment.entry.manual.work_group
    require_permission(can_confirm(request.user, disposition, group), NOT_SECOND_PERSON)
    form = ConfirmationForm(request.POST)
    shown = form.cleaned_data["confirm"] if form.is_valid() else {}
    _tell(request, confirm_refusals({pk: shown.get(pk, ())}, by=request.user))
    return go_on(request, desk_url(comment))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_refusals(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """What waits at the desk for a second person; POST confirms those that were ticked."""
    manual = get_manual_at_desk(request.user, key)
    choice = choose_hearing(request.GET.get("hearing", ""))
    if choice.hearing is None:
        return redirect("group-queue", manual.key)
    if request.method != "POST":
        return _page(request, choice, manual)
    form = ConfirmationForm(request.POST)
    status = 422
    if form.is_valid():
        shown = form.cleaned_data["confirm"]
        _require_of_manual(shown, manual)
        try:
            confirmation = confirm_refusals(shown, by=request.user)
        except DecisionRefused as refused:
            status = refuse_in_form(form, refused)
        else:
            _tell(request, confirmation)
            return go_on(
                request, reverse("group-refusals", args=[manual.key]) + choice.query
            )
    return _page(request, choice, manual, form, status)


def _tell(request: AuthenticatedHttpRequest, confirmation: Confirmation) -> None:
    """What was done before is not said to be done now: a second press, or two people with the same page."""
    number = len(confirmation.now)
    if number:
        messages.success(request, f"ยืนยันผล “ไม่เห็นชอบตามที่เสนอ” แล้ว {number} ผล")
    for words in say_confirmed_before(confirmation.before, request.user):
        messages.info(request, words)


def _require_of_manual(shown: dict[int, list[int]], manual: Manual) -> None:
    """Raises NotVisible where one of them does not lie at this desk."""
    here = Disposition.objects.filter(
        pk__in=list(shown), answers__comment__entry__manual=manual
    )
    if here.distinct().count() != len(shown):
        raise NotVisible


def _page(
    request: AuthenticatedHttpRequest,
    choice: HearingChoice,
    manual: Manual,
    form: ConfirmationForm | None = None,
    status: int = 200,
) -> HttpResponse:
    if choice.hearing is None:
        raise NotVisible
    only = read_id(request.GET.get("disposition", "")) or None
    page = load_refusals_page(
        choice.hearing, manual, request.user, request.GET.get("page"), only
    )
    context = {
        "manual": manual,
        "choice": choice,
        "page": page,
        "form": form or ConfirmationForm(),
    }
    return render(
        request, "comments/deciding/refusals/page.html", context, status=status
    )
