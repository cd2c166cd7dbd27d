"""The answers that are in force, and the changes of words that these led to."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from manuals.models import ClauseChange

from ...models import Answer, ChangeCause

Kind = ClauseChange.Kind
WORDS_STAY = (Kind.MOVED, Kind.FORMATTED)  # changes that leave the words as they are
current_answers = Answer.objects.filter(current=True).order_by("comment")


def answers_in_force(at: datetime | None = None) -> QuerySet[Answer]:
    """The one that each comment has now, or had at `at`: the last that was decided until then. An answer that was
    overruled until then is none of them, whenever it was published."""
    if at is None:
        return current_answers
    until = Answer.objects.filter(disposition__decided_at__lte=at)
    later = until.filter(comment=OuterRef("comment"), pk__gt=OuterRef("pk"))
    return until.filter(~Exists(later)).order_by("comment")


def find_counted_causes(answers: QuerySet[Answer]) -> QuerySet[ChangeCause]:
    """The changes of words that led from one of the answers."""
    return ChangeCause.objects.filter(
        Exists(answers.filter(disposition=OuterRef("disposition")))
    )


def choose_causes_of(
    answer: Answer, causes: Iterable[ChangeCause]
) -> list[ChangeCause]:
    """Of all that led from the answer's decision what led from the proposal of its comment; all of it where the comment
    proposed nothing of it. They come with their amendments."""
    rows = list(causes)
    own = []
    for cause in rows:
        amendment = cause.amendment
        if amendment is not None and amendment.comment_id == answer.comment_id:
            own.append(cause)
    return own or rows
