"""The second person, who agrees to a refusal before it is published: to each that they read, and to no other."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils import timezone

from hearing_portal.acts.services import RunningAct, act
from hearing_portal.directory.models import User
from hearing_portal.refusals import RefusalKind

from ...acts import CONFIRMED, about_comment
from ...models import Answer, Disposition
from .ruling import DecisionRefused, name_comments


@dataclass(frozen=True, slots=True)
class Confirmation:
    """What one act confirmed, and what somebody had confirmed before it."""

    now: list[Disposition]
    before: list[Disposition]


def confirm_refusals(shown: Mapping[int, Collection[int]], *, by: User) -> Confirmation:
    """The second person's agreement to refusals, all of them or none; safe to repeat. `shown` says of each which of
    its answers the person had before them ({disposition id: answer ids}): one refusal may answer several comments, and
    one decided since has other answers.

    Raises DecisionRefused."""
    with act(by=by) as done:
        rows = Disposition.objects.select_for_update(of=("self",))
        rows = rows.select_related("confirmed_by").filter(pk__in=list(shown))
        confirmation = Confirmation([], [])
        for refusal in rows.order_by("pk"):
            if refusal.confirmed_by_id is None:
                _confirm(refusal, shown[refusal.pk], by, done)
                confirmation.now.append(refusal)
            else:
                confirmation.before.append(refusal)
    return confirmation


def _confirm(
    refusal: Disposition, shown: Collection[int], by: User, done: RunningAct
) -> None:
    answers = list(refusal.answers.select_related("comment__entry__manual"))
    current = [answer for answer in answers if answer.current]
    _require_confirmable(refusal, answers, current, by)
    unseen = [answer.comment for answer in current if answer.pk not in set(shown)]
    if unseen:
        raise DecisionRefused(
            f"ผลนี้ใช้กับ{name_comments(unseen)} ด้วย ซึ่งหน้าที่ท่านเปิดไม่ได้แสดง "
            "โปรดเปิดหน้าผลที่รอผู้ยืนยันคนที่สอง ตรวจทุกความคิดเห็นแล้วจึงยืนยัน",
            kind=RefusalKind.CONFLICT,
        )
    refusal.confirmed_by = by
    refusal.confirmed_at = timezone.now()
    refusal.save(update_fields=["confirmed_by", "confirmed_at"])
    done.record(CONFIRMED, about_comment(current[0].comment), detail=refusal.outcome)


def _require_confirmable(
    refusal: Disposition, answers: list[Answer], current: list[Answer], by: User
) -> None:
    named = name_comments([answer.comment for answer in current or answers])
    if refusal.outcome != Disposition.Outcome.NOT_ACCEPTED:
        raise DecisionRefused(
            f"ผลของ{named} ไม่ต้องมีผู้ยืนยันคนที่สอง", kind=RefusalKind.CONFLICT
        )
    if refusal.decided_by_id == by.pk:
        raise DecisionRefused(
            f"ผู้พิจารณายืนยันผลของตนเองไม่ได้ โปรดให้ผู้ยกร่างหรือผู้ดำเนินเวทีอีกคนยืนยันผลของ{named}",
            kind=RefusalKind.CONFLICT,
        )
    if not current:
        raise DecisionRefused(
            f"ผลของ{named} มีผลใหม่แทนแล้ว โปรดเปิดหน้านี้อีกครั้งเพื่อดูผลล่าสุด",
            kind=RefusalKind.CONFLICT,
        )
