"""Deciding comments and changing the words: one action, so that text and matrix never disagree."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.utils import timezone

from hearing_portal.directory.models import User
from hearing_portal.thai.merge import merge
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
    rank_next_to,
)

from ..models import Amendment, Answer, ChangeCause, Comment, Disposition
from ..models.disposition import REASON_MINIMUM

Outcome, Effect = Disposition.Outcome, Disposition.Effect
ACCEPTING = (Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_CHANGES)


class DecisionRefused(Exception):
    """The decision lacks something or comes too late; the form keeps what was written."""

    http_status = 422

    def __init__(self, message_th: str, status: int = 422) -> None:
        super().__init__(message_th)
        self.message_th = message_th
        self.http_status = status


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
    when they differ from the proposal (given after a merge, or edited)."""

    amendment: Amendment
    lock_version: int
    content: Content | None = None


@dataclass(slots=True)
class _Plan:
    changes: list[Change] = field(default_factory=list)
    enacted: list[tuple[Amendment, Content | None]] = field(default_factory=list)
    altered: bool = False


def merged_content(amendment: Amendment, clause: Clause) -> Content | None:
    """The proposal carried over to the clause as it stands, field by field, or None on a clash."""
    if amendment.base_blob is None or not amendment.proposed:
        return None
    base, mine = dict(amendment.base_blob.as_content.named), content_from_json(amendment.proposed)
    theirs, old = clause.content, amendment.base_blob.as_content
    if not (type(mine) is type(theirs) is type(old)):
        return None
    values: dict[str, object] = {}
    for attribute in base.values():
        texts = [getattr(content, attribute) for content in (old, mine, theirs)]
        if not all(isinstance(text, str) for text in texts) or attribute in ("branch_labels", "duration_text"):
            continue
        merged = merge(*texts)
        if merged.text is None:
            return None
        values[attribute] = merged.text
    for attribute in ("duration", "next", "shape"):
        if hasattr(mine, attribute):
            ours = getattr(mine, attribute)
            values[attribute] = ours if ours != getattr(old, attribute) else getattr(theirs, attribute)
    return replace(theirs, **values)


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
        why = reason or "รับตามข้อเสนอ"
        changes = apply_changes(by, SectionVersion.Action.ADOPT, why, plan.changes)
        ruling = Ruling(outcome, reason, Effect.CHANGED)
        _check_ruling(ruling)
        disposition = _write_disposition(ruling, comments, by)
        _link_causes(changes, disposition, plan, by)
        return disposition


def _plan_adoption(adoption: Adoption, plan: _Plan) -> None:
    amendment = adoption.amendment
    if amendment.clause_id is None:
        raise DecisionRefused("ข้อเสนอนี้ไม่ได้อยู่ที่ข้อใด โปรดยกร่างในหน้าแก้ไขกระบวนงาน แล้วบันทึกผลเป็น “รอยกร่าง”")
    clause = Clause.objects.select_related("section", "parent").get(pk=amendment.clause_id)
    if clause.retired_id:
        raise DecisionRefused("ข้อนี้ถูกยกเลิกไปแล้ว จึงรับข้อเสนอนี้ไม่ได้", 409)
    if clause.lock_version != adoption.lock_version:
        raise StaleClause(clause, adoption.lock_version)
    if adoption.content is None and amendment.base_blob_id != clause.sha:
        raise OutdatedAmendment(amendment, clause)
    proposed = content_from_json(amendment.proposed) if amendment.proposed else None
    content = adoption.content or proposed
    plan.altered |= content is not None and content != proposed
    plan.enacted.append((amendment, content))
    plan.changes.append(_change_for(amendment, clause, content))


def _change_for(amendment: Amendment, clause: Clause, content: Content | None) -> Change:
    if amendment.op == Amendment.Op.DELETE:
        return RetireClause(clause, clause.lock_version)
    if content is None:
        raise DecisionRefused("ข้อเสนอนี้ไม่มีถ้อยคำ จึงรับเข้าข้อไม่ได้")
    if amendment.op == Amendment.Op.REPLACE:
        return ReviseClause(clause, clause.lock_version, content)
    if amendment.op != Amendment.Op.INSERT_AFTER:
        raise DecisionRefused("ข้อเสนอแบบนี้ต้องทำในหน้าแก้ไขกระบวนงาน")
    rank = rank_next_to(
        Clause.objects.live(),
        after=clause.rank,
        section=clause.section,
        part=clause.part,
        parent=clause.parent,
    )
    parent = clause.parent.uuid if clause.parent else None
    return AddClause(content, Place(clause.section, clause.part, parent, rank, clause.numbering))


def decide_comments(comments: Sequence[Comment], ruling: Ruling, *, by: User) -> Disposition:
    """A decision that changes no words now. Duplicates share it: every comment given gets the same answer.

    Raises DecisionRefused when something is missing, or when an answer was published and nobody objected.
    """
    if ruling.effect == Effect.CHANGED:
        raise DecisionRefused("ผลนี้ต้องแก้ถ้อยคำพร้อมกัน โปรดใช้ “รับและแก้ถ้อยคำ”")
    _check_ruling(ruling)
    with transaction.atomic():
        return _write_disposition(ruling, _lock_comments([comment.pk for comment in comments]), by)


def _check_ruling(ruling: Ruling) -> None:
    needs_reason = ruling.outcome not in (Outcome.ACCEPTED, Outcome.WITHDRAWN)
    needs_reason |= ruling.effect == Effect.NO_TEXT_CHANGE
    if needs_reason and len(ruling.reason.strip()) < REASON_MINIMUM:
        raise DecisionRefused(f"โปรดเขียนเหตุผลอย่างน้อย {REASON_MINIMUM} ตัวอักษร ผู้เสนอจะได้อ่านเหตุผลนี้")
    if ruling.outcome in ACCEPTING and ruling.effect == Effect.NONE:
        raise DecisionRefused("เมื่อรับแล้ว โปรดบอกว่าแก้ถ้อยคำ ไม่ต้องแก้เพราะเหตุใด หรือให้ใครยกร่างภายในวันใด")
    if ruling.outcome not in ACCEPTING and ruling.effect != Effect.NONE:
        raise DecisionRefused("ผลนี้ไม่เปลี่ยนถ้อยคำ จึงเลือกผลต่อถ้อยคำไม่ได้")
    if ruling.effect == Effect.TO_DRAFT and (ruling.assignee is None or ruling.due is None):
        raise DecisionRefused("โปรดระบุผู้ยกร่างและวันครบกำหนด")
    if ruling.outcome == Outcome.REFERRED and not ruling.referred_to.strip():
        raise DecisionRefused("โปรดระบุกลุ่มงานหรือหน่วยงานที่ส่งต่อ")
    if ruling.outcome == Outcome.ALREADY_COVERED and ruling.points_to is None:
        raise DecisionRefused("โปรดระบุข้อที่มีเรื่องนี้อยู่แล้ว")


def _lock_comments(ids: Sequence[int]) -> list[Comment]:
    comments = list(Comment.objects.select_for_update().filter(pk__in=set(ids)).order_by("pk"))
    for comment in comments:
        current = comment.answers.filter(current=True).select_related("disposition").first()
        published = current is not None and current.disposition.publication_id is not None
        open_objection = hasattr(comment, "objection") and comment.objection.answered_by_id is None
        if current is not None and current.disposition.outcome == Outcome.WITHDRAWN:
            raise DecisionRefused("ความเห็นนี้ผู้เสนอถอนแล้ว", 409)
        if published and not open_objection:
            raise DecisionRefused("ผลนี้เผยแพร่แล้วและไม่มีการโต้แย้ง จึงเปลี่ยนไม่ได้", 409)
    if not comments:
        raise DecisionRefused("โปรดเลือกความเห็นอย่างน้อยหนึ่งเรื่อง")
    return comments


def _write_disposition(ruling: Ruling, comments: Sequence[Comment], by: User) -> Disposition:
    old = [
        answer
        for answer in Answer.objects.select_for_update()
        .filter(comment__in=comments, current=True)
        .order_by("pk")
    ]
    disposition = Disposition(
        outcome=ruling.outcome,
        reason=ruling.reason.strip(),
        effect=ruling.effect,
        points_to=ruling.points_to,
        referred_to=ruling.referred_to,
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
    for comment in comments:
        Answer.objects.create(comment=comment, disposition=disposition)
        if hasattr(comment, "objection") and comment.objection.answered_by_id is None:
            comment.objection.answered_by = disposition
            comment.objection.save(update_fields=["answered_by"])
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
    """The second person's agreement to a refusal."""
    disposition = Disposition.objects.select_for_update().get(pk=disposition.pk)
    if disposition.decided_by_id == by.pk:
        raise DecisionRefused("ผู้ตัดสินยืนยันผลของตนเองไม่ได้ โปรดให้ผู้ยกร่างหรือผู้ดำเนินเวทีอีกคนยืนยัน", 409)
    if disposition.confirmed_by_id is not None:
        return disposition
    disposition.confirmed_by, disposition.confirmed_at = by, timezone.now()
    disposition._history_user = by
    disposition.save(update_fields=["confirmed_by", "confirmed_at"])
    return disposition


@transaction.atomic
def clear_drafting_debt(disposition: Disposition, change: ClauseChange, *, by: User) -> ChangeCause:
    """Tie a later change of words to the decision that promised it; the debt is open while it has no change."""
    if disposition.effect != Effect.TO_DRAFT:
        raise DecisionRefused("ผลนี้ไม่ได้ค้างการยกร่าง")
    if change.revision.user_id is not None and change.revision.date_created < disposition.decided_at:
        raise DecisionRefused("การแก้ถ้อยคำนี้เกิดก่อนผลการพิจารณา จึงไม่ใช่การยกร่างตามผลนี้")
    return ChangeCause.objects.create(change=change, disposition=disposition)


