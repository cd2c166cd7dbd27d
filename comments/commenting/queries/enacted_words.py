"""What became of the words that decisions changed: what the clause says in the end, not a step on the way there.

Proposals that are taken together change their clause one after another, each step with a cause of its own. Whoever
tells what became of a comment tells it by these rows: the comment's own step stands in the clause's history.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hearing_portal.postgres.statements import is_any_of, kept_statement
from manuals.models import ClauseChange

from ...models import ChangeCause
from ...standing.queries.fallen_words import Fall, JudgedCauses, judge_causes


@dataclass(frozen=True, slots=True)
class EnactedChange:
    """`cause` is the decision's own step; the clause said before its act what `first` began from. `ended_in` is the
    last step of the act that stands, and `last` are the last changes of the clauses that keep its words, whoever made
    them: after them these clauses say what they say. `is_shared`: other proposals went in by the same act."""

    cause: ChangeCause
    first: ClauseChange
    ended_in: ClauseChange
    last: Sequence[ClauseChange]
    is_shared: bool


@dataclass(frozen=True, slots=True)
class WordsOfDecisions:
    """`changes` are those whose words stand. `fallen` is, of each decision of whose words nothing stands, why: lost, or
    replaced by a later decision."""

    changes: Sequence[EnactedChange]
    fallen: dict[int, Fall]


def find_enacted_words(
    disposition_ids: Collection[int], sealed_at: datetime | None = None
) -> WordsOfDecisions:
    """What these decisions changed: as an edition that was sealed then says it, and what came after it as the working
    draft says it by now. Two queries, one where nothing was changed, none without decisions, and twice those of
    judge_causes at most."""
    if not disposition_ids:
        return WordsOfDecisions([], {})
    own = set(disposition_ids)
    sealed = []
    later = []
    for step in _find_steps(sorted(own)):
        if sealed_at is not None and step.change.revision.date_created <= sealed_at:
            sealed.append(step)
        else:
            later.append(step)
    changes = []
    fallen: dict[int, Fall] = {}
    for steps, at in ((sealed, sealed_at), (later, None)):
        standing = judge_causes([step.pk for step in steps], at)
        changes += _join_steps(steps, own, standing)
        for step in steps:
            fall = standing.fallen.get(step.pk)
            if fall is not None and fallen.get(step.disposition_id) != Fall.LOST:
                fallen[step.disposition_id] = fall
    kept = {each.cause.disposition_id for each in changes}
    gone = {pk: fall for pk, fall in fallen.items() if pk in own - kept}
    return WordsOfDecisions(changes, gone)


@kept_statement
def _find_steps(disposition_ids: list[int]) -> QuerySet[ChangeCause]:
    """The causes of these dispositions, and all other steps of the same acts."""
    own = ChangeCause.objects.filter(is_any_of("disposition", disposition_ids))
    steps = ChangeCause.objects.filter(ended_in__in=own.values("ended_in"))
    return steps.select_related(
        "change__clause",
        "change__from_blob",
        "change__to_blob",
        "change__revision",
        "amendment",
    ).order_by("pk")


def _join_steps(
    steps: Sequence[ChangeCause], own: Collection[int], standing: JudgedCauses
) -> list[EnactedChange]:
    """Of these decisions."""
    of_act: dict[int, dict[int, ClauseChange]] = {}
    kept = standing.keep(steps)
    for step in kept:
        of_act.setdefault(step.ended_in_id, {})[step.change_id] = step.change
    joined = []
    for step in kept:
        if step.disposition_id not in own:
            continue
        act = of_act[step.ended_in_id]
        last = standing.find_last_changes(step)
        joined.append(
            EnactedChange(
                step,
                first=act[min(act)],
                ended_in=act[max(act)],
                last=last or [act[max(act)]],
                is_shared=len(act) > 1,
            )
        )
    return joined
