"""A group's answers: what is decided, what is published, what is still missing before they go out together."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count
from django.utils.text import Truncator

from hearing_portal.thai.dates import be_datetime_short
from hearing_portal.web.choices import Option
from manuals.drafting.told_words import tell_clauses
from manuals.models import ClauseChange, Manual

from ...hearings.presentation import NO_OBJECTIONS
from ...models import Answer, AnswerPublication, Comment, Disposition, Hearing
from ..queries.answers import (
    AnswerCounts,
    OutcomeCount,
    count_answers,
    count_waiting_outcomes,
)
from ..queries.blockers import (
    AnswerBlocker,
    comments_of_group,
    find_publication_blockers,
)
from ..queries.drafting_debts import (
    DraftingDebt,
    changes_that_may_keep,
    find_drafting_debts,
    find_later_changes,
)
from ..queries.lost_words import find_lost_words
from .blockers import ShownBlocker, show_answer_blocker
from .held import HeldComments, find_held_of_answers
from .lost_words import ShownLostWords, show_lost_words
from .promises import name_writing, promised_words_url, tell_retired

CHANGES_OFFERED = 30  # changes of words offered for one promise to draft, newest first


@dataclass(frozen=True, slots=True)
class ShownDebt:
    """A promise to draft, with the later changes of words that may keep it, and what
    their clauses say, by id."""

    debt: DraftingDebt
    changes: list[ClauseChange]
    words: Mapping[int, str]

    @property
    def disposition(self) -> Disposition:
        return self.debt.disposition

    @property
    def comments(self) -> list[Comment]:
        return self.debt.comments

    @property
    def words_url(self) -> str:
        """Where the words are written."""
        return promised_words_url(self.debt)

    @property
    def words_label(self) -> str:
        return name_writing(self.debt)

    @property
    def retired_words(self) -> str:
        return tell_retired(self.debt)

    @property
    def change_options(self) -> list[Option]:
        options = []
        for change in self.changes:
            when = be_datetime_short(change.revision.date_created)
            words = Truncator(self.words[change.clause_id]).chars(60)
            note = f"{when} {change.get_kind_display()} {words}"
            options.append(Option(str(change.pk), note=note))
        return options


class BlockerGroup(NamedTuple):
    """What keeps answers from being published, of one kind; `state` finds all of it in the queue."""

    title: str
    icon: str
    state: str
    blockers: list[ShownBlocker]


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """All that the page of a group's answers shows."""

    hearing: Hearing
    counts: AnswerCounts
    waiting: list[OutcomeCount]
    blockers: list[ShownBlocker]
    debts: list[ShownDebt]
    lost: list[ShownLostWords]  # adopted, and in the draft no more
    publications: list[AnswerPublication]
    held: HeldComments  # of those that are answered, published or not

    @property
    def blocker_groups(self) -> list[BlockerGroup]:
        """Those that block anything."""
        unanswered = self._blockers_of(AnswerBlocker.UNANSWERED)
        unconfirmed = self._blockers_of(AnswerBlocker.UNCONFIRMED)
        groups = [
            BlockerGroup("ยังไม่มีผลการพิจารณา", "circle", "open", unanswered),
            BlockerGroup(
                "“ไม่เห็นชอบตามที่เสนอ” ที่ยังไม่มีผู้ยืนยันคนที่สอง",
                "people",
                "unconfirmed",
                unconfirmed,
            ),
        ]
        return [group for group in groups if group.blockers]

    def _blockers_of(self, kind: AnswerBlocker) -> list[ShownBlocker]:
        return [blocker for blocker in self.blockers if blocker.kind == kind]

    @property
    def publishing_note(self) -> str:
        """What pressing the button means, or why it cannot be pressed."""
        if self.is_ready:
            comments = sum(outcome.comments for outcome in self.waiting)
            objectable = sum(outcome.objectable for outcome in self.waiting)
            return f"เผยแพร่แล้วเรียกคืนไม่ได้ {say_objection_time(self.hearing, comments, objectable)}"
        if self.blockers:
            return f"เผยแพร่ได้เมื่อดำเนินการครบทั้ง {len(self.blockers)} เรื่อง"
        return "ยังไม่มีผลการพิจารณาใหม่ที่จะเผยแพร่"

    @property
    def readiness(self) -> str:
        """What nothing standing in the way means: there may be nothing to publish, or nothing any more."""
        if self.is_ready:
            return "พร้อมเผยแพร่"
        if self.counts.objected:
            return "รอพิจารณาคำขอทบทวน"
        if self.publications:
            return "เผยแพร่ครบแล้ว"
        return "ยังไม่มีผลการพิจารณาที่จะเผยแพร่"

    @property
    def is_ready(self) -> bool:
        return bool(self.waiting) and not self.blockers


def say_objection_time(hearing: Hearing, comments: int, objectable: int) -> str:
    """Of the answers to `comments` that are published now; to `objectable` of them their authors may object."""
    if not hearing.takes_objections:
        return NO_OBJECTIONS
    if not objectable:
        return "ผลเหล่านี้เป็นที่สุด ขอให้ทบทวนอีกไม่ได้"
    time = f"ผู้เสนอขอให้ทบทวนได้ 1 ครั้งภายใน {hearing.objection_days} วัน"
    if objectable == comments:
        return time
    final = comments - objectable
    return f"{time} จำนวน {objectable} ความคิดเห็น อีก {final} ความคิดเห็นผลเป็นที่สุด ขอให้ทบทวนอีกไม่ได้"


def load_group_answers(hearing: Hearing, manual: Manual) -> GroupAnswers:
    """Eleven queries at most, however many answers there are."""
    group = manual.work_group
    publications = (
        AnswerPublication.objects.filter(hearing=hearing, work_group=group)
        .annotate(comments=Count("dispositions__answers"))
        .order_by("-pk")
    )
    debts = find_drafting_debts(comments_of_group(hearing, group))
    changes = find_later_changes(debts, group)
    told = tell_clauses({change.clause for change in changes})
    shown_debts = []
    for debt in debts:
        offered = changes_that_may_keep(debt, changes)[:CHANGES_OFFERED]
        shown_debts.append(ShownDebt(debt, offered, told))
    return GroupAnswers(
        hearing=hearing,
        counts=count_answers(hearing, group),
        waiting=count_waiting_outcomes(hearing, group),
        blockers=[
            show_answer_blocker(blocker)
            for blocker in find_publication_blockers(hearing, group)
        ],
        debts=shown_debts,
        lost=show_lost_words(find_lost_words(comments_of_group(hearing, group))),
        publications=list(publications),
        held=find_held_of_answers(hearing, manual, Answer.objects.filter(current=True)),
    )
