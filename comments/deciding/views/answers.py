"""The second person, a group's answers and their publication, the debts of promised drafts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.web.http import AuthenticatedHttpRequest, NotVisible, require_permission, status_of
from hearing_portal.web.redirects import go_on
from manuals.models import ClauseChange

from ...hearings.queries import find_current_hearing
from ...limits import OBJECTION_DAYS
from ...links import desk_url
from ...models import Disposition
from ...moderating.access import get_comment_at_desk, get_manual_at_desk
from ...permissions import can_confirm, can_publish_answers
from ..access import get_comment_to_decide
from ..forms.disposition import DraftingDebtForm
from ..presentation.answers import load_group_answers
from ..services.clearing_debts import clear_drafting_debt
from ..services.confirming import confirm_disposition
from ..services.publishing import PublishingRefused, publish_answers
from ..services.ruling import DecisionRefused

NOT_SECOND_PERSON = "ผู้ตัดสินยืนยันผลของตนเองไม่ได้ ต้องเป็นผู้ยกร่างหรือผู้ดำเนินเวทีอีกคนของกลุ่มงานนี้"
NOT_PUBLISHER = "เผยแพร่ผลได้เฉพาะคณะทำงานยกร่างของกลุ่มงานนี้"


@login_required
@require_POST
def disposition_confirmation(request: AuthenticatedHttpRequest, pk: int) -> HttpResponse:
    """The second person's agreement to a refusal."""
    disposition = get_object_or_404(Disposition, pk=pk)
    answers = disposition.answers.select_related("comment").order_by("-current", "pk")
    answer = answers.first()
    if answer is None:
        raise NotVisible
    comment = get_comment_at_desk(request.user, answer.comment.uuid)
    group = comment.entry.manual.work_group
    require_permission(can_confirm(request.user, disposition, group), NOT_SECOND_PERSON)
    confirm_disposition(disposition, by=request.user)
    messages.success(request, "ยืนยันผล “ไม่รับ” แล้ว")
    return go_on(request, desk_url(comment))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_answers(request: AuthenticatedHttpRequest, key: str) -> HttpResponse:
    """What is decided and what is missing; POST publishes all of the group's answers together."""
    manual = get_manual_at_desk(request.user, key)
    hearing = find_current_hearing()
    if hearing is None:
        return redirect("group-queue", manual.key)
    may_publish = can_publish_answers(request.user, manual.work_group)
    refusal = ""
    status = 200
    if request.method == "POST":
        require_permission(may_publish, NOT_PUBLISHER)
        try:
            publication = publish_answers(hearing, manual.work_group, by=request.user)
        except PublishingRefused as refused:
            refusal = refused.message_th
            status = status_of(refused)
        else:
            number = publication.dispositions.count()
            messages.success(request, f"เผยแพร่ผลแล้ว {number} เรื่อง ผู้เสนอโต้แย้งได้ภายใน {OBJECTION_DAYS} วัน")
            return go_on(request, reverse("group-answers", args=[key]))
    context = {
        "manual": manual,
        "answers": load_group_answers(hearing, manual.work_group),
        "may_publish": may_publish,
        "refusal": refusal,
    }
    return render(request, "comments/deciding/answers/page.html", context, status=status)


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
        raise DecisionRefused("โปรดเลือกการแก้ถ้อยคำที่ทำตามผลนี้")
    changes = ClauseChange.objects.filter(clause__section__manual=comment.entry.manual_id)
    change = get_object_or_404(changes, pk=form.cleaned_data["change"])
    clear_drafting_debt(disposition, change, by=request.user)
    messages.success(request, "ผูกการแก้ถ้อยคำกับผลแล้ว เรื่องนี้ไม่ค้างยกร่างอีก")
    return go_on(request, reverse("group-answers", args=[comment.entry.manual.key]))
