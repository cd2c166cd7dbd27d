"""A group's answers: what is decided, what is published, what is still missing before they go out together."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from django.db.models import Count, Prefetch, Q
from django.utils.text import Truncator

from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.dates import be_datetime_short
from hearing_portal.web.choices import Option
from manuals.models import ClauseChange

from ...limits import OBJECTION_DAYS
from ...models import Answer, AnswerPublication, Comment, Disposition, Hearing
from ..queries.blockers import Blocker, comments_of_group, open_debts, publication_blockers, waiting_dispositions

CHANGES_OFFERED = 30  # changes of words offered for one promise to draft, newest first


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How often an outcome was decided and not published yet; offices once each, primary and secondary apart."""

    outcome: str
    comments: int
    primary: int
    secondary: int


@dataclass(frozen=True, slots=True)
class Debt:
    """A promise to draft, with the later changes of words that may keep it."""

    disposition: Disposition
    comments: list[Comment]
    changes: list[ClauseChange]

    @property
    def change_options(self) -> list[Option]:
        options = []
        for change in self.changes:
            when = be_datetime_short(change.revision.date_created)
            words = Truncator(change.clause.plain).chars(60)
            options.append(Option(str(change.pk), note=f"{when} {change.get_kind_display()} {words}"))
        return options


class BlockerGroup(NamedTuple):
    """What keeps answers from being published, of one kind; `state` finds all of it in the queue."""

    title: str
    icon: str
    state: str
    blockers: list[Blocker]


@dataclass(frozen=True, slots=True)
class GroupAnswers:
    """`total` counts the comments that need an answer; `answered` those that have one, published or not."""

    total: int
    answered: int
    published: int
    waiting: list[OutcomeCount]
    blockers: list[Blocker] = field(default_factory=list)
    debts: list[Debt] = field(default_factory=list)
    publications: list[AnswerPublication] = field(default_factory=list)

    @property
    def blocker_groups(self) -> list[BlockerGroup]:
        groups = []
        for kind, found in groupby(self.blockers, key=lambda blocker: blocker.kind):
            if kind == "unconfirmed":
                group = BlockerGroup("“ไม่รับ” ที่ยังไม่มีผู้ยืนยันคนที่สอง", "people", "unconfirmed", list(found))
            else:
                group = BlockerGroup("ยังไม่มีผลการพิจารณา", "circle", "open", list(found))
            groups.append(group)
        return groups

    @property
    def publishing_note(self) -> str:
        """What pressing the button means, or why it cannot be pressed."""
        if self.is_ready:
            return f"เผยแพร่แล้วเรียกคืนไม่ได้ ผู้เสนอโต้แย้งได้ 1 ครั้งภายใน {OBJECTION_DAYS} วัน"
        if self.blockers:
            return "ทำเรื่องด้านซ้ายให้ครบก่อน จึงเผยแพร่ได้"
        return "ยังไม่มีผลใหม่ จึงไม่มีอะไรให้เผยแพร่"

    @property
    def is_ready(self) -> bool:
        return bool(self.waiting) and not self.blockers


def load_group_answers(hearing: Hearing, group: WorkGroup | None) -> GroupAnswers:
    """Nine queries, however many answers there are."""
    comments = comments_of_group(hearing, group)
    answered = Q(answers__current=True)
    published = answered & Q(answers__disposition__publication__isnull=False)
    numbers = comments.aggregate(
        total=Count("pk", distinct=True),
        answered=Count("pk", filter=answered, distinct=True),
        published=Count("pk", filter=published, distinct=True),
    )
    publications = AnswerPublication.objects.filter(hearing=hearing, work_group=group)
    return GroupAnswers(
        **numbers,
        waiting=_waiting(hearing, group),
        blockers=publication_blockers(hearing, group),
        debts=_debts(hearing, group),
        publications=list(publications.annotate(number=Count("dispositions")).order_by("-pk")),
    )


def _waiting(hearing: Hearing, group: WorkGroup | None) -> list[OutcomeCount]:
    answers = Answer.objects.filter(
        current=True,
        disposition__in=waiting_dispositions(hearing, group),
        comment__in=comments_of_group(hearing, group),
    ).values_list("disposition__outcome", "comment__office_id", "comment__office_kind")
    counted: list[OutcomeCount] = []
    rows = list(answers)
    for outcome in Disposition.Outcome.values:
        of_outcome = [(office, kind) for named, office, kind in rows if named == outcome]
        if of_outcome:
            counted.append(
                OutcomeCount(
                    outcome, len(of_outcome), _offices(of_outcome, "primary"), _offices(of_outcome, "secondary")
                )
            )
    return counted


def _offices(rows: Iterable[tuple[int | None, str | None]], wanted: str) -> int:
    return len({office for office, kind in rows if kind == wanted})


def _debts(hearing: Hearing, group: WorkGroup | None) -> list[Debt]:
    answers = Answer.objects.filter(current=True).select_related("comment__office", "comment__entry__manual")
    open_ones = list(
        open_debts()
        .filter(answers__comment__in=comments_of_group(hearing, group))
        .distinct()
        .select_related("assignee")
        .prefetch_related(None)
        .prefetch_related(Prefetch("answers", answers.order_by("comment_id"), to_attr="current_answers"))
    )
    changes = _later_changes(open_ones, group)
    return [_debt(disposition, changes) for disposition in open_ones]


def _later_changes(debts: list[Disposition], group: WorkGroup | None) -> list[ClauseChange]:
    if not debts:
        return []
    since = min(debt.decided_at for debt in debts)
    rows = ClauseChange.objects.filter(
        clause__section__manual__work_group=group, cause__isnull=True, revision__date_created__gte=since
    )
    return list(rows.select_related("revision", "clause__section", "to_blob", "from_blob").order_by("-pk"))


def _debt(disposition: Disposition, changes: list[ClauseChange]) -> Debt:
    """A change in the process of one of its comments; for a comment on the whole manual anywhere in it."""
    comments = [answer.comment for answer in disposition.current_answers]
    sections = {comment.entry.section_id for comment in comments}
    fitting = [
        change
        for change in changes
        if change.revision.date_created >= disposition.decided_at
        and (None in sections or change.clause.section_id in sections)
    ]
    return Debt(disposition, comments, fitting[:CHANGES_OFFERED])
