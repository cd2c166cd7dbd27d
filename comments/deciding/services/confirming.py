"""The second person, who agrees to a refusal before it is published."""

from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import RefusalKind

from ...acts import CONFIRMED, about_comment
from ...models import Disposition
from .ruling import DecisionRefused


def confirm_disposition(disposition: Disposition, *, by: User) -> Disposition:
    """The second person's agreement to a refusal; safe to repeat. Raises DecisionRefused."""
    with act(by=by) as done:
        disposition = Disposition.objects.select_for_update(of=("self",)).get(
            pk=disposition.pk
        )
        if disposition.confirmed_by_id is not None:
            return disposition
        if disposition.outcome != Disposition.Outcome.NOT_ACCEPTED:
            raise DecisionRefused("ผลนี้ไม่ต้องมีผู้ยืนยันคนที่สอง", kind=RefusalKind.CONFLICT)
        if disposition.decided_by_id == by.pk:
            message = "ผู้พิจารณายืนยันผลของตนเองไม่ได้ โปรดให้ผู้ยกร่างหรือผู้ดำเนินเวทีอีกคนยืนยัน"
            raise DecisionRefused(message, kind=RefusalKind.CONFLICT)
        current = disposition.answers.filter(current=True).select_related(
            "comment__entry__manual"
        )
        answer = current.order_by("pk").first()
        if answer is None:
            raise DecisionRefused(
                "ผลนี้มีผลใหม่แทนแล้ว โปรดเปิดหน้านี้อีกครั้งเพื่อดูผลล่าสุด", kind=RefusalKind.CONFLICT
            )
        disposition.confirmed_by = by
        disposition.confirmed_at = timezone.now()
        disposition.save(update_fields=["confirmed_by", "confirmed_at"])
        done.record(
            CONFIRMED, about_comment(answer.comment), detail=disposition.outcome
        )
    return disposition
