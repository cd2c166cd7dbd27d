"""What of an edition nothing explains: changed clauses without a cause or a reason, accepted comments without a change
or a stated "no change needed"."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.db.models import Exists, OuterRef, Q

from manuals.comparing.fates import Fate
from manuals.comparing.queries.nodes import ComparedClause, compare_sides
from manuals.comparing.queries.reasons import find_change_reasons
from manuals.comparing.sides import Side, Sides
from manuals.models import Edition, Manual
from manuals.models.put_back import is_put_back
from manuals.models.undone import is_undone

from ...models import Answer, ChangeCause, Disposition
from ...releasing.queries.book import EditionBook
from ...releasing.queries.gate import find_counted_comments

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
    """Five queries at most."""
    sides = Sides(Side(basis), Side(edition))
    found = compare_sides(sides, [manual.pk for manual in manuals])
    changed = [each for each in found.clauses if each.fate not in NO_CHANGE]
    causes = ChangeCause.objects.filter(
        _stood_at(edition.seal.at),
        change__revision__date_created__gt=basis.seal.at,
        change__revision__date_created__lte=edition.seal.at,
    )
    caused = set(causes.values_list("change__clause", flat=True))
    others = [each for each in changed if each.pair.clause_id not in caused]
    reasons = find_change_reasons(sides, others)
    unexplained = [each for each in others if not reasons.get(each.pair.clause_id)]
    return ChangedClauses(
        caused=len(changed) - len(others),
        reasoned=len(others) - len(unexplained),
        unexplained=unexplained,
    )


def _stood_at(moment: datetime) -> Q:
    """Of a cause: its change was neither undone nor put back until then."""
    is_gone = Q(is_undone("change__revision", moment)) | Q(
        is_put_back("change", moment)
    )
    return ~is_gone


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

    changed: int  # lead to a change that stands
    stated: int  # "no change needed", with the reason
    unmet: list[UnmetAcceptance]

    @property
    def total(self) -> int:
        return self.changed + self.stated + len(self.unmet)


def count_accepted_comments(
    edition: Edition, manuals: Collection[Manual]
) -> AcceptedComments:
    """One query. What was said in a rehearsal is left out, as at the gate."""
    comments = find_counted_comments(EditionBook(edition)).filter(
        entry__manual__in=list(manuals), parent__isnull=True
    )
    causes = ChangeCause.objects.filter(
        disposition=OuterRef("disposition"),
        change__revision__date_created__lte=edition.seal.at,
    )
    answers = (
        Answer.objects.filter(
            current=True,
            comment__in=comments,
            disposition__outcome__in=ACCEPTED,
            disposition__decided_at__lte=edition.seal.at,
        )
        .annotate(
            has_change=Exists(causes),
            stands=Exists(causes.filter(_stood_at(edition.seal.at))),
        )
        .select_related(
            "disposition",
            "comment__entry__manual__work_group",
            "comment__entry__section",
            "comment__entry__blob",
        )
        .order_by("comment")
    )
    changed = 0
    stated = 0
    unmet = []
    for answer in answers:
        if answer.stands:
            changed += 1
        elif answer.disposition.effect == Effect.NO_TEXT_CHANGE:
            stated += 1
        elif answer.has_change:
            unmet.append(UnmetAcceptance(answer, Lack.LOST))
        elif answer.disposition.effect == Effect.TO_DRAFT:
            unmet.append(UnmetAcceptance(answer, Lack.TO_DRAFT))
        else:
            unmet.append(UnmetAcceptance(answer, Lack.NOTHING))
    return AcceptedComments(changed, stated, unmet)
