"""The comments that wait at the bench of a clause: what each proposes, and what can be done with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from hearing_portal.directory.models import User
from manuals.content import Content
from manuals.drafting.told_words import tell_redlines
from manuals.models import Clause
from manuals.wording import Redline, named_redlines

from ...commenting.presentation.cards import CommentCard, CommentViewer, make_cards
from ...merging import merged_content
from ...models import Comment
from ..forms.clause_bench import ToggleState
from ..queries.grouped import NO_FELLOWS, Fellows, find_fellows
from ..queries.proposals import Proposal, choose_current_amendment, make_proposal


@dataclass
class WaitingComment:
    """A comment on the clause that nobody decided yet. `rebased` is what it proposes, on the clause as it stands: None
    where it proposes no words for it, or words that others have changed since."""

    card: CommentCard
    proposal: Proposal | None
    rebased: Content | None
    state: ToggleState = ToggleState.WAIT
    is_new: bool = False  # it came since the page was opened
    is_excluded: bool = False  # the proposals that are used say something else
    fellows: Fellows = NO_FELLOWS  # put together with it
    answered_with: int = 0  # the comment whose answer it gets unless it is to wait
    # What it would change in the clause as it stands; of words that cannot, what it changed in those it was written on
    changes: list[Redline] = field(default_factory=list)

    @property
    def comment(self) -> Comment:
        return self.card.comment

    @property
    def key(self) -> str:
        return str(self.comment.uuid)

    @property
    def fingerprint(self) -> str:
        return self.proposal.amendment.fingerprint if self.proposal else ""

    @property
    def is_rewording(self) -> bool:
        return self.proposal is not None and self.proposal.is_replacement

    @property
    def is_elsewhere(self) -> bool:
        """Whether its words are taken on the page of the comment alone: it cuts the clause, adds one, or was written
        on words that others changed."""
        if self.proposal is None:
            return False
        return self.rebased is None or not self.is_rewording

    @property
    def is_said_already(self) -> bool:
        """Whether the clause says by now what it proposes."""
        return (
            self.proposal is not None
            and self.is_rewording
            and self.rebased == self.proposal.current
        )

    @property
    def may_be_taken(self) -> bool:
        return not self.is_elsewhere and not self.is_said_already

    @property
    def is_taken(self) -> bool:
        return self.state == ToggleState.TAKE

    @property
    def is_refused(self) -> bool:
        return self.state == ToggleState.REFUSE or self.is_excluded

    @property
    def is_held_back(self) -> bool:
        """Whether it gets no answer, whatever the others of its group get."""
        return self.state == ToggleState.HOLD

    @property
    def states(self) -> list[tuple[str, str, bool]]:
        """[(value, words, is chosen)] of what can be done with it."""
        waits = ToggleState.WAIT
        if self.is_excluded or self.state == ToggleState.HOLD:
            waits = ToggleState.HOLD
        offered = [(waits, "ยังไม่พิจารณา")]
        if self.answered_with:
            offered = [
                (ToggleState.WAIT, f"ใช้ผลของเลขที่ {self.answered_with}"),
                (ToggleState.HOLD, "ยังไม่พิจารณา"),
            ]
        if self.may_be_taken:
            words = "ใช้" if self.is_rewording else "แก้ตามเรื่องนี้"
            offered.insert(0, (ToggleState.TAKE, words))
        refuse = ToggleState.EXCLUDED if self.is_excluded else ToggleState.REFUSE
        offered.append((refuse, "ไม่เห็นชอบ"))
        chosen = refuse if self.is_excluded else self.state
        return [(state.value, words, state == chosen) for state, words in offered]

    @property
    def notes(self) -> list[str]:
        """What has to be known of the proposal before it is used."""
        notes = []
        if self.is_new:
            notes.append("เข้ามาใหม่ระหว่างที่ท่านทำงาน")
        alike, apart = map(len, self.fellows)
        if alike:
            notes.append(f"มีเนื้อหาเดียวกันอีก {alike} ความคิดเห็น ซึ่งใช้ผลร่วมกัน")
        if apart:
            notes.append(
                f"รวมกับอีก {apart} ความคิดเห็นที่เสนอถ้อยคำอื่น หากใช้เรื่องนี้ ความคิดเห็นเหล่านั้นยังไม่พิจารณา "
                "หากไม่เห็นชอบ ใช้ผลร่วมกัน"
            )
        if self.proposal is None:
            return notes
        if self.is_said_already:
            notes.append("ถ้อยคำปัจจุบันมีข้อเสนอนี้อยู่แล้ว")
        elif self.is_rewording and self.proposal.is_outdated:
            if self.rebased is None:
                notes.append("เขียนบนถ้อยคำเดิม และแก้คำเดียวกับที่แก้ไปแล้ว จึงปรับให้ไม่ได้")
            else:
                notes.append("เขียนบนถ้อยคำเดิม ปรับเข้ากับถ้อยคำปัจจุบันแล้ว")
        if self.is_excluded:
            notes.append(
                "แก้คำเดียวกันหรือติดกันกับข้อเสนอที่ใช้ จึงเป็นไม่เห็นชอบ หากจะพิจารณาภายหลัง โปรดเลือก “ยังไม่พิจารณา”"
            )
        return notes


def load_waiting_comments(
    rows: Sequence[Comment], clause: Clause, user: User
) -> list[WaitingComment]:
    """Of rows of `find_waiting_comments`. As many queries however many there are."""
    waiting = []
    fellows = find_fellows([comment.pk for comment in rows])
    for card in make_cards(rows, CommentViewer(user), with_replies=False):
        comment = card.comment
        amendment = choose_current_amendment(comment, comment.shown_amendments)
        proposal = None
        rebased = None
        if amendment is not None and amendment.clause_id == clause.pk:
            proposal = make_proposal(amendment, comment, clause)
        if proposal is not None and proposal.is_replacement:
            rebased = merged_content(proposal.amendment, clause)
            if rebased is not None and rebased.kind != clause.kind:
                rebased = None
        waiting.append(
            WaitingComment(
                card,
                proposal,
                rebased,
                fellows=fellows.get(comment.pk, NO_FELLOWS),
            )
        )
    _tell_changes(waiting, clause)
    return waiting


def _tell_changes(waiting: Sequence[WaitingComment], clause: Clause) -> None:
    """Queries as tell_redlines, for all together."""
    reworded = []
    for each in waiting:
        if each.is_rewording and each.rebased is not None:
            reworded.append(each)
        elif each.proposal is not None:
            each.changes = named_redlines(each.card.proposals, "")
    now = clause.content
    compared = [(now, each.rebased, clause.section_id) for each in reworded]
    for each, lines in zip(reworded, tell_redlines(compared), strict=True):
        each.changes = named_redlines(lines, "")
