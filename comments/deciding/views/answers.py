"""A group's answers and their publication, the debts of promised drafts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.web.http import (
    AuthenticatedHttpRequest,
    NotVisible,
    require_permission,
    status_of,
)
from hearing_portal.web.redirects import go_on
from manuals.models import ClauseChange, Manual

from ...hearings.choosing import HearingChoice, choose_hearing, choose_hearing_by_id
from ...hearings.queries import GroupSessions, find_group_sessions
from ...models import Disposition, Hearing
from ...moderating.access import get_manual_at_desk
from ...permissions import can_publish_answers
from ..access import get_comment_to_decide
from ..forms.disposition import DraftingDebtForm
from ..forms.publishing import PublishingForm
from ..presentation.answers import load_group_answers, say_objection_time
from ..presentation.publishing import load_publishing_step
from ..queries.answers import count_addressees, identify_answers, published_answers
from ..services.clearing_debts import clear_drafting_debt
from ..services.publishing import (
    AnswersChanged,
    PublishingRefused,
    find_publication_of,
    find_publishable,
    publish_answers,
)
from ..services.ruling import DecisionRefused

NOT_PUBLISHER = "เผยแพร่ผลได้เฉพาะคณะทำงานยกร่างของกลุ่มงานนี้"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_answers(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """What is decided and what is missing; POST publishes all of the group's answers together, after a step that says
    what will happen."""
    manual = get_manual_at_desk(request.user, key)
    # A post names its hearing: which one is current may have changed since the page was opened
    choice = choose_hearing(request.POST.get("hearing", request.GET.get("hearing", "")))
    hearing = choice.hearing
    if hearing is None:
        return redirect("group-queue", manual.key)
    if request.method == "POST":
        require_permission(
            can_publish_answers(request.user, manual.work_group), NOT_PUBLISHER
        )
        return _publish(request, choice, hearing, manual)
    return _answers_page(request, choice, hearing, manual)


def _publish(
    request: AuthenticatedHttpRequest,
    choice: HearingChoice,
    hearing: Hearing,
    manual: Manual,
) -> HttpResponse:
    """What will happen is told first; it is done when that was confirmed."""
    group_sessions = find_group_sessions(hearing, manual.work_group)
    open_sessions = [session for session in group_sessions.sessions if session.is_open]
    form = PublishingForm(request.POST, open_sessions=open_sessions)
    is_valid = form.is_valid()
    is_confirmed = bool(form.cleaned_data["is_confirmed"])
    confirmed = form.cleaned_data.get("confirmed", "")
    refusal = ""
    status = 200
    if is_confirmed and (
        is_valid or find_publication_of(hearing, manual.work_group, confirmed)
    ):
        try:
            publication = publish_answers(
                hearing, manual.work_group, by=request.user, confirmed=confirmed
            )
        except AnswersChanged as changed:
            refusal = changed.message_th
            status = status_of(changed)
        except PublishingRefused as refused:
            return _answers_page(request, choice, hearing, manual, refused)
        else:
            addressees = count_addressees(published_answers(publication))
            objections = say_objection_time(
                hearing, addressees.comments, addressees.objectable
            )
            messages.success(
                request,
                f"เผยแพร่ผลแล้ว {addressees.comments:,} ความคิดเห็น {objections}",
            )
            return go_on(
                request, reverse("group-answers", args=[manual.key]) + choice.query
            )
    elif is_confirmed:
        status = 422
    if not is_confirmed:
        form = PublishingForm(open_sessions=open_sessions)
    return _confirming_page(
        request, choice, hearing, manual, group_sessions, form, refusal, status
    )


def _confirming_page(
    request: AuthenticatedHttpRequest,
    choice: HearingChoice,
    hearing: Hearing,
    manual: Manual,
    group_sessions: GroupSessions,
    form: PublishingForm,
    refusal: str,
    status: int,
) -> HttpResponse:
    """What will be published as things stand now, or why it cannot be."""
    try:
        told = identify_answers(find_publishable(hearing, manual.work_group))
    except PublishingRefused as refused:
        return _answers_page(request, choice, hearing, manual, refused)
    publishing = load_publishing_step(
        request.user,
        hearing,
        manual,
        group_sessions,
        confirmed=told,
        here=reverse("group-answers", args=[manual.key]) + choice.query,
        refusal=refusal,
    )
    context = {
        "manual": manual,
        "publishing": publishing,
        "step": publishing.step,
        "form": form,
    }
    return render(
        request,
        "comments/deciding/answers/confirm_publishing.html",
        context,
        status=status,
    )


def _answers_page(
    request: AuthenticatedHttpRequest,
    choice: HearingChoice,
    hearing: Hearing,
    manual: Manual,
    refused: PublishingRefused | None = None,
) -> HttpResponse:
    context = {
        "manual": manual,
        "choice": choice,
        "answers": load_group_answers(hearing, manual),
        "may_publish": can_publish_answers(request.user, manual.work_group),
        "refusal": refused.message_th if refused else "",
    }
    status = status_of(refused) if refused else 200
    return render(
        request, "comments/deciding/answers/page.html", context, status=status
    )


@login_required
@require_POST
def disposition_drafting(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """A later change of words keeps the promise to draft."""
    disposition = get_object_or_404(Disposition, pk=pk)
    answers = disposition.answers.filter(current=True).select_related("comment")
    answer = answers.order_by("pk").first()
    if answer is None:
        raise NotVisible
    comment = get_comment_to_decide(request.user, answer.comment.uuid)
    form = DraftingDebtForm(request.POST)
    if not form.is_valid():
        raise DecisionRefused("โปรดเลือกการแก้ถ้อยคำตามผลนี้")
    changes = ClauseChange.objects.filter(
        clause__section__manual=comment.entry.manual_id
    )
    change = get_object_or_404(changes, pk=form.cleaned_data["change"])
    clear_drafting_debt(disposition, change, by=request.user)
    messages.success(request, "บันทึกการแก้ถ้อยคำตามผลนี้แล้ว เรื่องนี้ยกร่างแล้ว")
    choice = choose_hearing_by_id(comment.session.hearing_id)
    return go_on(
        request,
        reverse("group-answers", args=[comment.entry.manual.key]) + choice.query,
    )
