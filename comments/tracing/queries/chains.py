"""What was done to a clause between two editions, act by act, and which decisions led to each."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q

from hearing_portal.directory.permissions import Visitor
from manuals.comparing.queries.reasons import act_of_change, own_reason_of
from manuals.models import Clause, ClauseChange, EditionEntry, SectionVersion
from manuals.permissions import editions_readable_by

from ...models import ChangeCause
from ...standing.queries.counted_causes import answers_in_force, find_counted_causes
from ...standing.queries.fallen_words import Fall, judge_causes


@dataclass(slots=True)
class ChangeOfClause:
    """One act. `reason` is what somebody said, `is_caused` that a decision led to it that was in force then, published
    or not; `was_overruled` that only decisions did in whose place came others: what these said is no reason. `causes`
    are the published ones with their dispositions, these with the answers in force; `fallen` why the words of some
    stood no more in the end."""

    change: ClauseChange
    reason: str
    is_caused: bool
    was_overruled: bool = False
    causes: list[ChangeCause] = field(default_factory=list)
    fallen: dict[int, Fall] = field(default_factory=dict)


def find_changes_of(
    clause: Clause, since: datetime | None, until: datetime
) -> list[ChangeOfClause]:
    """The earliest first; `since` None is from the clause's beginning on. Causes are those of published answers that
    were in force at `until`. Three queries, two where nothing was caused by a comment, and those of judge_causes."""
    window = Q(revision__date_created__lte=until)
    if since is not None:
        window &= Q(revision__date_created__gt=since)
    answers = answers_in_force(until)
    of_change = {"change": OuterRef("pk")}
    rows = (
        ClauseChange.objects.filter(window, clause=clause)
        .select_related("revision")
        .annotate(
            act=act_of_change(),
            is_caused=Exists(find_counted_causes(answers).filter(**of_change)),
            was_caused=Exists(ChangeCause.objects.filter(**of_change)),
        )
        .order_by("revision_id", "pk")
    )
    changes = {}
    for row in rows:
        was_overruled = row.was_caused and not row.is_caused
        reason = own_reason_of(row.act, row.reason)
        if was_overruled and row.act["action"] == SectionVersion.Action.ADOPT:
            reason = ""  # that of the decision
        changes[row.pk] = ChangeOfClause(row, reason, row.is_caused, was_overruled)
    causes = list(
        find_counted_causes(answers)
        .filter(change__in=list(changes), disposition__publication__isnull=False)
        .select_related(
            "change",
            "disposition__decided_by",
            "disposition__publication",
            "carried_from__disposition",
        )
        .prefetch_related(Prefetch("disposition__answers", answers))
        .order_by("pk")
    )
    fallen = judge_causes([cause.pk for cause in causes], until, answers).fallen
    for cause in causes:
        changes[cause.change_id].causes.append(cause)
        if cause.pk in fallen:
            changes[cause.change_id].fallen[cause.pk] = fallen[cause.pk]
    return list(changes.values())


def find_entries_of(clause: Clause, user: Visitor) -> list[EditionEntry]:
    """How the clause stands in each edition that this reader may read, the oldest first. One query."""
    entries = EditionEntry.objects.filter(
        clause=clause, edition__in=editions_readable_by(user)
    )
    return list(
        entries.select_related(
            "edition", "blob", "section", "manual__work_group"
        ).order_by("edition__sealed_at", "edition")
    )
