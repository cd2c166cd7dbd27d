"""The changes of words that decisions made, as far as these count."""

from django.db.models import Exists, OuterRef, QuerySet

from manuals.models import ClauseChange

from ...models import Answer, ChangeCause

Kind = ClauseChange.Kind
WORDS_STAY = (Kind.MOVED, Kind.FORMATTED)  # changes that leave the words as they are
current_answers = Answer.objects.filter(current=True).order_by("comment")


def find_counted_causes() -> QuerySet[ChangeCause]:
    """The changes of words that a decision made which still answers somebody."""
    return ChangeCause.objects.filter(
        Exists(current_answers.filter(disposition=OuterRef("disposition")))
    )
