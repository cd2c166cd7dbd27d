"""Which processes are not said to be ready for the hearing: told beside an edition that is to be heard, and never in
its way (docs/decisions/0049)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from manuals.models import (
    DraftingState,
    Edition,
    EditionEntry,
    EditionRelease,
    Manual,
    Section,
    SectionVersion,
)
from manuals.queries import live_processes
from manuals.teamwork.queries.states import count_drafting_states


@dataclass(frozen=True, slots=True)
class UnreadyManual:
    """A manual with such processes; it comes with its group. `states` counts those only, `processes` all of its."""

    manual: Manual
    states: Mapping[DraftingState, int]
    processes: int

    @property
    def unready(self) -> int:
        return sum(self.states.values())


def _entries_of_public_final() -> QuerySet[EditionEntry]:
    """Those of a process (OuterRef) in a final edition that went to the public, when nothing of it changed since."""
    changed_since = SectionVersion.objects.filter(
        section=OuterRef("section"),
        revision__date_created__gt=OuterRef("edition__sealed_at"),
    )
    return EditionEntry.objects.filter(
        ~Exists(changed_since),
        kind=EditionEntry.Kind.SECTION,
        section=OuterRef("pk"),
        edition__kind=Edition.Kind.FINAL,
        edition__releases__audience=EditionRelease.Audience.PUBLIC,
    )


def find_unready_manuals(edition: Edition | None = None) -> list[UnreadyManual]:
    """As the processes of the edition are today, or all of the working draft, in book order. What stands in the draft
    as everybody reads it in a final edition waits for no hearing. Three queries; of the working draft four, five once
    such an edition is out."""
    processes = live_processes()
    settled: Mapping[int, Counter[DraftingState]] = {}
    if edition is not None:
        entries = edition.entries.filter(
            kind=EditionEntry.Kind.SECTION, data__kind=Section.Kind.PROCESS
        )
        processes = processes.filter(pk__in=entries.values("section"))
    else:
        settled = count_drafting_states(
            processes.filter(Exists(_entries_of_public_final()))
        )
    counted = count_drafting_states(processes)
    found = []
    manuals = Manual.objects.filter(pk__in=list(counted)).select_related("work_group")
    for manual in manuals.order_by("work_group__order", "key"):
        counts = Counter(counted[manual.pk])
        processes_of_manual = counts.total()
        counts -= settled.get(manual.pk, Counter())
        del counts[DraftingState.READY]
        if counts:
            found.append(UnreadyManual(manual, counts, processes_of_manual))
    return found
