"""How many of a group's comments are answered, and which answers wait to be published."""

from dataclasses import dataclass

from django.db.models import Count, Q

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
    answers = Answer.objects.filter(
        current=True,
        disposition__in=waiting_dispositions(hearing, group),
        comment__in=comments_of_group(hearing, group),
    )
    is_primary = Q(comment__office_kind=AreaOffice.Kind.PRIMARY)
    is_secondary = Q(comment__office_kind=AreaOffice.Kind.SECONDARY)
    rows = answers.values("disposition__outcome").annotate(
        comments=Count("pk"),
        primary=Count("comment__office", filter=is_primary, distinct=True),
        secondary=Count("comment__office", filter=is_secondary, distinct=True),
    )
    counts = {}
    for row in rows.order_by():
        outcome = row["disposition__outcome"]
        counts[outcome] = OutcomeCount(outcome, row["comments"], row["primary"], row["secondary"])
    return [counts[outcome] for outcome in Disposition.Outcome.values if outcome in counts]
