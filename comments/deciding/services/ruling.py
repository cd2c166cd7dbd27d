"""Deciding comments without changing words now: the ruling, its checks, and the row that stores it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from hearing_portal.acts.services import RunningAct, act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.dates import be_datetime
from hearing_portal.thai.sentences import joined
from manuals.models import EditionEntry

from ...acts import DECIDED, about_comment
from ...limits import REASON_MINIMUM
from ...live.services import record_decision
from ...models import (
    Amendment,
    Answer,
    AnswerBlock,
    AnswerBlockUse,
    Comment,
    Disposition,
    Objection,
)
from ..queries.grouped import find_fellows
from ..queries.said_proposals import find_unsaid_proposals
from ..queries.words_of_answers import StandingWords, find_words_to_restore
from .carrying import carry_causes

Outcome = Disposition.Outcome
Effect = Disposition.Effect
Op = Amendment.Op
MOST_TOLD = 3  # decisions made meanwhile that a refusal tells in full
ACCEPTING = (Outcome.ACCEPTED, Outcome.ACCEPTED_WITH_CHANGES)


class DecisionRefused(Refusal):
    """The decision lacks something or comes too late. `field` names what the Ruling (or the adoption's reason) lacks,
    where it is one thing."""


class WordsStand(DecisionRefused):
    """Words that changed for an answer of before stand in the draft: `standing` says where they are to be restored."""

    def __init__(self, standing: StandingWords) -> None:
        self.standing = standing
        still = "ถ้อยคำที่แก้ตามผลเดิมยังอยู่ในร่าง"
        if standing.is_cut:
            still = "ข้อที่ตัดออกตามผลเดิมยังไม่ได้เรียกคืน"
        elif standing.name:
            still = joined("ถ้อยคำที่แก้ตามผลเดิมยังอยู่ที่", standing.name)
        super().__init__(
            f"{still} โปรดเรียกคืนถ้อยคำเดิมในหน้าแก้ไขกระบวนงานก่อน แล้วจึงเปลี่ยนผล",
            kind=RefusalKind.CONFLICT,
        )


class StaleDecision(DecisionRefused):
    """Comments were decided since the page was opened; `answers` are those decisions, of the comment the page is about
    or of others that were to share its answer."""

    def __init__(self, answers: Sequence[Answer], about: Comment) -> None:
        self.answers = answers
        sentences = []
        for answer in answers[:MOST_TOLD]:
            named = (
                "เรื่องนี้"
                if answer.comment_id == about.pk
                else f"ความคิดเห็นเลขที่ {answer.comment_id}"
            )
            decision = answer.disposition
            who = joined(
                decision.decided_by.get_full_name(), "บันทึกผลของ", named, "แล้วเมื่อ"
            )
            reason = f" เหตุผล: {decision.reason}" if decision.reason else ""
            sentences.append(
                f"{who} {be_datetime(decision.decided_at)} เป็น “{decision.get_outcome_display()}”{reason}"
            )
        if len(answers) > MOST_TOLD:
            sentences.append(
                f"และมีผู้บันทึกผลของอีก {len(answers) - MOST_TOLD} เรื่องที่ท่านเลือก"
            )
        super().__init__(
            f"{' '.join(sentences)} ผลของท่านยังไม่ได้บันทึก โปรดตรวจผลนั้นก่อน หากต้องการใช้ผลของท่านแทน โปรดกดบันทึกผลอีกครั้ง",
            kind=RefusalKind.CONFLICT,
        )


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
    block: AnswerBlock | None = None  # what the reason was begun with

    @property
    def accepts(self) -> bool:
        return self.outcome in ACCEPTING


def decide_comments(
    comments: Sequence[Comment],
    ruling: Ruling,
    *,
    by: User,
    based_on: Mapping[int, int] | None = None,
) -> Disposition:
    """A decision that changes no words now. Duplicates share it: every comment given gets the same answer.
    `based_on` names the decisions that the person had before them ({comment id: disposition id, 0 for none}).

    Raises StaleDecision where another stands now on a comment that it names; DecisionRefused when something is missing,
    when an answer was published and nobody objected, when words changed by an answer of before would be left without a
    cause (WordsStand), or when the draft does not say what is accepted as proposed without a change.
    """
    if ruling.effect == Effect.CHANGED:
        raise DecisionRefused("ผลนี้ต้องแก้ถ้อยคำพร้อมกัน โปรดใช้ “เห็นชอบและแก้ถ้อยคำ”")
    check_ruling(ruling)
    with act(by=by, reason=ruling.reason) as done:
        locked = lock_comments_to_decide([comment.pk for comment in comments])
        refuse_unseen_decisions(comments[0], locked, based_on or {})
        if ruling.outcome == Outcome.ACCEPTED:
            refuse_other_words(locked.comments)
            if ruling.effect == Effect.NO_TEXT_CHANGE:
                _refuse_unsaid_proposals(locked.comments)
        if not ruling.accepts:
            _refuse_to_orphan_words(locked.comments)
        return write_disposition(ruling, locked, by, done)


def refuse_other_words(
    comments: Sequence[Comment], adopted: Collection[int | None] = ()
) -> None:
    """Raises DecisionRefused where comments that were put together propose different words: not all of them can be
    accepted as proposed. Of those in `adopted` the words go in. Five queries, none for one comment."""
    if len(comments) < 2:
        return
    ids = {comment.pk for comment in comments}
    for comment_id, fellows in find_fellows(ids, decided_too=True).items():
        apart = [each for each in fellows.apart if each.pk in ids.difference(adopted)]
        if apart:
            raise DecisionRefused(
                f"{name_comments(apart)} เสนอถ้อยคำต่างจากเลขที่ {comment_id} จึงเห็นชอบตามที่เสนอพร้อมกันไม่ได้ "
                "โปรดนำออกจากเรื่องที่ใช้ผลร่วมกันแล้วพิจารณาแยก หรือเลือก “เห็นชอบโดยปรับถ้อยคำ” และระบุเหตุผล"
            )


def refuse_unseen_decisions(
    about: Comment, locked: "LockedComments", based_on: Mapping[int, int]
) -> None:
    """Raises StaleDecision where a comment has another decision than `based_on` says. `about` is the comment the
    person decides; the others share its answer."""
    unseen = []
    for answer in locked.answers:
        if answer.disposition_id != based_on.get(
            answer.comment_id, answer.disposition_id
        ):
            unseen.append(answer)
    if unseen:
        raise StaleDecision(unseen, about)


def check_ruling(ruling: Ruling) -> None:
    """Raises DecisionRefused for what a ruling lacks. The database refuses most of it too, without words."""
    if ruling.outcome not in Outcome.values:
        raise DecisionRefused("โปรดเลือกผลการพิจารณา", field="outcome")
    if ruling.outcome == Outcome.WITHDRAWN:
        raise DecisionRefused("การถอนเป็นสิทธิของผู้แสดงความคิดเห็นเท่านั้น")
    if ruling.outcome == Outcome.NOTED:
        message = "“รับทราบ” ใช้กับความคิดเห็นที่เห็นชอบเท่านั้น โปรดใช้ปุ่ม “รับทราบ” ในรายการ"
        raise DecisionRefused(message, field="outcome")
    needs_reason = (
        ruling.outcome != Outcome.ACCEPTED or ruling.effect == Effect.NO_TEXT_CHANGE
    )
    if needs_reason and len(ruling.reason.strip()) < REASON_MINIMUM:
        message = f"โปรดระบุเหตุผลอย่างน้อย {REASON_MINIMUM} ตัวอักษร ผู้เสนอจะอ่านเหตุผลนี้ได้"
        raise DecisionRefused(message, field="reason")
    if ruling.accepts and ruling.effect == Effect.NONE:
        message = "เมื่อเห็นชอบแล้ว โปรดระบุว่าแก้ถ้อยคำแล้ว ไม่ต้องแก้เพราะเหตุใด หรือมอบหมายผู้ใดยกร่างภายในวันใด"
        raise DecisionRefused(message, field="effect")
    if not ruling.accepts and ruling.effect != Effect.NONE:
        raise DecisionRefused("ผลนี้ไม่เปลี่ยนถ้อยคำ จึงเลือกผลต่อถ้อยคำไม่ได้")
    if ruling.effect == Effect.TO_DRAFT and (
        ruling.assignee is None or ruling.due is None
    ):
        raise DecisionRefused("โปรดระบุผู้ยกร่างและวันครบกำหนด", field="assignee")
    if ruling.outcome == Outcome.REFERRED and not ruling.referred_to.strip():
        raise DecisionRefused("โปรดระบุกลุ่มงานหรือหน่วยงานที่ส่งต่อ", field="referred_to")
    if ruling.outcome == Outcome.ALREADY_COVERED and ruling.points_to is None:
        raise DecisionRefused("โปรดระบุข้อที่กำหนดเรื่องนี้ไว้แล้ว", field="points_to")


@dataclass(frozen=True, slots=True)
class LockedComments:
    """Comments about to be decided, and the answers they have now. Every writer of answers and objections locks the
    comments first, so both hold until the transaction ends."""

    comments: list[Comment]
    answers: list[Answer]


def lock_comments_to_decide(ids: Iterable[int]) -> LockedComments:
    """Those of lock_comments, where each may be decided (again). Raises DecisionRefused: it names all that may not."""
    locked = lock_comments(ids)
    settled = explain_undecidable(locked)
    if settled:
        raise DecisionRefused(" ".join(settled), kind=RefusalKind.CONFLICT)
    return locked


def lock_comments(ids: Iterable[int]) -> LockedComments:
    """The rows, locked in one order for everybody. Raises DecisionRefused for none and for replies. Two queries.

    The answers are read after the lock was got: a joined read would still show what stood before the wait for it.
    """
    rows = Comment.objects.select_for_update(of=("self",)).select_related(
        "entry__manual"
    )
    comments = list(rows.filter(pk__in=set(ids)).order_by("pk"))
    if not comments:
        raise DecisionRefused("โปรดเลือกความคิดเห็นอย่างน้อยหนึ่งเรื่อง")
    if any(comment.parent_id for comment in comments):
        raise DecisionRefused(
            "ความคิดเห็นตอบกลับไม่มีผลการพิจารณาของตนเอง โปรดเลือกความคิดเห็นหลัก"
        )
    current = Answer.objects.filter(comment__in=comments, current=True)
    answers = list(
        current.select_related("disposition", "comment__objection").order_by("pk")
    )
    return LockedComments(comments, answers)


def explain_undecidable(locked: LockedComments) -> list[str]:
    """Which of the comments are settled, and by what; empty where each may be decided (again)."""
    withdrawn = []
    published = []
    for answer in locked.answers:
        is_published = answer.disposition.publication_id is not None
        if answer.disposition.outcome == Outcome.WITHDRAWN:
            withdrawn.append(answer.comment)
        elif is_published and open_objection(answer.comment) is None:
            published.append(answer.comment)
    sentences = []
    if withdrawn:
        sentences.append(f"{name_comments(withdrawn)} ผู้เสนอถอนแล้ว")
    if published:
        sentences.append(
            f"ผลของ{name_comments(published)} เผยแพร่แล้วและไม่มีคำขอทบทวน จึงเปลี่ยนไม่ได้"
        )
    return sentences


def name_comments(comments: Sequence[Comment]) -> str:
    """ความคิดเห็นเลขที่ 3, 7: the number that its row and its page tell."""
    numbers = ", ".join(str(comment.pk) for comment in comments)
    return f"ความคิดเห็นเลขที่ {numbers}"


def open_objection(comment: Comment) -> Objection | None:
    """The objection that waits for a new decision."""
    objection: Objection | None = getattr(comment, "objection", None)
    if objection is None or objection.answered_by_id is not None:
        return None
    return objection


def _refuse_to_orphan_words(comments: Sequence[Comment]) -> None:
    """Refuses to take back an acceptance while the words that changed for any answer of the comments so far stand, and
    nobody else explains them."""
    standing = find_words_to_restore(comments)
    if standing is not None:
        raise WordsStand(standing)


def _refuse_unsaid_proposals(comments: Sequence[Comment]) -> None:
    """Refuses to accept as proposed, without a change, what the draft does not say."""
    unsaid = find_unsaid_proposals(comments)
    if unsaid:
        raise DecisionRefused(
            f"ร่างยังไม่เป็นไปตามที่{name_comments(unsaid)} เสนอ จึงบันทึกว่าเห็นชอบตามที่เสนอโดยไม่ต้องแก้ถ้อยคำไม่ได้ "
            "โปรดนำถ้อยคำที่เสนอเข้าในข้อ หรือเลือก “เห็นชอบโดยปรับถ้อยคำ” และระบุเหตุผล",
            field="effect",
        )


def write_disposition(
    ruling: Ruling, locked: LockedComments, by: User, done: RunningAct
) -> Disposition:
    """The row and the answers of all comments; it supersedes the answers they had and answers their objections. What it
    accepts again stays the cause of the words that stand."""
    superseded = locked.answers[0].disposition_id if locked.answers else None
    disposition = Disposition.objects.create(
        outcome=ruling.outcome,
        reason=ruling.reason.strip(),
        effect=ruling.effect,
        points_to=ruling.points_to,
        referred_to=ruling.referred_to.strip(),
        assignee=ruling.assignee,
        due=ruling.due,
        decided_by=by,
        supersedes_id=superseded,
    )
    decided = about_comment(locked.comments[0])
    done.record(DECIDED, decided, detail=disposition.outcome, reason=disposition.reason)
    for answer in locked.answers:
        answer.current = False
        answer.save(update_fields=["current"])
        objection = open_objection(answer.comment)
        if objection is not None:
            objection.answered_by = disposition
            objection.save(update_fields=["answered_by"])
    answers = []
    for comment in locked.comments:
        answers.append(Answer(comment=comment, disposition=disposition))
    Answer.objects.bulk_create(answers)
    if ruling.accepts:
        carry_causes(locked.answers, disposition)
    if ruling.block is not None:
        AnswerBlockUse.objects.create(block=ruling.block, disposition=disposition)
    record_decision(locked.comments)
    return disposition
