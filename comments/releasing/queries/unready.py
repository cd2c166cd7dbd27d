"""Which processes are not said to be ready for the hearing: told beside an edition that is to be heard, and never in
its way (docs/decisions/0049)."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from manuals.models import DraftingState, Edition, EditionEntry, Manual, Section
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


def find_unready_manuals(edition: Edition | None = None) -> list[UnreadyManual]:
    """As the processes of the edition are today, or all of the working draft, in book order. Three queries."""
    processes = live_processes()
    if edition is not None:
        entries = edition.entries.filter(kind=EditionEntry.Kind.SECTION, data__kind=Section.Kind.PROCESS)
        processes = processes.filter(pk__in=entries.values("section"))
    counted = count_drafting_states(processes)
    found = []
    manuals = Manual.objects.filter(pk__in=list(counted)).select_related("work_group")
    for manual in manuals.order_by("work_group__order", "key"):
        counts = Counter(counted[manual.pk])
        processes_of_manual = counts.total()
        del counts[DraftingState.READY]
        if counts:
            found.append(UnreadyManual(manual, counts, processes_of_manual))
    return found
