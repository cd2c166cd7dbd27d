"""How far each process is. What its drafters said counts as far as the words allow: where no clause stands, nothing can
be ready, and where one stands, the writing has begun."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet

from ...models import Clause, DraftingState, DraftingStateChange, Section
from ...queries import live_processes


@dataclass(frozen=True, slots=True)
class ProcessState:
    """Of one process. `change` is the last one that was said by hand, with who said it; `is_changed_since` tells that
    words were saved after it; what was ready then waits for review."""

    state: DraftingState
    change: DraftingStateChange | None = None
    is_changed_since: bool = False

    @property
    def is_ready(self) -> bool:
        return self.state == DraftingState.READY

    @property
    def has_lapsed(self) -> bool:
        """It was said to be ready, and words were changed since."""
        was_ready = self.change is not None and self.change.state == DraftingState.READY
        return was_ready and self.state == DraftingState.IN_REVIEW

    @property
    def read(self) -> int:
        """What a form names, to be told when somebody else was quicker."""
        return self.change.pk if self.change is not None else 0


def derive_state(
    last: DraftingStateChange | None, clauses: int, version: int
) -> DraftingState:
    """From what was said last, the number of clauses that stand, and the section's version: who called it ready has not
    seen what was written later (docs/decisions/0063)."""
    said = DraftingState(last.state) if last is not None else None
    if not clauses:
        return (
            DraftingState.BEGUN
            if said == DraftingState.BEGUN
            else DraftingState.NOT_BEGUN
        )
    if said is None or said == DraftingState.NOT_BEGUN:
        return DraftingState.BEGUN
    if last is not None and said == DraftingState.READY and version > last.at_version:
        return DraftingState.IN_REVIEW
    return said


def find_state(process: Section) -> ProcessState:
    """Two queries."""
    return find_states([process])[process.pk]


def find_states(
    processes: Iterable[Section] | QuerySet[Section],
) -> Mapping[int, ProcessState]:
    """{section id: its state} of the processes given. Two queries, and one for a query set."""
    sections = list(processes)
    ids = [section.pk for section in sections]
    said = _find_last_changes(ids)
    counted = (
        Clause.objects.live().filter(section__in=ids).order_by().values_list("section")
    )
    clauses = dict(counted.annotate(number=Count("pk")))
    states = {}
    for section in sections:
        change = said.get(section.pk)
        state = derive_state(change, clauses.get(section.pk, 0), section.version)
        found = ProcessState(state, change)
        counts = change is not None and (state == change.state or found.has_lapsed)
        is_changed_since = (
            counts and change is not None and section.version > change.at_version
        )
        states[section.pk] = replace(found, is_changed_since=is_changed_since)
    return states


def count_drafting_states(
    processes: QuerySet[Section],
) -> Mapping[int, Counter[DraftingState]]:
    """{manual id: how many of the processes are in each state}. Two queries."""
    live_clauses = Count("clauses", filter=Q(clauses__retired__isnull=True))
    counted = live_processes(processes).order_by().annotate(live_clauses=live_clauses)
    rows = list(counted.values_list("pk", "manual", "live_clauses", "version"))
    said = _find_last_changes([pk for pk, *_ in rows])
    counts: dict[int, Counter[DraftingState]] = {}
    for pk, manual_id, clauses, version in rows:
        state = derive_state(said.get(pk), clauses, version)
        counts.setdefault(manual_id, Counter())[state] += 1
    return counts


def _find_last_changes(section_ids: Sequence[int]) -> dict[int, DraftingStateChange]:
    """{section id: what was said of it last}, with who said it. One query."""
    changes = DraftingStateChange.objects.filter(
        section__in=section_ids
    ).select_related("by")
    latest = changes.order_by("section_id", "-pk").distinct("section_id")
    return {change.section_id: change for change in latest}
