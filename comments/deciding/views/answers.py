"""The second person, a group's answers and their publication, the debts of promised drafts."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from hearing_portal.web.http import NotVisible, require_permission, status_of
from hearing_portal.web.redirects import go_on
from manuals.models import ClauseChange

from ...hearings.queries import find_current_hearing
from ...limits import OBJECTION_DAYS
from ...models import Disposition
from ...moderating.access import get_comment_at_desk, get_manual_at_desk
from ...permissions import can_confirm, can_decide, can_publish_answers
from ..access import NOT_DRAFTER
from ..forms import DebtForm
from ..presentation.answers import load_group_answers
from ..services.publishing import PublishingRefused, publish_answers
from ..services.ruling import DecisionRefused, clear_drafting_debt, confirm_disposition


@login_required
@require_POST
def disposition_confirmation(request: HttpRequest, pk: int) -> HttpResponse:
    """The second person's agreement to a refusal."""
    disposition = get_object_or_404(Disposition, pk=pk)
    first = disposition.answers.select_related("comment").order_by("-current", "pk").first()
    if first is None:
        raise NotVisible
    comment = get_comment_at_desk(request.user, first.comment.uuid)
    message = "ผู้ตัดสินยืนยันผลของตนเองไม่ได้ ต้องเป็นผู้ยกร่างหรือผู้ดำเนินเวทีอีกคนของกลุ่มงานนี้"
    require_permission(can_confirm(request.user, disposition, comment.entry.manual.work_group), message)
    confirm_disposition(disposition, by=request.user)
    messages.success(request, "ยืนยันผล “ไม่รับ” แล้ว")
    return go_on(request, f"{reverse('group-queue', args=[comment.entry.manual.key])}?comment={comment.uuid}")


# -- publishing


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def group_answers(request: HttpRequest, key: str) -> HttpResponse:
    """What is decided and what is missing; POST publishes all of the group's answers together."""
    manual = get_manual_at_desk(request.user, key)
    hearing = find_current_hearing()
    if hearing is None:
        return redirect("group-queue", manual.key)
    refusal, status = "", 200
    if request.method == "POST":
        message = "เผยแพร่ผลได้เฉพาะคณะทำงานยกร่างของกลุ่มงานนี้"
        require_permission(can_publish_answers(request.user, manual.work_group), message)
        try:
            publication = publish_answers(hearing, manual.work_group, by=request.user)
        except PublishingRefused as refused:
            refusal, status = refused.message_th, status_of(refused)
        else:
            number = publication.dispositions.count()
            messages.success(request, f"เผยแพร่ผลแล้ว {number} เรื่อง ผู้เสนอโต้แย้งได้ภายใน {OBJECTION_DAYS} วัน")
            return go_on(request, reverse("group-answers", args=[key]))
    context = {
        "manual": manual,
        "answers": load_group_answers(hearing, manual.work_group),
        "may_publish": can_publish_answers(request.user, manual.work_group),
        "refusal": refusal,
    }
    return render(request, "comments/deciding/answers/page.html", context, status=status)


@login_required
@require_POST
def disposition_drafting(request: HttpRequest, pk: int) -> HttpResponse:
    """A later change of words keeps the promise to draft."""
    disposition = get_object_or_404(Disposition, pk=pk)
    first = disposition.answers.filter(current=True).select_related("comment").order_by("pk").first()
    if first is None:
        raise NotVisible
    comment = get_comment_at_desk(request.user, first.comment.uuid)
    require_permission(can_decide(request.user, comment.entry.manual.work_group), NOT_DRAFTER)
    form = DebtForm(request.POST)
    if not form.is_valid():
        raise DecisionRefused("โปรดเลือกการแก้ถ้อยคำที่ทำตามผลนี้")
    changes = ClauseChange.objects.filter(clause__section__manual=comment.entry.manual_id)
    change = get_object_or_404(changes, pk=form.cleaned_data["change"])
    clear_drafting_debt(disposition, change, by=request.user)
    messages.success(request, "ผูกการแก้ถ้อยคำกับผลแล้ว เรื่องนี้ไม่ค้างยกร่างอีก")
    return go_on(request, reverse("group-answers", args=[comment.entry.manual.key]))
