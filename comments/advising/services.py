"""Asking somebody for advice on a comment, and taking that back."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind

from ..acts import ADVICE_ASKED, ADVICE_RECALLED, about_comment
from ..models import AdviceRecall, AdviceRequest, Comment, Moderation
from .queries import find_advisers


class AdviceRefused(Refusal):
    """Advice on the comment cannot be asked for."""


def ask_advice(
    comment: Comment, asked: User, *, question: str = "", by: User
) -> AdviceRequest:
    """The comment waits for the person's advice. Nobody has read it by it: its author may go on writing. The same asked
    twice is one. Raises AdviceRefused."""
    question = question.strip()
    with act(by=by) as done:
        rows = Comment.objects.select_for_update(of=("self",))
        comment = rows.select_related("entry__manual__work_group").get(pk=comment.pk)
        _require_askable(comment, asked, by)
        waiting = AdviceRequest.objects.waiting().filter(
            comment=comment, asked=asked, question=question
        )
        request = waiting.first()
        if request is None:
            request = AdviceRequest.objects.create(
                comment=comment, asked=asked, question=question, by=by
            )
            if not AdviceRequest.objects.waiting().filter(pk=request.pk).exists():
                raise AdviceRefused(
                    "ความคิดเห็นนี้มีผลแล้วหรือผู้เสนอถอนแล้ว จึงไม่ต้องขอคำแนะนำ",
                    kind=RefusalKind.CONFLICT,
                )
            done.record(ADVICE_ASKED, about_comment(comment))
    return request


def recall_request(request: AdviceRequest, *, by: User) -> AdviceRecall:
    """Only who asked takes it back, while it waits. The same again is one. Raises AdviceRefused."""
    with act(by=by) as done:
        # As asking and advising do: nobody advises while it is taken back
        Comment.objects.select_for_update(of=("self",)).get(pk=request.comment_id)
        rows = AdviceRequest.objects.select_related("comment__entry__manual")
        request = rows.get(pk=request.pk)
        if request.by_id != by.pk:
            raise AdviceRefused("ยกเลิกได้เฉพาะผู้ที่ขอคำแนะนำนี้", kind=RefusalKind.FORBIDDEN)
        recalled = AdviceRecall.objects.filter(request=request).first()
        if recalled is not None:
            return recalled
        if not AdviceRequest.objects.waiting().filter(pk=request.pk).exists():
            raise AdviceRefused(
                "ผู้ให้คำแนะนำตอบแล้ว หรือความคิดเห็นนี้มีผลแล้ว จึงไม่มีคำขอให้ยกเลิก",
                kind=RefusalKind.CONFLICT,
            )
        done.record(ADVICE_RECALLED, about_comment(request.comment))
        return AdviceRecall.objects.create(request=request, by=by)


def _require_askable(comment: Comment, asked: User, by: User) -> None:
    if comment.parent_id is not None:
        raise AdviceRefused("ความคิดเห็นตอบกลับไม่มีผลการพิจารณาของตนเอง")
    if asked == by:
        raise AdviceRefused("โปรดเลือกผู้อื่นเป็นผู้ให้คำแนะนำ", field="asked")
    if asked not in find_advisers(comment.entry.manual.work_group):
        raise AdviceRefused(
            "ผู้ที่เลือกไม่ได้เป็นผู้ทรงคุณวุฒิหรือผู้แทนสำนักส่วนกลางของกลุ่มงานนี้แล้ว โปรดเลือกใหม่",
            field="asked",
        )
    latest = Moderation.objects.filter(comment=comment).order_by("-pk").first()
    if latest is not None and latest.visibility != Moderation.Visibility.SHOWN:
        raise AdviceRefused(
            "ผู้ให้คำแนะนำอ่านได้เฉพาะความคิดเห็นที่แสดงแล้ว โปรดแสดงความคิดเห็นนี้ก่อน"
        )
