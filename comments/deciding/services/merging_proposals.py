"""Several proposals for one clause taken into it at once, each with its own answer and its own change of words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hearing_portal.acts.services import RunningAct, act
from hearing_portal.directory.models import User
from manuals.content import Content, content_sha
from manuals.drafting.changes import ReviseClause, StaleClause
from manuals.drafting.queries.last_acts import stands_as_read
from manuals.drafting.queries.references import link_as_read, link_typed_in
from manuals.drafting.services.apply_changes import apply_changes
from manuals.models import Clause, ClauseChange, SectionVersion

from ...acts import AMENDMENT_ADOPTED, about_comment
from ...models import Amendment, ChangeCause, Comment, Disposition, Grouping
from .adopting import ProposalReworded, refuse_unadoptable
from .ruling import (
    DecisionRefused,
    Effect,
    LockedComments,
    Outcome,
    Ruling,
    check_ruling,
    lock_comments_to_decide,
    name_comments,
    refuse_unseen_decisions,
    write_disposition,
)


@dataclass(frozen=True, slots=True)
class MergedShare:
    """One change on the way to the final words, with the comments it answers: those that proposed it, or asked for
    it."""

    comments: Sequence[Comment]
    words: Content
    amendments: Sequence[Amendment] = ()
    is_altered: bool = False  # other words than one of them proposed


class TakenShare(NamedTuple):
    """A share with the words that went into the clause for it, the step that wrote them and the decision."""

    share: MergedShare
    words: Content
    change: ClauseChange
    disposition: Disposition


@dataclass(frozen=True, slots=True)
class Merge:
    """What the bench decides: `shares` in the order in which they change the clause, and the comments that are not
    accepted. `seen_proposals` are {amendment: its fingerprint as the drafter read it}."""

    clause: Clause
    lock_version: int
    shares: Sequence[MergedShare] = ()
    refused: Sequence[Comment] = ()
    reason: str = ""
    refusal_reason: str = ""
    seen_proposals: Mapping[int, str] = field(default_factory=dict)

    @property
    def comments(self) -> list[Comment]:
        comments = [each for share in self.shares for each in share.comments]
        return [*comments, *self.refused]


def merge_proposals(merge: Merge, *, by: User) -> list[Disposition]:
    """Change the words and decide all comments of the merge in one transaction; a version, a disposition and a cause
    for each share, one disposition for all that are refused.

    Raises StaleClause, ProposalReworded, StaleDecision where somebody else was quicker, DecisionRefused and
    ChangeRefused; nothing is written then.
    """
    taken = []
    decisions = []
    with act(by=by, reason=merge.reason) as done:
        locked = lock_comments_to_decide([comment.pk for comment in merge.comments])
        undecided = {comment.pk: 0 for comment in locked.comments}
        refuse_unseen_decisions(merge.comments[0], locked, undecided)
        _refuse_divided_groups(merge)
        _refuse_overtaken(merge)
        for share in merge.shares:
            taken.append(_take_share(share, merge, locked, by, done))
        _link_causes(taken)
        decisions += [each.disposition for each in taken]
        if merge.refused:
            ruling = Ruling(Outcome.NOT_ACCEPTED, merge.refusal_reason)
            check_ruling(ruling)
            own = _locked_of(merge.refused, locked)
            decisions.append(write_disposition(ruling, own, by, done))
    return decisions


def _refuse_divided_groups(merge: Merge) -> None:
    """Raises DecisionRefused where comments that were put together are not all accepted, or all refused: they share
    what is decided. One query."""
    refused = {comment.pk for comment in merge.refused}
    groups: dict[int | None, list[Comment]] = {}
    groupings = Grouping.objects.standing().filter(comment__in=merge.comments)
    for grouping in groupings.select_related("comment").order_by("comment"):
        groups.setdefault(grouping.group_id, []).append(grouping.comment)
    for together in groups.values():
        if len({comment.pk in refused for comment in together}) > 1:
            raise DecisionRefused(
                f"{name_comments(together)} รวมเป็นเรื่องเดียวกันและใช้ผลร่วมกัน จึงเห็นชอบบางเรื่องและไม่เห็นชอบบางเรื่องไม่ได้ "
                "โปรดเลือกผลเดียวกัน หรือแยกเรื่องที่ต้องการผลต่างออกจากกลุ่มก่อน แล้วบันทึกอีกครั้ง"
            )


def _refuse_overtaken(merge: Merge) -> None:
    clause = Clause.objects.get(pk=merge.clause.pk)
    if not stands_as_read(clause, merge.lock_version):
        raise StaleClause(clause, merge.lock_version)
    seen = merge.seen_proposals
    amendments = Amendment.objects.with_is_adopted().select_related("clause")
    for amendment in amendments.filter(pk__in=list(seen)):
        refuse_unadoptable(amendment)
        if amendment.fingerprint != seen[amendment.pk]:
            raise ProposalReworded(amendment)


def _take_share(
    share: MergedShare, merge: Merge, locked: LockedComments, by: User, done: RunningAct
) -> TakenShare:
    outcome = Outcome.ACCEPTED
    if share.is_altered:
        outcome = Outcome.ACCEPTED_WITH_CHANGES
    ruling = Ruling(outcome, merge.reason, Effect.CHANGED)
    check_ruling(ruling)
    # As the share before it left the clause
    clause = Clause.objects.select_related("section__manual").get(pk=merge.clause.pk)
    words = _link_words(share, clause)
    why = merge.reason.strip() or "เห็นชอบตามข้อเสนอ"
    [change] = apply_changes(
        by,
        SectionVersion.Action.ADOPT,
        why,
        [ReviseClause(clause, clause.lock_version, words)],
    )
    disposition = write_disposition(
        ruling, _locked_of(share.comments, locked), by, done
    )
    for amendment in share.amendments:
        if amendment.comment is not None:
            done.record(AMENDMENT_ADOPTED, about_comment(amendment.comment), reason="")
    return TakenShare(share, words, change, disposition)


def _link_causes(taken: Sequence[TakenShare]) -> None:
    """Each step names its own cause, and the step in which they all ended."""
    for each in taken:
        amendment = each.share.amendments[0] if each.share.amendments else None
        ChangeCause.objects.create(
            change=each.change,
            ended_in=taken[-1].change,
            disposition=each.disposition,
            amendment=amendment,
        )
        if amendment is not None:
            amendment.enacted_blob_id = content_sha(each.words)
            if each.words.as_json() != amendment.proposed:
                amendment.rebased = each.words.as_json()
            amendment.save(update_fields=["enacted_blob", "rebased"])


def _link_words(share: MergedShare, clause: Clause) -> Content:
    """The words with references by number made to lead there, as the author read the numbers."""
    if share.amendments and share.amendments[0].comment is not None:
        edition = share.amendments[0].comment.entry.edition
        return link_as_read(clause.section, share.words, edition).content
    return link_typed_in(clause.section, share.words).content


def _locked_of(comments: Sequence[Comment], locked: LockedComments) -> LockedComments:
    ids = {comment.pk for comment in comments}
    return LockedComments(
        [each for each in locked.comments if each.pk in ids],
        [each for each in locked.answers if each.comment_id in ids],
    )
