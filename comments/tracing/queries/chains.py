"""What was done to a clause between two editions, act by act, and which decisions led to each."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Exists, OuterRef, Prefetch, Q

from hearing_portal.directory.permissions import Visitor
from manuals.comparing.queries.reasons import act_of_change, own_reason_of
from manuals.models import Clause, ClauseChange, EditionEntry
from manuals.permissions import editions_readable_by

from ...models import Answer, ChangeCause


@dataclass(slots=True)
class ChangeOfClause:
    """One act. `reason` is what somebody said, `is_caused` that a decision led to it, published or not; `causes` are
    the published ones with their dispositions, these with the current answers."""

    change: ClauseChange
    reason: str
    is_caused: bool
    causes: list[ChangeCause] = field(default_factory=list)


def find_changes_of(
    clause: Clause, since: datetime | None, until: datetime
) -> list[ChangeOfClause]:
    """The earliest first; `since` None is from the clause's beginning on. Causes are those of published answers. Three
    queries, two where nothing was caused by a comment."""
    window = Q(revision__date_created__lte=until)
    if since is not None:
        window &= Q(revision__date_created__gt=since)
    rows = (
        ClauseChange.objects.filter(window, clause=clause)
        .select_related("revision")
        .annotate(
            act=act_of_change(),
            is_caused=Exists(ChangeCause.objects.filter(change=OuterRef("pk"))),
        )
        .order_by("revision_id", "pk")
    )
    changes = {}
    for row in rows:
        changes[row.pk] = ChangeOfClause(
            row, own_reason_of(row.act, row.reason), row.is_caused
        )
    current = Answer.objects.filter(current=True).order_by("comment")
    causes = (
        ChangeCause.objects.filter(
            change__in=list(changes), disposition__publication__isnull=False
        )
        .select_related("change", "disposition__decided_by", "disposition__publication")
        .prefetch_related(Prefetch("disposition__answers", current))
    )
    for cause in causes.order_by("pk"):
        changes[cause.change_id].causes.append(cause)
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
