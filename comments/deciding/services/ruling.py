"""Deciding comments: the ruling, its checks, the second person, the debt of a promised draft."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from hearing_portal.acts.services import RunningAct, act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind
from manuals.models import ClauseChange, EditionEntry

from ...acts import CONFIRMED, DECIDED, about_comment
from ...limits import REASON_MINIMUM
from ...models import Amendment, Answer, ChangeCause, Comment, Disposition, Objection

Outcome, Effect, Op = Disposition.Outcome, Disposition.Effect, Amendment.Op
ACCEPTING = (Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_CHANGES)


class DecisionRefused(Refusal):
    """The decision lacks something or comes too late; the form keeps what was written. `field` names what the Ruling
    (or the adoption's reason) lacks, where it is one thing."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What is decided, before it is a row."""

    outcome: str
    reason: str = ""
    effect: str = Effect.NONE
    points_to: EditionEntry | None = None
    referred_to: str = ""
    assignee: User | None = None
    due: date | None = None


def decide_comments(comments: Sequence[Comment], ruling: Ruling, *, by: User) -> Disposition:
    """A decision that changes no words now. Duplicates share it: every comment given gets the same answer.

    Raises DecisionRefused when something is missing, when an answer was published and nobody objected, or when
    words changed by the answer of before would be left without a cause.
    """
    if ruling.effect == Effect.CHANGED:
        raise DecisionRefused("ผลนี้ต้องแก้ถ้อยคำพร้อมกัน โปรดใช้ “รับและแก้ถ้อยคำ”")
    check_ruling(ruling)
    with act(by=by, reason=ruling.reason) as done:
        locked = lock_comments_to_decide([comment.pk for comment in comments])
        if ruling.outcome not in ACCEPTING:
            _keep_words_explained(locked.comments)
        return write_disposition(ruling, locked, by, done)


def check_ruling(ruling: Ruling) -> None:
    if ruling.outcome not in Outcome.values:
        raise DecisionRefused("โปรดเลือกผลการพิจารณา", field="outcome")
    if ruling.outcome == Outcome.WITHDRAWN:
        raise DecisionRefused("การถอนเป็นสิทธิของผู้แสดงความเห็นเท่านั้น")
    needs_reason = ruling.outcome != Outcome.ACCEPTED or ruling.effect == Effect.NO_TEXT_CHANGE
    if needs_reason and len(ruling.reason.strip()) < REASON_MINIMUM:
        raise DecisionRefused(f"โปรดเขียนเหตุผลอย่างน้อย {REASON_MINIMUM} ตัวอักษร ผู้เสนอจะได้อ่านเหตุผลนี้", field="reason")
    if ruling.outcome in ACCEPTING and ruling.effect == Effect.NONE:
        raise DecisionRefused("เมื่อรับแล้ว โปรดบอกว่าแก้ถ้อยคำ ไม่ต้องแก้เพราะเหตุใด หรือให้ใครยกร่างภายในวันใด", field="effect")
    if ruling.outcome not in ACCEPTING and ruling.effect != Effect.NONE:
        raise DecisionRefused("ผลนี้ไม่เปลี่ยนถ้อยคำ จึงเลือกผลต่อถ้อยคำไม่ได้")
    if ruling.effect == Effect.TO_DRAFT and (ruling.assignee is None or ruling.due is None):
        raise DecisionRefused("โปรดระบุผู้ยกร่างและวันครบกำหนด", field="assignee")
    if ruling.outcome == Outcome.REFERRED and not ruling.referred_to.strip():
        raise DecisionRefused("โปรดระบุกลุ่มงานหรือหน่วยงานที่ส่งต่อ", field="referred_to")
    if ruling.outcome == Outcome.ALREADY_COVERED and ruling.points_to is None:
        raise DecisionRefused("โปรดระบุข้อที่มีเรื่องนี้อยู่แล้ว", field="points_to")


@dataclass(frozen=True, slots=True)
class LockedComments:
    """Comments about to be decided, and the answers they have now. Every writer of answers and objections locks the
    comments first, so both hold until the transaction ends."""

    comments: list[Comment]
    answers: list[Answer]


def lock_comments_to_decide(ids: Iterable[int]) -> LockedComments:
    """The rows, locked in one order for everybody; each may be decided (again). Raises DecisionRefused. Two queries.

    The answers are read after the lock was got: a joined read would still show what stood before the wait for it.
    """
    rows = Comment.objects.select_for_update(of=("self",)).select_related("entry__manual")
    comments = list(rows.filter(pk__in=set(ids)).order_by("pk"))
    if not comments:
        raise DecisionRefused("โปรดเลือกความเห็นอย่างน้อยหนึ่งเรื่อง")
    if any(comment.parent_id for comment in comments):
        raise DecisionRefused("ความเห็นตอบกลับไม่มีผลการพิจารณาของตนเอง โปรดเลือกความเห็นหลัก")
    current = Answer.objects.filter(comment__in=comments, current=True)
    answers = list(current.select_related("disposition", "comment__objection").order_by("pk"))
    for answer in answers:
        _refuse_settled(answer)
    return LockedComments(comments, answers)


def _refuse_settled(answer: Answer) -> None:
    if answer.disposition.outcome == Outcome.WITHDRAWN:
        raise DecisionRefused(f"ความเห็นที่ {answer.comment_id} ผู้เสนอถอนแล้ว", kind=RefusalKind.CONFLICT)
    is_published = answer.disposition.publication_id is not None
    if is_published and open_objection(answer.comment) is None:
        message = f"ผลของความเห็นที่ {answer.comment_id} เผยแพร่แล้วและไม่มีการโต้แย้ง จึงเปลี่ยนไม่ได้"
        raise DecisionRefused(message, kind=RefusalKind.CONFLICT)


def open_objection(comment: Comment) -> Objection | None:
    """The objection that waits for a new decision."""
    objection: Objection | None = getattr(comment, "objection", None)
    is_open = objection is not None and objection.answered_by_id is None
    return objection if is_open else None


def _keep_words_explained(comments: Sequence[Comment]) -> None:
    """Refuses to take back an acceptance while the words it changed still stand and no other comment explains them."""
    changed = Disposition.objects.filter(
        answers__comment__in=comments, answers__current=True, effect=Effect.CHANGED
    ).distinct()
    for disposition in changed:
        if disposition.answers.filter(current=True).exclude(comment__in=comments).exists():
            continue
        if any(_still_stands(cause.change) for cause in disposition.changes.select_related("change__clause")):
            raise DecisionRefused(
                "ถ้อยคำที่แก้ตามผลเดิมยังอยู่ในร่าง โปรดเรียกคืนถ้อยคำเดิมในหน้าแก้ไขกระบวนงานก่อน แล้วจึงเปลี่ยนผล",
                kind=RefusalKind.CONFLICT,
            )


def _still_stands(change: ClauseChange) -> bool:
    if change.to_blob_id is None:
        return change.clause.retired_id is not None
    return change.clause.retired_id is None and change.clause.sha == change.to_blob_id


def write_disposition(ruling: Ruling, locked: LockedComments, by: User, done: RunningAct) -> Disposition:
    """The row and the answers of all comments; it supersedes the answers they had and answers their objections."""
    disposition = Disposition.objects.create(
        outcome=ruling.outcome,
        reason=ruling.reason.strip(),
        effect=ruling.effect,
        points_to=ruling.points_to,
        referred_to=ruling.referred_to.strip(),
        assignee=ruling.assignee,
        due=ruling.due,
        decided_by=by,
        supersedes_id=locked.answers[0].disposition_id if locked.answers else None,
    )
    done.record(DECIDED, about_comment(locked.comments[0]), detail=disposition.outcome, reason=disposition.reason)
    for answer in locked.answers:
        answer.current = False
        answer.save(update_fields=["current"])
        objection = open_objection(answer.comment)
        if objection is not None:
            objection.answered_by = disposition
            objection.save(update_fields=["answered_by"])
    Answer.objects.bulk_create([Answer(comment=comment, disposition=disposition) for comment in locked.comments])
    return disposition


def confirm_disposition(disposition: Disposition, *, by: User) -> Disposition:
    """The second person's agreement to a refusal; safe to repeat. Raises DecisionRefused."""
    with act(by=by) as done:
        disposition = Disposition.objects.select_for_update(of=("self",)).get(pk=disposition.pk)
        if disposition.confirmed_by_id is not None:
            return disposition
        if disposition.outcome != Outcome.NOT_ACCEPTED:
            raise DecisionRefused("ผลนี้ไม่ต้องมีผู้ยืนยันคนที่สอง", kind=RefusalKind.CONFLICT)
        if disposition.decided_by_id == by.pk:
            message = "ผู้ตัดสินยืนยันผลของตนเองไม่ได้ โปรดให้ผู้ยกร่างหรือผู้ดำเนินเวทีอีกคนยืนยัน"
            raise DecisionRefused(message, kind=RefusalKind.CONFLICT)
        current = disposition.answers.filter(current=True).select_related("comment__entry__manual")
        answer = current.order_by("pk").first()
        if answer is None:
            raise DecisionRefused("ผลนี้มีผลใหม่แทนแล้ว โปรดเปิดหน้าใหม่เพื่อดูผลล่าสุด", kind=RefusalKind.CONFLICT)
        disposition.confirmed_by = by
        disposition.confirmed_at = timezone.now()
        disposition.save(update_fields=["confirmed_by", "confirmed_at"])
        done.record(CONFIRMED, about_comment(answer.comment), detail=disposition.outcome)
    return disposition


def clear_drafting_debt(disposition: Disposition, change: ClauseChange, *, by: User) -> ChangeCause:
    """Tie a later change of words to the decision that promised it; the debt is open while it has no change."""
    with act(by=by):
        disposition = Disposition.objects.select_for_update(of=("self",)).get(pk=disposition.pk)
        if disposition.effect != Effect.TO_DRAFT:
            raise DecisionRefused("ผลนี้ไม่ได้ค้างการยกร่าง")
        if change.revision.date_created < disposition.decided_at:
            raise DecisionRefused("การแก้ถ้อยคำนี้เกิดก่อนผลการพิจารณา จึงไม่ใช่การยกร่างตามผลนี้")
        if ChangeCause.objects.filter(change=change).exists():
            message = "การแก้ถ้อยคำนี้เป็นของผลอื่นแล้ว โปรดเลือกการแก้ครั้งอื่น"
            raise DecisionRefused(message, kind=RefusalKind.CONFLICT)
        return ChangeCause.objects.create(change=change, disposition=disposition)
