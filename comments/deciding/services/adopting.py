"""Adopting amendments: words and answers in one act, so that text and matrix never disagree."""

import uuid as uuids
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind
from manuals.content import Content, content_from_json, content_sha
from manuals.drafting.changes import (
    AddClause,
    Change,
    Position,
    RetireClause,
    ReviseClause,
    StaleClause,
)
from manuals.drafting.queries.last_acts import stands_as_read
from manuals.drafting.queries.references import link_as_read, link_typed_in
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause, ClauseChange, SectionVersion

from ...acts import AMENDMENT_ADOPTED, about_comment
from ...merging import is_outdated, merged_content
from ...models import Amendment, ChangeCause, Comment, Disposition
from ..queries.where_words_went import find_where_words_went
from .ruling import (
    DecisionRefused,
    Effect,
    Op,
    Outcome,
    Ruling,
    check_ruling,
    lock_comments_to_decide,
    refuse_other_words,
    refuse_unseen_decisions,
    write_disposition,
)

STEPS_PART = 9  # a step stands in part 9 only (model.md)


class OutdatedAmendment(Refusal):
    """The clause moved on since the proposal was written, and nothing was chosen yet: the proposal, the words of now
    or both merged."""

    kind = RefusalKind.CONFLICT

    def __init__(self, amendment: Amendment, clause: Clause) -> None:
        super().__init__(
            "ข้อเสนอนี้เขียนบนถ้อยคำที่เปลี่ยนไปแล้ว โปรดเทียบถ้อยคำปัจจุบันกับข้อเสนอ แล้วเลือกถ้อยคำที่จะใช้"
        )
        self.amendment = amendment
        self.clause = clause

    @property
    def merged(self) -> Content | None:
        """Field by field; None when a field clashes (both sides changed the same words)."""
        return merged_content(self.amendment, self.clause)


class ProposalReworded(DecisionRefused):
    """The author rewrote the proposal since the page was opened."""

    def __init__(self, amendment: Amendment) -> None:
        super().__init__(
            "ผู้เสนอแก้ถ้อยคำที่เสนอหลังจากที่ท่านเปิดหน้านี้ ผลของท่านยังไม่ได้บันทึก โปรดอ่านข้อเสนอล่าสุดในหน้านี้ แล้วบันทึกผลอีกครั้ง",
            kind=RefusalKind.CONFLICT,
        )
        self.amendment = amendment


@dataclass(frozen=True, slots=True)
class Adoption:
    """One amendment to adopt.

    `lock_version` is the clause's as the drafter read it; `content` the final words when they differ from the
    proposal (given after a merge, or edited). `on_current` says that the drafter compared the proposal with the
    clause as it stands, so that its age no longer matters. `seen_proposal` is the fingerprint of the proposal they read
    (empty: unasked).
    """

    amendment: Amendment
    lock_version: int
    content: Content | None = None
    on_current: bool = False
    seen_proposal: str = ""


class Enacted(NamedTuple):
    """An amendment with the words that go into the clause for it; None for a deletion."""

    amendment: Amendment
    content: Content | None


class Adopted(NamedTuple):
    """The decision, and what the clauses are called that the adopted words refer to by number: those references lead
    to them now."""

    disposition: Disposition
    names: Sequence[str]


@dataclass(slots=True)
class AdoptionPlan:
    """What the adoptions do to the words. `changes` and `enacted` run in parallel."""

    changes: list[Change] = field(default_factory=list)
    enacted: list[Enacted] = field(default_factory=list)
    # {clause: the last clause to be put after it}; the next one follows that
    last_added: dict[int, uuids.UUID] = field(default_factory=dict)
    has_altered_words: bool = False  # some final words are not those proposed
    names: list[str] = field(
        default_factory=list
    )  # of the clauses that numbers in the words lead to

    def changes_clause(self, clause: Clause) -> bool:
        return any(amendment.clause_id == clause.pk for amendment, _ in self.enacted)


def adopt_amendments(
    adoptions: Sequence[Adoption],
    *,
    by: User,
    reason: str = "",
    also_answers: Sequence[Comment] = (),
    based_on: Mapping[int, int] | None = None,
) -> Adopted:
    """Change the words and decide the comments in one transaction: clauses, version, disposition, answers, causes.

    `also_answers` are comments that share the disposition (duplicates); `based_on` as for decide_comments. Raises
    OutdatedAmendment when a clause no longer says what a proposal was written on, StaleClause when it moved on since
    the drafter read it, StaleDecision when somebody decided one of the comments since, DecisionRefused and
    ChangeRefused; nothing is written then. 21 queries for one amendment,
    two more where its words name a clause by its number.
    """
    with act(by=by, reason=reason) as done:
        comment_ids = [comment.pk for comment in also_answers]
        for adoption in adoptions:
            if adoption.amendment.comment_id is not None:
                comment_ids.append(adoption.amendment.comment_id)
        comments = lock_comments_to_decide(comment_ids)
        plan = _plan_adoptions(adoptions)
        # After the plan: a second click on the same button is told that the words are in the clause already
        refuse_unseen_decisions(comments.comments[0], comments, based_on or {})
        outcome = (
            Outcome.ACCEPTED_WITH_CHANGES
            if plan.has_altered_words
            else Outcome.ACCEPTED
        )
        ruling = Ruling(outcome, reason, Effect.CHANGED)
        check_ruling(ruling)
        if outcome == Outcome.ACCEPTED:
            adopted = [amendment.comment_id for amendment, _ in plan.enacted]
            refuse_other_words(comments.comments, adopted)
        why = reason.strip() or "เห็นชอบตามข้อเสนอ"
        changes = apply_changes(by, SectionVersion.Action.ADOPT, why, plan.changes)
        disposition = write_disposition(ruling, comments, by, done)
        _link_causes(changes, disposition, plan)
        for amendment, _ in plan.enacted:
            if amendment.comment is not None:
                done.record(
                    AMENDMENT_ADOPTED, about_comment(amendment.comment), reason=""
                )
    return Adopted(disposition, plan.names)


def _plan_adoptions(adoptions: Sequence[Adoption]) -> AdoptionPlan:
    """The changes of all adoptions, from amendments and clauses as they stand now: an author may have edited the
    comment since the drafter read it. One query."""
    rows = Amendment.objects.with_is_adopted().select_related(
        "comment__entry__manual",
        "comment__entry__edition",
        "clause__section__manual",
        "clause__parent",
        "base_blob",
    )
    amendments = rows.in_bulk([adoption.amendment.pk for adoption in adoptions])
    plan = AdoptionPlan()
    for adoption in adoptions:
        amendment = amendments[adoption.amendment.pk]
        clause = _clause_to_change(amendment)
        _plan_adoption(amendment, clause, adoption, plan)
    return plan


def _clause_to_change(amendment: Amendment) -> Clause:
    """The clause, if the amendment can be adopted at all. Raises DecisionRefused."""
    clause = amendment.clause
    if clause is None:
        raise DecisionRefused(
            "ข้อเสนอนี้ไม่ได้อยู่ที่ข้อใด โปรดยกร่างในหน้าแก้ไขกระบวนงาน แล้วบันทึกผลเป็น “รอยกร่าง”"
        )
    refuse_unadoptable(amendment)
    if clause.retired_id is not None:
        message = "ข้อนี้ยกเลิกแล้ว จึงเห็นชอบข้อเสนอนี้ไม่ได้"
        place = find_where_words_went(clause)
        if place is not None:
            message = (
                f"ข้อนี้รวมหรือแยกไปแล้ว ถ้อยคำอยู่ที่ {place.name} จึงเห็นชอบข้อเสนอที่ข้อเดิมไม่ได้ "
                "โปรดบันทึกผล “ให้ยกร่าง” แล้วแก้ถ้อยคำในข้อนั้น"
            )
        raise DecisionRefused(message, kind=RefusalKind.CONFLICT)
    return clause


def refuse_unadoptable(amendment: Amendment) -> None:
    """Raises DecisionRefused for a proposal that was given up, or is in the clause already. It comes with
    `is_adopted`."""
    if not amendment.is_active:
        message = "ผู้เสนอถอนถ้อยคำที่เสนอไปแล้ว เหลือเฉพาะความคิดเห็น โปรดเปิดเรื่องนี้ใหม่แล้วพิจารณาจากความคิดเห็น"
        raise DecisionRefused(message, kind=RefusalKind.CONFLICT)
    if amendment.is_adopted:
        # A second click on the same button finds the words changed already: no conflict, only news
        message = "ข้อเสนอนี้นำเข้าในข้อแล้ว ถ้อยคำและผลการพิจารณาบันทึกไว้ครบถ้วน"
        raise DecisionRefused(message, kind=RefusalKind.CONFLICT)


def _plan_adoption(
    amendment: Amendment, clause: Clause, adoption: Adoption, plan: AdoptionPlan
) -> None:
    """Raises StaleClause, OutdatedAmendment, ProposalReworded or DecisionRefused."""
    if adoption.seen_proposal not in ("", amendment.fingerprint):
        raise ProposalReworded(amendment)
    if not stands_as_read(clause, adoption.lock_version):
        raise StaleClause(clause, adoption.lock_version)
    has_chosen_words = adoption.content is not None or adoption.on_current
    if not has_chosen_words and is_outdated(amendment, clause):
        raise OutdatedAmendment(amendment, clause)
    # Several clauses may be put after one, but a clause gets its new words from one amendment
    if amendment.op != Op.INSERT_AFTER and plan.changes_clause(clause):
        raise DecisionRefused(
            "ข้อเสนอสองรายการแก้ข้อเดียวกัน โปรดรวมเป็นถ้อยคำเดียว แล้วให้ความคิดเห็นอื่นใช้ผลร่วมกัน"
        )
    proposed = None
    if amendment.proposed:
        proposed = content_from_json(amendment.proposed)
    content = None
    if amendment.op != Op.DELETE:
        content = adoption.content or proposed
    if content is not None and content != proposed:
        plan.has_altered_words = True
    if content is not None:
        # By the numbers that the author read, where they are still those of the working draft
        if amendment.comment is None:
            linked = link_typed_in(clause.section, content)
        else:
            linked = link_as_read(
                clause.section, content, amendment.comment.entry.edition
            )
        content = linked.content
        plan.names += linked.names
    plan.changes.append(_change_for(amendment, clause, content, plan))
    plan.enacted.append(Enacted(amendment, content))


def _change_for(
    amendment: Amendment, clause: Clause, content: Content | None, plan: AdoptionPlan
) -> Change:
    """What the drafting room is asked to do; an insertion is noted in `plan.last_added`. Raises DecisionRefused."""
    if amendment.op == Op.DELETE:
        return RetireClause(clause, clause.lock_version)
    if amendment.op not in (Op.REPLACE, Op.INSERT_AFTER):
        raise DecisionRefused("ข้อเสนอแบบนี้ต้องทำในหน้าแก้ไขกระบวนงาน")
    if content is None:
        raise DecisionRefused("ข้อเสนอนี้ไม่มีถ้อยคำ จึงนำเข้าในข้อไม่ได้")
    if amendment.op == Op.REPLACE:
        if content.kind != clause.kind:
            raise DecisionRefused(
                "ข้อเสนอเป็นข้อคนละชนิดกับข้อเดิม โปรดยกร่างในหน้าแก้ไขกระบวนงาน"
            )
        return ReviseClause(clause, clause.lock_version, content)
    if content.kind == Clause.Kind.STEP and clause.part != STEPS_PART:
        raise DecisionRefused("ขั้นตอนในผังอยู่ได้เฉพาะแบบสรุปมาตรฐานงาน จึงเพิ่มต่อจากข้อนี้ไม่ได้")
    position = Position(
        clause.section,
        clause.part,
        clause.parent.uuid if clause.parent else None,
        numbering=clause.numbering,
        after=plan.last_added.get(clause.pk, clause.uuid),
    )
    change = AddClause(content, position)
    plan.last_added[clause.pk] = change.uuid
    return change


def _link_causes(
    changes: Sequence[ClauseChange], disposition: Disposition, plan: AdoptionPlan
) -> None:
    """plan.changes and the recorded ClauseChanges are in the same order."""
    for change, (amendment, content) in zip(changes, plan.enacted, strict=True):
        ChangeCause.objects.create(
            change=change,
            ended_in=change,
            disposition=disposition,
            amendment=amendment,
        )
        amendment.enacted_blob_id = None
        if content is not None:
            amendment.enacted_blob_id = content_sha(content)
            if content.as_json() != amendment.proposed:
                amendment.rebased = content.as_json()
        amendment.save(update_fields=["enacted_blob", "rebased"])
