"""What of an edition nothing explains: changed clauses without a cause or a reason, accepted comments without a change
or a stated "no change needed"."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from hearing_portal.postgres.statements import is_any_of
from manuals.comparing.fates import Fate
from manuals.comparing.queries.nodes import ComparedClause, compare_sides
from manuals.comparing.queries.reasons import find_change_reasons
from manuals.comparing.sides import Side, Sides
from manuals.models import Edition, Manual

from ...models import Answer, ChangeCause, Disposition
from ...releasing.queries.book import EditionBook
from ...releasing.queries.gate import find_counted_comments
from ...standing.queries.counted_causes import (
    answers_in_force,
    choose_causes_of,
    find_counted_causes,
)
from ...standing.queries.fallen_words import Fall, judge_causes, leave_standing

# Nothing was said anew: the number of a clause follows from its place
NO_CHANGE = (Fate.UNCHANGED, Fate.RENUMBERED)
ACCEPTED = (Disposition.Outcome.ACCEPTED, Disposition.Outcome.ACCEPTED_WITH_CHANGES)
Effect = Disposition.Effect


@dataclass(frozen=True, slots=True)
class ChangedClauses:
    """Those that differ from the basis of an edition, each counted once: with a comment as its cause, else with a
    reason, else unexplained."""

    caused: int
    reasoned: int
    unexplained: list[ComparedClause]

    @property
    def total(self) -> int:
        return self.caused + self.reasoned + len(self.unexplained)


def count_changed_clauses(
    basis: Edition, edition: Edition, manuals: Collection[Manual]
) -> ChangedClauses:
    """Five queries at most, and those of judge_causes."""
    sides = Sides(Side(basis), Side(edition))
    found = compare_sides(sides, [manual.pk for manual in manuals])
    changed = [each for each in found.clauses if each.fate not in NO_CHANGE]
    answers = answers_in_force(edition.seal.at)
    causes = find_counted_causes(answers).filter(
        change__revision__date_created__gt=basis.seal.at,
        change__revision__date_created__lte=edition.seal.at,
    )
    rows = list(causes.select_related("change"))
    standing = leave_standing(rows, edition.seal.at, answers)
    caused = {cause.change.clause_id for cause in standing}
    others = [each for each in changed if each.pair.clause_id not in caused]
    reasons = find_change_reasons(sides, others)
    unexplained = [each for each in others if not reasons.get(each.pair.clause_id)]
    return ChangedClauses(
        caused=len(changed) - len(others),
        reasoned=len(others) - len(unexplained),
        unexplained=unexplained,
    )


class Lack(StrEnum):
    """What an accepted comment points to no words by."""

    TO_DRAFT = "to_draft"  # promised, not written
    LOST = "lost"  # written, and taken back since
    NOTHING = "nothing"  # said to be written, and no change says so


@dataclass(frozen=True, slots=True)
class UnmetAcceptance:
    """An accepted comment that leads nowhere; the answer comes with its comment, its entry and its disposition."""

    answer: Answer
    lack: Lack


@dataclass(frozen=True, slots=True)
class AcceptedComments:
    """Those that were accepted before an edition was made, each counted once."""

    changed: int  # lead to a change that stands, or that a later decision replaced
    stated: int  # "no change needed", with the reason
    unmet: list[UnmetAcceptance]

    @property
    def total(self) -> int:
        return self.changed + self.stated + len(self.unmet)


def count_accepted_comments(
    edition: Edition, manuals: Collection[Manual]
) -> AcceptedComments:
    """By the answers that were in force when it was sealed. Two queries and those of judge_causes. What was said in a
    rehearsal is left out, as at the gate."""
    sealed_at = edition.seal.at
    comments = find_counted_comments(EditionBook(edition)).filter(
        entry__manual__in=list(manuals), parent__isnull=True
    )
    in_force = answers_in_force(sealed_at)
    answers = list(
        in_force.filter(
            comment__in=comments, disposition__outcome__in=ACCEPTED
        ).select_related(
            "disposition",
            "comment__entry__manual__work_group",
            "comment__entry__section",
            "comment__entry__blob",
        )
    )
    causes = _find_causes(answers, sealed_at)
    rows = [cause for found in causes.values() for cause in found]
    fallen = judge_causes([cause.pk for cause in rows], sealed_at, in_force).fallen
    changed = 0
    stated = 0
    unmet = []
    for answer in answers:
        own = choose_causes_of(answer, causes.get(answer.disposition_id, ()))
        lack = _find_lack(answer.disposition, own, fallen)
        if lack is not None:
            unmet.append(UnmetAcceptance(answer, lack))
        elif own:
            changed += 1
        else:
            stated += 1
    return AcceptedComments(changed, stated, unmet)


def _find_causes(
    answers: Collection[Answer], sealed_at: datetime
) -> dict[int, list[ChangeCause]]:
    """{disposition: the changes that it led to until then}."""
    dispositions = {answer.disposition_id for answer in answers}
    causes = ChangeCause.objects.filter(
        is_any_of("disposition", sorted(dispositions)),
        change__revision__date_created__lte=sealed_at,
    )
    found: dict[int, list[ChangeCause]] = {}
    for cause in causes.select_related("amendment").order_by("pk"):
        found.setdefault(cause.disposition_id, []).append(cause)
    return found


def _find_lack(
    disposition: Disposition,
    causes: Collection[ChangeCause],
    fallen: Mapping[int, Fall],
) -> Lack | None:
    """None for an acceptance whose words stand or were replaced by a later decision, and for one that states that no
    change was needed."""
    made = [cause for cause in causes if cause.carried_from_id is None]
    if disposition.effect == Effect.TO_DRAFT and not made:
        return Lack.TO_DRAFT
    if any(fallen.get(cause.pk) == Fall.LOST for cause in causes):
        return Lack.LOST
    if causes or disposition.effect == Effect.NO_TEXT_CHANGE:
        return None
    return Lack.NOTHING
