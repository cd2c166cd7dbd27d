"""How far the working draft is: which groups have a manual, and what stands in each."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Count, Max, Q
from django.utils.timezone import localdate

from hearing_portal.directory.models import User, WorkGroup

from ...conformity.queries import ProcessConformity, load_conformity
from ...models import Clause, DraftingState, Manual, Section
from ...permissions import can_edit_draft
from ...teamwork.queries.states import ProcessState, count_drafting_states
from ..neighbours import ListNeighbours
from .lacks import ProcessLacks


@dataclass(frozen=True, slots=True)
class ManualState:
    """A work group with its manual or none; the numbers are of the working draft.

    `empty_processes` are those of the processes that have no clause yet, `states` how many processes are in each
    state; `changed_at` is None for a manual nobody wrote into.
    """

    group: WorkGroup
    manual: Manual | None = None
    processes: int = 0
    empty_processes: int = 0
    clauses: int = 0
    sections: int = 0
    changed_at: datetime | None = None
    states: Mapping[DraftingState, int] = field(default_factory=Counter)

    @property
    def is_missing(self) -> bool:
        return self.manual is None

    @property
    def is_empty(self) -> bool:
        """There is a manual, and nothing stands in it."""
        return self.manual is not None and self.sections == 0

    @property
    def is_drafted(self) -> bool:
        """At least one process has clauses: there is something to comment on."""
        return self.processes > self.empty_processes


def find_manuals_state(day: date | None = None) -> list[ManualState]:
    """One for each work group that is valid on the day (today), in book order. Five queries."""
    groups = WorkGroup.objects.valid_on(day or localdate()).select_related("manual")
    return describe_manuals(groups)


def describe_manuals(groups: Iterable[WorkGroup]) -> list[ManualState]:
    """Of the groups given, in their order; they come with their manuals. Four queries."""
    groups = list(groups)
    manuals = [group.manual for group in groups if hasattr(group, "manual")]
    counts = _count_sections(manuals)
    # {manual id: when an act last touched one of its sections}
    rows = (
        Section.objects.filter(manual__in=list(manuals))
        .order_by()
        .values_list("manual")
        .annotate(changed=Max("versions__revision__date_created"))
    )
    changed = {manual_id: at for manual_id, at in rows if at is not None}
    drafting_states = count_drafting_states(Section.objects.filter(manual__in=manuals))
    states = []
    for group in groups:
        manual = getattr(group, "manual", None)
        if manual is None:
            states.append(ManualState(group))
            continue
        state = ManualState(
            group,
            manual,
            changed_at=changed.get(manual.pk),
            states=drafting_states.get(manual.pk, Counter()),
            **counts.get(manual.pk, {}),
        )
        states.append(state)
    return states


def _count_sections(manuals: Iterable[Manual]) -> Mapping[int, dict[str, int]]:
    """{manual id: the numbers of a ManualState}."""
    live_clauses = Count("clauses", filter=Q(clauses__retired__isnull=True))
    rows = (
        Section.objects.live()
        .filter(manual__in=list(manuals))
        .order_by()
        .annotate(live_clauses=live_clauses)
        .values_list("manual", "kind", "live_clauses")
    )
    counts: dict[int, dict[str, int]] = {}
    for manual_id, kind, clauses in rows:
        numbers = counts.setdefault(
            manual_id,
            {"processes": 0, "empty_processes": 0, "clauses": 0, "sections": 0},
        )
        numbers["sections"] += 1
        numbers["clauses"] += clauses
        if kind == Section.Kind.PROCESS:
            numbers["processes"] += 1
            if not clauses:
                numbers["empty_processes"] += 1
    return counts


@dataclass(frozen=True, slots=True)
class OutlineRow:
    """A section of the working draft as a line of the manual's contents, with its neighbours of the same level.

    `lacks` is there of a process, for those who write it; `state` and `conformity` of every process; `notes` is how
    many of the team's notes wait.
    """

    section: Section
    depth: int
    clauses: int
    neighbours: ListNeighbours = field(default_factory=ListNeighbours)
    lacks: ProcessLacks | None = None
    state: ProcessState | None = None
    notes: int = 0
    conformity: ProcessConformity | None = None


def find_other_manuals(
    user: User, manual: Manual
) -> list[tuple[Manual, list[Section]]]:
    """The other manuals whose draft the person may edit, in book order, each with its live units. Two queries."""
    manuals = (
        Manual.objects.exclude(pk=manual.pk)
        .select_related("work_group")
        .order_by("work_group__order", "key")
    )
    editable = [other for other in manuals if can_edit_draft(user, other.work_group)]
    units: dict[int, list[Section]] = {other.pk: [] for other in editable}
    found = (
        Section.objects.live()
        .filter(manual__in=editable, kind=Section.Kind.UNIT)
        .order_by("rank")
    )
    for unit in found.select_related("manual"):
        units[unit.manual_id].append(unit)
    return [(other, units[other.pk]) for other in editable]


def load_outline(
    manual: Manual,
    lacks: Mapping[int, ProcessLacks] | None = None,
    states: Mapping[int, ProcessState] | None = None,
    notes: Mapping[int, int] | None = None,
) -> list[OutlineRow]:
    """The live sections in book order, with the number of their clauses, and what they lack (lacks.find_lacks) and how
    far they are (find_states), and the notes that wait in them, where that is given. Five queries at most."""
    lacks = lacks or {}
    states = states or {}
    notes = notes or {}
    sections = list(Section.objects.live().filter(manual=manual).order_by("rank"))
    conformity = load_conformity(section for section in sections if section.is_process)
    counted = (
        Clause.objects.live()
        .filter(section__manual=manual)
        .order_by()
        .values_list("section")
    )
    clauses = dict(counted.annotate(number=Count("pk")))
    children: dict[int | None, list[Section]] = {}
    for section in sections:
        children.setdefault(section.parent_id, []).append(section)
    rows: list[OutlineRow] = []

    def add_below(parent_id: int | None, depth: int) -> None:
        siblings = children.get(parent_id, [])
        for position, section in enumerate(siblings):
            above = siblings[position - 1].uuid if position else None
            behind = siblings[position + 1 : position + 2]
            row = OutlineRow(
                section,
                depth,
                clauses.get(section.pk, 0),
                neighbours=ListNeighbours(above, behind[0].uuid if behind else None),
                lacks=lacks.get(section.pk),
                state=states.get(section.pk),
                notes=notes.get(section.pk, 0),
                conformity=conformity.get(section.pk),
            )
            rows.append(row)
            add_below(section.pk, depth + 1)

    add_below(None, 0)
    return rows
