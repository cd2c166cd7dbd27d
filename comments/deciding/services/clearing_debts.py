"""Clearing a promise to draft, and what is owed for lost words, by the change of words that keeps it."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import RefusalKind
from manuals.models import ClauseChange

from ...models import ChangeCause, Disposition
from ...standing.queries.counted_causes import current_answers, find_counted_causes
from .ruling import DecisionRefused


def clear_drafting_debt(
    disposition: Disposition, change: ClauseChange, *, by: User
) -> ChangeCause:
    """Tie a later change of words to the decision that promised it; the debt is open while it has no change.

    Raises DecisionRefused.
    """
    with act(by=by):
        disposition = Disposition.objects.select_for_update(of=("self",)).get(
            pk=disposition.pk
        )
        if disposition.effect != Disposition.Effect.TO_DRAFT:
            raise DecisionRefused("ผลนี้ไม่มีการยกร่างที่รอดำเนินการ")
        if change.revision.date_created < disposition.decided_at:
            raise DecisionRefused("การแก้ถ้อยคำนี้เกิดก่อนผลการพิจารณา จึงไม่ใช่การยกร่างตามผลนี้")
        if ChangeCause.objects.filter(change=change).exists():
            message = "การแก้ถ้อยคำนี้เป็นของผลอื่นแล้ว โปรดเลือกการแก้ครั้งอื่น"
            raise DecisionRefused(message, kind=RefusalKind.CONFLICT)
        return ChangeCause.objects.create(
            change=change, ended_in=change, disposition=disposition
        )


def bring_words_back(
    cause: ChangeCause, change: ClauseChange, *, by: User
) -> list[ChangeCause]:
    """Tie a later change of words to the decision whose adopted words were lost, and to each that was carried along
    with it: other words of now may stand for them."""
    with act(by=by):
        alike = find_counted_causes(current_answers).filter(
            change=cause.change_id, amendment=cause.amendment_id
        )
        anew = []
        for each in alike.exclude(disposition__changes__change=change).order_by("pk"):
            anew.append(
                ChangeCause.objects.create(
                    change=change,
                    ended_in=change,
                    disposition_id=each.disposition_id,
                    amendment_id=each.amendment_id,
                )
            )
    return anew
