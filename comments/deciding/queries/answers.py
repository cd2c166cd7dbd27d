"""How many of a group's comments are answered, and which answers wait to be published."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, F, Q, QuerySet

from hearing_portal.directory.models import AreaOffice, WorkGroup

from ...models import Answer, AnswerPublication, Comment, Disposition, Hearing
from .blockers import comments_of_group, waiting_dispositions

# Typed in for a speaker without an account: its author is whoever typed it
WITHOUT_COMMENTER = ~Q(comment__channel=Comment.Channel.WEB) & Q(
    comment__recorded_by=F("comment__author")
)
# An author objects once, to a comment that was noted too (product.md); what was withdrawn is final, and what nobody can
# object to (docs/decisions/0067-nobody-waits-for-who-cannot-object.md)
OBJECTABLE = (
    Q(comment__objection__isnull=True)
    & ~Q(disposition__outcome=Disposition.Outcome.WITHDRAWN)
    & ~Q(WITHOUT_COMMENTER)
)
# What is counted of answers that go out
COMMENTS = Count("pk")
PRIMARY = Count(
    "comment__office",
    filter=Q(comment__office_kind=AreaOffice.Kind.PRIMARY),
    distinct=True,
)
SECONDARY = Count(
    "comment__office",
    filter=Q(comment__office_kind=AreaOffice.Kind.SECONDARY),
    distinct=True,
)
OBJECTABLE_ONES = Count("pk", filter=OBJECTABLE)


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """`total` counts the comments that need an answer; `answered` those that have one, published or not;
    `objected` those whose author waits for another one."""

    total: int
    answered: int
    published: int
    objected: int


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How often an outcome waits to be published: comments, and offices once each, primary and secondary apart.
    `objectable` are those of the comments whose authors may object to it."""

    outcome: str
    comments: int
    primary: int
    secondary: int
    objectable: int


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom a publication answers: comments, and offices once each, primary and secondary apart. `objectable` are those
    of the comments whose authors may object to the answer; to the others it is final."""

    comments: int
    primary: int
    secondary: int
    objectable: int

    @property
    def final(self) -> int:
        return self.comments - self.objectable


def count_answers(hearing: Hearing, group: WorkGroup | None) -> AnswerCounts:
    """One query."""
    answered = Q(answers__current=True)
    published = answered & Q(answers__disposition__publication__isnull=False)
    objected = Q(objection__isnull=False, objection__answered_by__isnull=True)
    counts = comments_of_group(hearing, group).aggregate(
        total=Count("pk", distinct=True),
        answered=Count("pk", filter=answered, distinct=True),
        published=Count("pk", filter=published, distinct=True),
        objected=Count("pk", filter=objected, distinct=True),
    )
    return AnswerCounts(**counts)


def count_waiting_outcomes(
    hearing: Hearing, group: WorkGroup | None
) -> list[OutcomeCount]:
    """In the order of Disposition.Outcome; only outcomes that wait. One query."""
    answers = waiting_answers(hearing, group)
    rows = answers.values("disposition__outcome").annotate(
        comments=COMMENTS,
        primary=PRIMARY,
        secondary=SECONDARY,
        objectable=OBJECTABLE_ONES,
    )
    counts = {}
    for row in rows.order_by():
        outcome = row["disposition__outcome"]
        counts[outcome] = OutcomeCount(
            outcome,
            comments=row["comments"],
            primary=row["primary"],
            secondary=row["secondary"],
            objectable=row["objectable"],
        )
    return [
        counts[outcome] for outcome in Disposition.Outcome.values if outcome in counts
    ]


def count_addressees(answers: QuerySet[Answer]) -> Addressees:
    """One query."""
    counts = answers.aggregate(
        comments=COMMENTS,
        primary=PRIMARY,
        secondary=SECONDARY,
        objectable=OBJECTABLE_ONES,
    )
    return Addressees(**counts)


def waiting_answers(hearing: Hearing, group: WorkGroup | None) -> QuerySet[Answer]:
    return Answer.objects.filter(
        current=True,
        disposition__in=waiting_dispositions(hearing, group),
        comment__in=comments_of_group(hearing, group),
    )


def published_answers(publication: AnswerPublication) -> QuerySet[Answer]:
    """Those that still count."""
    return Answer.objects.filter(current=True, disposition__publication=publication)


def identify_answers(dispositions: QuerySet[Disposition]) -> str:
    """A set of answers in a few characters, as a form sends it: another set has others. One query."""
    ids = dispositions.order_by("pk").values_list("pk", flat=True)
    listed = ",".join(str(pk) for pk in ids)
    return hashlib.sha256(listed.encode()).hexdigest()[:16] if listed else ""
