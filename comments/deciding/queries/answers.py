"""How many of a group's comments are answered, and which answers wait to be published."""

import hashlib
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from hearing_portal.directory.models import AreaOffice, WorkGroup

from ...models import Answer, Disposition, Hearing
from .blockers import comments_of_group, waiting_dispositions


@dataclass(frozen=True, slots=True)
class AnswerCounts:
    """`total` counts the comments that need an answer; `answered` those that have one, published or not."""

    total: int
    answered: int
    published: int


@dataclass(frozen=True, slots=True)
class OutcomeCount:
    """How often an outcome waits to be published: comments, and offices once each, primary and secondary apart."""

    outcome: str
    comments: int
    primary: int
    secondary: int


@dataclass(frozen=True, slots=True)
class Addressees:
    """Whom a publication answers: comments, and offices once each, primary and secondary apart."""

    comments: int
    primary: int
    secondary: int


def count_answers(hearing: Hearing, group: WorkGroup | None) -> AnswerCounts:
    """One query."""
    answered = Q(answers__current=True)
    published = answered & Q(answers__disposition__publication__isnull=False)
    counts = comments_of_group(hearing, group).aggregate(
        total=Count("pk", distinct=True),
        answered=Count("pk", filter=answered, distinct=True),
        published=Count("pk", filter=published, distinct=True),
    )
    return AnswerCounts(**counts)


def count_waiting_outcomes(hearing: Hearing, group: WorkGroup | None) -> list[OutcomeCount]:
    """In the order of Disposition.Outcome; only outcomes that wait. One query."""
    answers = _waiting_answers(hearing, group)
    rows = answers.values("disposition__outcome").annotate(
        comments=Count("pk"),
        primary=_count_offices(AreaOffice.Kind.PRIMARY),
        secondary=_count_offices(AreaOffice.Kind.SECONDARY),
    )
    counts = {}
    for row in rows.order_by():
        outcome = row["disposition__outcome"]
        counts[outcome] = OutcomeCount(outcome, row["comments"], row["primary"], row["secondary"])
    return [counts[outcome] for outcome in Disposition.Outcome.values if outcome in counts]


def count_addressees(hearing: Hearing, group: WorkGroup | None) -> Addressees:
    """Of all answers that wait. One query."""
    counts = _waiting_answers(hearing, group).aggregate(
        comments=Count("pk"),
        primary=_count_offices(AreaOffice.Kind.PRIMARY),
        secondary=_count_offices(AreaOffice.Kind.SECONDARY),
    )
    return Addressees(**counts)


def _waiting_answers(hearing: Hearing, group: WorkGroup | None) -> QuerySet[Answer]:
    return Answer.objects.filter(
        current=True,
        disposition__in=waiting_dispositions(hearing, group),
        comment__in=comments_of_group(hearing, group),
    )


def _count_offices(kind: str) -> Count:
    return Count("comment__office", filter=Q(comment__office_kind=kind), distinct=True)


def identify_answers(dispositions: QuerySet[Disposition]) -> str:
    """A set of answers in a few characters, as a form sends it: another set has others. One query."""
    ids = dispositions.order_by("pk").values_list("pk", flat=True)
    listed = ",".join(str(pk) for pk in ids)
    return hashlib.sha256(listed.encode()).hexdigest()[:16] if listed else ""
