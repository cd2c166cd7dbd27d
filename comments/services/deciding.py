"""Deciding comments and changing the words: one action, so that text and matrix never disagree."""

import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils import timezone

from hearing_portal.directory.models import User
from manuals.content import Content, content_from_json, content_sha
from manuals.models import Clause, ClauseChange, EditionEntry, SectionVersion
from manuals.services.drafting import (
    AddClause,
    Change,
    Place,
    RetireClause,
    ReviseClause,
    StaleClause,
    apply_changes,
)

from ..merging import is_outdated, merged_content
from ..models import Amendment, Answer, ChangeCause, Comment, Disposition, Objection
from ..models.disposition import REASON_MINIMUM

Outcome, Effect, Op = Disposition.Outcome, Disposition.Effect, Amendment.Op
ACCEPTING = (Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_CHANGES)
STEPS_PART = 9  # a step stands in part 9 only (model.md)


class DecisionRefused(Exception):
    """The decision lacks something or comes too late; the form keeps what was written. `lacks` names what the
    Ruling (or the adoption's reason) lacks, where it is one thing."""

    http_status = 422

    def __init__(self, message_th: str, status: int = 422, *, lacks: str = "") -> None:
        super().__init__(message_th)
        self.message_th = message_th
        self.http_status = status
        self.lacks = lacks


class OutdatedAmendment(Exception):
    """The clause moved on since the proposal was written: mine, theirs and a merged text, nothing chosen."""

    http_status = 409
    message_th = "ข้อเสนอนี้เขียนบนถ้อยคำที่เปลี่ยนไปแล้ว โปรดเทียบถ้อยคำปัจจุบันกับข้อเสนอ แล้วเลือกถ้อยคำที่จะใช้"

    def __init__(self, amendment: Amendment, clause: Clause) -> None:
        super().__init__(self.message_th)
        self.amendment, self.clause = amendment, clause

    @property
    def merged(self) -> Content | None:
        """Field by field; None when a field clashes (both sides changed the same words)."""
        return merged_content(self.amendment, self.clause)


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


@dataclass(frozen=True, slots=True)
class Adoption:
    """One amendment to adopt. `lock_version` is the clause's as the drafter read it; `content` the final words
    when they differ from the proposal (given after a merge, or edited). `on_current` says that the drafter
    compared the proposal with the clause as it stands, so that its age no longer matters."""

    amendment: Amendment
    lock_version: int
    content: Content | None = None
    on_current: bool = False


@dataclass(slots=True)
class _Plan:
    """`changes` and `enacted` run in parallel. `last_added` puts insertions at one clause behind each other."""

    changes: list[Change] = field(default_factory=list)
    enacted: list[tuple[Amendment, Content | None]] = field(default_factory=list)
    last_added: dict[int, uuids.UUID] = field(default_factory=dict)
    altered: bool = False


def adopt_amendments(
    adoptions: Sequence[Adoption], *, by: User, reason: str = "", also_answers: Sequence[Comment] = ()
) -> Disposition:
    """Change the words and decide the comments in one transaction: clauses, version, disposition, answers, causes.

    `also_answers` are comments that share the disposition (duplicates). Raises OutdatedAmendment when a clause
    no longer says what a proposal was written on, StaleClause when it moved on since the drafter read it,
    DecisionRefused and ChangeRefused; nothing is written then.
    """
    with transaction.atomic():
        comments = _lock_comments(
            [a.amendment.comment_id for a in adoptions if a.amendment.comment_id]
            + [comment.pk for comment in also_answers]
        )
        plan = _Plan()
        for adoption in adoptions:
            _plan_adoption(adoption, plan)
        outcome = Outcome.ACCEPTED_WITH_CHANGES if plan.altered else Outcome.ACCEPTED
        ruling = Ruling(outcome, reason, Effect.CHANGED)
        _check_ruling(ruling)
        why = reason.strip() or "รับตามข้อเสนอ"
        changes = apply_changes(by, SectionVersion.Action.ADOPT, why, plan.changes)
        disposition = _write_disposition(ruling, comments, by)
        _link_causes(changes, disposition, plan, by)
        return disposition


def _plan_adoption(adoption: Adoption, plan: _Plan) -> None:
    amendment = adoption.amendment
    if amendment.clause_id is None:
        raise DecisionRefused("ข้อเสนอนี้ไม่ได้อยู่ที่ข้อใด โปรดยกร่างในหน้าแก้ไขกระบวนงาน แล้วบันทึกผลเป็น “รอยกร่าง”")
    clause = Clause.objects.select_related("section", "parent").get(pk=amendment.clause_id)
    _refuse_given_up(amendment)
    _refuse_adopted(amendment)
    if clause.retired_id:
        raise DecisionRefused("ข้อนี้ถูกยกเลิกไปแล้ว จึงรับข้อเสนอนี้ไม่ได้", 409)
    if clause.lock_version != adoption.lock_version:
        raise StaleClause(clause, adoption.lock_version)
    if adoption.content is None and not adoption.on_current and is_outdated(amendment, clause):
        raise OutdatedAmendment(amendment, clause)
    if amendment.op != Op.INSERT_AFTER and any(planned.clause_id == clause.pk for planned, _ in plan.enacted):
        raise DecisionRefused("ข้อเสนอสองรายการแก้ข้อเดียวกัน โปรดรวมเป็นถ้อยคำเดียว แล้วให้ความเห็นอื่นใช้ผลร่วมกัน")
    proposed = content_from_json(amendment.proposed) if amendment.proposed else None
    content = None if amendment.op == Op.DELETE else adoption.content or proposed
    change = _change_for(amendment, clause, content, plan)
    plan.altered |= content is not None and content != proposed
    plan.enacted.append((amendment, content))
    plan.changes.append(change)


def _refuse_given_up(amendment: Amendment) -> None:
    """The author may have edited the comment since the drafter opened it; its row is locked by now."""
    if not Amendment.objects.standing().filter(pk=amendment.pk).exists():
        raise DecisionRefused("ผู้เสนอถอนถ้อยคำที่เสนอไปแล้ว เหลือเฉพาะความเห็น โปรดเปิดเรื่องนี้ใหม่แล้วพิจารณาจากความเห็น", 409)


def _refuse_adopted(amendment: Amendment) -> None:
    """A second click on the same button finds the words changed already: no conflict, only news."""
    adopted = ChangeCause.objects.filter(amendment=amendment, disposition__answers__current=True)
    if adopted.filter(disposition__publication__isnull=True).exists():
        raise DecisionRefused("ข้อเสนอนี้รับเข้าข้อแล้ว ถ้อยคำและผลการพิจารณาบันทึกไว้ครบ", 409)


def _change_for(amendment: Amendment, clause: Clause, content: Content | None, plan: _Plan) -> Change:
    if amendment.op == Op.DELETE:
        return RetireClause(clause, clause.lock_version)
    if amendment.op not in (Op.REPLACE, Op.INSERT_AFTER):
        raise DecisionRefused("ข้อเสนอแบบนี้ต้องทำในหน้าแก้ไขกระบวนงาน")
    if content is None:
        raise DecisionRefused("ข้อเสนอนี้ไม่มีถ้อยคำ จึงรับเข้าข้อไม่ได้")
    if amendment.op == Op.REPLACE:
        if content.kind != clause.kind:
            raise DecisionRefused("ข้อเสนอเป็นข้อคนละชนิดกับข้อเดิม โปรดยกร่างในหน้าแก้ไขกระบวนงาน")
        return ReviseClause(clause, clause.lock_version, content)
    if content.kind == Clause.Kind.STEP and clause.part != STEPS_PART:
        raise DecisionRefused("ขั้นตอนในผังอยู่ได้เฉพาะแบบสรุปมาตรฐานงาน จึงเพิ่มต่อจากข้อนี้ไม่ได้")
    parent = clause.parent.uuid if clause.parent else None
    after = plan.last_added.get(clause.pk, clause.uuid)
    change = AddClause(content, Place(clause.section, clause.part, parent, numbering=clause.numbering, after=after))
    plan.last_added[clause.pk] = change.uuid
    return change


def decide_comments(comments: Sequence[Comment], ruling: Ruling, *, by: User) -> Disposition:
    """A decision that changes no words now. Duplicates share it: every comment given gets the same answer.

    Raises DecisionRefused when something is missing, when an answer was published and nobody objected, or when
    words changed by the answer of before would be left without a cause.
    """
    if ruling.effect == Effect.CHANGED:
        raise DecisionRefused("ผลนี้ต้องแก้ถ้อยคำพร้อมกัน โปรดใช้ “รับและแก้ถ้อยคำ”")
    _check_ruling(ruling)
    with transaction.atomic():
        locked = _lock_comments([comment.pk for comment in comments])
        if ruling.outcome not in ACCEPTING:
            _keep_words_explained(locked)
        return _write_disposition(ruling, locked, by)


def _check_ruling(ruling: Ruling) -> None:
    if ruling.outcome not in Outcome.values:
        raise DecisionRefused("โปรดเลือกผลการพิจารณา", lacks="outcome")
    if ruling.outcome == Outcome.WITHDRAWN:
        raise DecisionRefused("การถอนเป็นสิทธิของผู้แสดงความเห็นเท่านั้น")
    needs_reason = ruling.outcome != Outcome.ACCEPTED or ruling.effect == Effect.NO_TEXT_CHANGE
    if needs_reason and len(ruling.reason.strip()) < REASON_MINIMUM:
        raise DecisionRefused(f"โปรดเขียนเหตุผลอย่างน้อย {REASON_MINIMUM} ตัวอักษร ผู้เสนอจะได้อ่านเหตุผลนี้", lacks="reason")
    if ruling.outcome in ACCEPTING and ruling.effect == Effect.NONE:
        raise DecisionRefused("เมื่อรับแล้ว โปรดบอกว่าแก้ถ้อยคำ ไม่ต้องแก้เพราะเหตุใด หรือให้ใครยกร่างภายในวันใด", lacks="effect")
    if ruling.outcome not in ACCEPTING and ruling.effect != Effect.NONE:
        raise DecisionRefused("ผลนี้ไม่เปลี่ยนถ้อยคำ จึงเลือกผลต่อถ้อยคำไม่ได้")
    if ruling.effect == Effect.TO_DRAFT and (ruling.assignee is None or ruling.due is None):
        raise DecisionRefused("โปรดระบุผู้ยกร่างและวันครบกำหนด", lacks="assignee")
    if ruling.outcome == Outcome.REFERRED and not ruling.referred_to.strip():
        raise DecisionRefused("โปรดระบุกลุ่มงานหรือหน่วยงานที่ส่งต่อ", lacks="referred_to")
    if ruling.outcome == Outcome.ALREADY_COVERED and ruling.points_to is None:
        raise DecisionRefused("โปรดระบุข้อที่มีเรื่องนี้อยู่แล้ว", lacks="points_to")


def _lock_comments(ids: Sequence[int]) -> list[Comment]:
    """The rows, locked in one order for everybody; each may be decided (again). Raises DecisionRefused."""
    comments = list(Comment.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk"))
    if not comments:
        raise DecisionRefused("โปรดเลือกความเห็นอย่างน้อยหนึ่งเรื่อง")
    if any(comment.parent_id for comment in comments):
        raise DecisionRefused("ความเห็นตอบกลับไม่มีผลการพิจารณาของตนเอง โปรดเลือกความเห็นหลัก")
    current = Answer.objects.filter(comment__in=comments, current=True).select_related("disposition")
    objected = set(
        Objection.objects.filter(comment__in=comments, answered_by__isnull=True).values_list("comment", flat=True)
    )
    for answer in current:
        if answer.disposition.outcome == Outcome.WITHDRAWN:
            raise DecisionRefused(f"ความเห็นที่ {answer.comment_id} ผู้เสนอถอนแล้ว", 409)
        if answer.disposition.publication_id is not None and answer.comment_id not in objected:
            raise DecisionRefused(f"ผลของความเห็นที่ {answer.comment_id} เผยแพร่แล้วและไม่มีการโต้แย้ง จึงเปลี่ยนไม่ได้", 409)
    return comments


def _keep_words_explained(comments: Sequence[Comment]) -> None:
    """Refuses to take back an acceptance while the words it changed still stand and no other comment explains them."""
    changed = Disposition.objects.filter(
        answers__comment__in=comments, answers__current=True, effect=Effect.CHANGED
    ).distinct()
    for disposition in changed:
        if disposition.answers.filter(current=True).exclude(comment__in=comments).exists():
            continue
        if any(_still_stands(cause.change) for cause in disposition.changes.select_related("change__clause")):
            raise DecisionRefused("ถ้อยคำที่แก้ตามผลเดิมยังอยู่ในร่าง โปรดเรียกคืนถ้อยคำเดิมในหน้าแก้ไขกระบวนงานก่อน แล้วจึงเปลี่ยนผล", 409)


def _still_stands(change: ClauseChange) -> bool:
    if change.to_blob_id is None:
        return change.clause.retired_id is not None
    return change.clause.retired_id is None and change.clause.sha == change.to_blob_id


def _write_disposition(ruling: Ruling, comments: Sequence[Comment], by: User) -> Disposition:
    old = list(Answer.objects.select_for_update(of=("self",)).filter(comment__in=comments, current=True).order_by("pk"))
    disposition = Disposition(
        outcome=ruling.outcome,
        reason=ruling.reason.strip(),
        effect=ruling.effect,
        points_to=ruling.points_to,
        referred_to=ruling.referred_to.strip(),
        assignee=ruling.assignee,
        due=ruling.due,
        decided_by=by,
        supersedes_id=old[0].disposition_id if old else None,
    )
    disposition._history_user = by
    disposition.save()
    for answer in old:
        answer.current = False
        answer.save(update_fields=["current"])
    Answer.objects.bulk_create([Answer(comment=comment, disposition=disposition) for comment in comments])
    for objection in Objection.objects.filter(comment__in=comments, answered_by__isnull=True):
        objection.answered_by = disposition
        objection.save(update_fields=["answered_by"])
    return disposition


def _link_causes(changes: Sequence[ClauseChange], disposition: Disposition, plan: _Plan, by: User) -> None:
    """plan.changes and the recorded ClauseChanges are in the same order."""
    for change, (amendment, content) in zip(changes, plan.enacted, strict=True):
        ChangeCause.objects.create(change=change, disposition=disposition, amendment=amendment)
        amendment.enacted_blob_id = content_sha(content) if content is not None else None
        if content is not None and content.as_json() != amendment.proposed:
            amendment.rebased = content.as_json()
        amendment._history_user = by
        amendment.save(update_fields=["enacted_blob", "rebased"])


@transaction.atomic
def confirm_disposition(disposition: Disposition, *, by: User) -> Disposition:
    """The second person's agreement to a refusal; safe to repeat. Raises DecisionRefused."""
    disposition = Disposition.objects.select_for_update(of=("self",)).get(pk=disposition.pk)
    if disposition.confirmed_by_id is not None:
        return disposition
    if disposition.outcome != Outcome.NOT_ACCEPTED:
        raise DecisionRefused("ผลนี้ไม่ต้องมีผู้ยืนยันคนที่สอง", 409)
    if disposition.decided_by_id == by.pk:
        raise DecisionRefused("ผู้ตัดสินยืนยันผลของตนเองไม่ได้ โปรดให้ผู้ยกร่างหรือผู้ดำเนินเวทีอีกคนยืนยัน", 409)
    if not disposition.answers.filter(current=True).exists():
        raise DecisionRefused("ผลนี้มีผลใหม่แทนแล้ว โปรดเปิดหน้าใหม่เพื่อดูผลล่าสุด", 409)
    disposition.confirmed_by, disposition.confirmed_at = by, timezone.now()
    disposition._history_user = by
    disposition.save(update_fields=["confirmed_by", "confirmed_at"])
    return disposition


@transaction.atomic
def clear_drafting_debt(disposition: Disposition, change: ClauseChange, *, by: User) -> ChangeCause:
    """Tie a later change of words to the decision that promised it; the debt is open while it has no change."""
    disposition = Disposition.objects.select_for_update(of=("self",)).get(pk=disposition.pk)
    if disposition.effect != Effect.TO_DRAFT:
        raise DecisionRefused("ผลนี้ไม่ได้ค้างการยกร่าง")
    if change.revision.date_created < disposition.decided_at:
        raise DecisionRefused("การแก้ถ้อยคำนี้เกิดก่อนผลการพิจารณา จึงไม่ใช่การยกร่างตามผลนี้")
    if ChangeCause.objects.filter(change=change).exists():
        raise DecisionRefused("การแก้ถ้อยคำนี้เป็นของผลอื่นแล้ว โปรดเลือกการแก้ครั้งอื่น", 409)
    return ChangeCause.objects.create(change=change, disposition=disposition)
