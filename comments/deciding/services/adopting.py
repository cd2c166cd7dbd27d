"""Adopting amendments: words and answers in one act, so that text and matrix never disagree."""

import uuid as uuids
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind
from manuals.content import Content, content_from_json, content_sha
from manuals.drafting.changes import AddClause, Change, Position, RetireClause, ReviseClause, StaleClause
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause, ClauseChange, SectionVersion

from ...acts import AMENDMENT_ADOPTED, about_comment
from ...merging import is_outdated, merged_content
from ...models import Amendment, ChangeCause, Comment, Disposition
from .ruling import (
    DecisionRefused,
    Effect,
    Op,
    Outcome,
    Ruling,
    check_ruling,
    lock_comments_to_decide,
    write_disposition,
)

STEPS_PART = 9  # a step stands in part 9 only (model.md)


class OutdatedAmendment(Refusal):
    """The clause moved on since the proposal was written: mine, theirs and a merged text, nothing chosen."""

    kind = RefusalKind.CONFLICT

    def __init__(self, amendment: Amendment, clause: Clause) -> None:
        super().__init__("ข้อเสนอนี้เขียนบนถ้อยคำที่เปลี่ยนไปแล้ว โปรดเทียบถ้อยคำปัจจุบันกับข้อเสนอ แล้วเลือกถ้อยคำที่จะใช้")
        self.amendment, self.clause = amendment, clause

    @property
    def merged(self) -> Content | None:
        """Field by field; None when a field clashes (both sides changed the same words)."""
        return merged_content(self.amendment, self.clause)


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
    """What the adoptions do to the words. `changes` and `enacted` run in parallel."""

    changes: list[Change] = field(default_factory=list)
    enacted: list[tuple[Amendment, Content | None]] = field(default_factory=list)
    # The last insertion at each clause: the next one follows it
    last_added: dict[int, uuids.UUID] = field(default_factory=dict)
    has_altered_words: bool = False  # some final words are not those proposed


def adopt_amendments(
    adoptions: Sequence[Adoption], *, by: User, reason: str = "", also_answers: Sequence[Comment] = ()
) -> Disposition:
    """Change the words and decide the comments in one transaction: clauses, version, disposition, answers, causes.

    `also_answers` are comments that share the disposition (duplicates). Raises OutdatedAmendment when a clause
    no longer says what a proposal was written on, StaleClause when it moved on since the drafter read it,
    DecisionRefused and ChangeRefused; nothing is written then.
    """
    with act(by=by, reason=reason) as done:
        comments = lock_comments_to_decide(_comments_to_answer(adoptions, also_answers))
        plan = _plan_adoptions(adoptions)
        outcome = Outcome.ACCEPTED_WITH_CHANGES if plan.has_altered_words else Outcome.ACCEPTED
        ruling = Ruling(outcome, reason, Effect.CHANGED)
        check_ruling(ruling)
        why = reason.strip() or "รับตามข้อเสนอ"
        changes = apply_changes(by, SectionVersion.Action.ADOPT, why, plan.changes)
        disposition = write_disposition(ruling, comments, by, done)
        _link_causes(changes, disposition, plan)
        for amendment, _ in plan.enacted:
            if amendment.comment is not None:
                done.record(AMENDMENT_ADOPTED, about_comment(amendment.comment), reason="")
    return disposition


def _comments_to_answer(adoptions: Sequence[Adoption], also_answers: Sequence[Comment]) -> list[int]:
    answered = [adoption.amendment.comment_id for adoption in adoptions]
    shared = [comment.pk for comment in also_answers]
    return [pk for pk in (*answered, *shared) if pk is not None]


def _plan_adoptions(adoptions: Sequence[Adoption]) -> _Plan:
    """The changes of all adoptions, from amendments and clauses as they stand now. One query."""
    adopted_already = ChangeCause.objects.filter(
        amendment=OuterRef("pk"),
        disposition__answers__current=True,
        disposition__publication__isnull=True,
    )
    rows = Amendment.objects.select_related(
        "comment__entry__manual", "clause__section__manual", "clause__parent", "base_blob"
    )
    rows = rows.annotate(is_adopted=Exists(adopted_already))
    amendments = rows.in_bulk([adoption.amendment.pk for adoption in adoptions])
    plan = _Plan()
    for adoption in adoptions:
        _plan_adoption(amendments[adoption.amendment.pk], adoption, plan)
    return plan


def _plan_adoption(amendment: Amendment, adoption: Adoption, plan: _Plan) -> None:
    """`amendment` is the row as it stands now: its author may have edited the comment since the drafter read it."""
    clause = amendment.clause
    if clause is None:
        raise DecisionRefused("ข้อเสนอนี้ไม่ได้อยู่ที่ข้อใด โปรดยกร่างในหน้าแก้ไขกระบวนงาน แล้วบันทึกผลเป็น “รอยกร่าง”")
    if not amendment.is_active:
        message = "ผู้เสนอถอนถ้อยคำที่เสนอไปแล้ว เหลือเฉพาะความเห็น โปรดเปิดเรื่องนี้ใหม่แล้วพิจารณาจากความเห็น"
        raise DecisionRefused(message, kind=RefusalKind.CONFLICT)
    if amendment.is_adopted:
        # A second click on the same button finds the words changed already: no conflict, only news
        message = "ข้อเสนอนี้รับเข้าข้อแล้ว ถ้อยคำและผลการพิจารณาบันทึกไว้ครบ"
        raise DecisionRefused(message, kind=RefusalKind.CONFLICT)
    if clause.retired_id:
        raise DecisionRefused("ข้อนี้ถูกยกเลิกไปแล้ว จึงรับข้อเสนอนี้ไม่ได้", kind=RefusalKind.CONFLICT)
    if clause.lock_version != adoption.lock_version:
        raise StaleClause(clause, adoption.lock_version)
    if adoption.content is None and not adoption.on_current and is_outdated(amendment, clause):
        raise OutdatedAmendment(amendment, clause)
    is_insertion = amendment.op == Op.INSERT_AFTER
    if not is_insertion and any(planned.clause_id == clause.pk for planned, _ in plan.enacted):
        raise DecisionRefused("ข้อเสนอสองรายการแก้ข้อเดียวกัน โปรดรวมเป็นถ้อยคำเดียว แล้วให้ความเห็นอื่นใช้ผลร่วมกัน")
    proposed = content_from_json(amendment.proposed) if amendment.proposed else None
    content = None if amendment.op == Op.DELETE else adoption.content or proposed
    plan.changes.append(_change_for(amendment, clause, content, plan))
    plan.enacted.append((amendment, content))
    if content is not None and content != proposed:
        plan.has_altered_words = True


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
    change = AddClause(content, Position(clause.section, clause.part, parent, numbering=clause.numbering, after=after))
    plan.last_added[clause.pk] = change.uuid
    return change


def _link_causes(changes: Sequence[ClauseChange], disposition: Disposition, plan: _Plan) -> None:
    """plan.changes and the recorded ClauseChanges are in the same order."""
    for change, (amendment, content) in zip(changes, plan.enacted, strict=True):
        ChangeCause.objects.create(change=change, disposition=disposition, amendment=amendment)
        amendment.enacted_blob_id = content_sha(content) if content is not None else None
        if content is not None and content.as_json() != amendment.proposed:
            amendment.rebased = content.as_json()
        amendment.save(update_fields=["enacted_blob", "rebased"])
