"""What a decision made of a clause: the words in which its act ended, not a step on the way to them.

Proposals that are taken together change their clause one after another, each step with a cause of its own. Whoever
tells what became of a comment tells it by these rows: the comment's own step stands in the clause's history.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hearing_portal.postgres.statements import is_any_of
from manuals.models import ClauseChange

from ...models import ChangeCause


@dataclass(frozen=True, slots=True)
class EnactedChange:
    """`cause` is the decision's own step; `first` and `last` are those of its act that stand: the clause said before it
    what `first` began from, and after it what `last` ended with."""

    cause: ChangeCause
    first: ClauseChange
    last: ClauseChange

    @property
    def is_shared(self) -> bool:
        """Other proposals went in by the same act."""
        return self.first.pk != self.last.pk


def find_steps(stands: Q, disposition_ids: Sequence[int]) -> QuerySet[ChangeCause]:
    """The causes of these dispositions, and all other steps of the same acts, as far as they stand."""
    own = ChangeCause.objects.filter(is_any_of("disposition", disposition_ids))
    steps = ChangeCause.objects.filter(stands, ended_in__in=own.values("ended_in"))
    return steps.select_related("change__from_blob", "change__to_blob").order_by("pk")


def join_steps(
    steps: Iterable[ChangeCause], disposition_ids: Iterable[int]
) -> list[EnactedChange]:
    """Rows of `find_steps`: those of these dispositions, each with the words its act began from and ended with."""
    asked = set(disposition_ids)
    of_act: dict[int, list[ChangeCause]] = {}
    for cause in steps:
        of_act.setdefault(cause.ended_in_id, []).append(cause)
    joined = []
    for causes in of_act.values():
        changes = sorted((each.change for each in causes), key=lambda change: change.pk)
        for cause in causes:
            if cause.disposition_id in asked:
                joined.append(EnactedChange(cause, changes[0], changes[-1]))
    return sorted(joined, key=lambda each: each.cause.pk)
