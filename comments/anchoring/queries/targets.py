"""Where comments may have gone in a later edition: the same nodes, and the successors of those that left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from manuals.models import ClauseLineage, Edition, EditionEntry
from manuals.models.undone import lines_in_force, section_lines_in_force

from ...models import AnchorResolution

State = AnchorResolution.State
# How a clause left, as the comments on it are told; sections have the same kinds of lineage. A copy is no successor:
# what was copied stands where it stood, or left for a reason of its own
LINEAGE_STATES: Mapping[str, str] = {
    ClauseLineage.Kind.SPLIT: State.SPLIT,
    ClauseLineage.Kind.MERGED: State.JOINED,
    ClauseLineage.Kind.REPLACED: State.MOVED,
}
type LineageSteps = Iterable[
    tuple[int, int, str]
]  # (id of a clause or section, id of what came of it, kind)


@dataclass(frozen=True, slots=True)
class Successor:
    """An entry whose clause or section came of one that left; `state` says how that one left."""

    state: str
    entry: EditionEntry


type Successors = dict[
    int, list[Successor]
]  # {id of a clause or section: what came of it}


@dataclass(frozen=True, slots=True)
class AnchorTargets:
    """Entries of one edition: the nodes that are still there, by uuid, and the successors of those that left."""

    by_uuid: Mapping[UUID, EditionEntry]
    clause_successors: Successors
    section_successors: Successors

    def successors_of_clause(self, clause_id: int) -> Sequence[Successor]:
        return self.clause_successors.get(clause_id, [])

    def successors_of_section(self, section_id: int | None) -> Sequence[Successor]:
        """None of a whole manual, which is no section."""
        if section_id is None:
            return []
        return self.section_successors.get(section_id, [])


def load_anchor_targets(
    edition: Edition, entries: Sequence[EditionEntry]
) -> AnchorTargets:
    """What became of these entries of other editions. Five queries, however many entries."""
    in_edition = EditionEntry.objects.filter(edition=edition).select_related("blob")
    uuids = set()
    clause_ids = set()
    section_ids = set()
    for entry in entries:
        uuids.add(entry.uuid)
        if entry.clause_id is not None:
            clause_ids.add(entry.clause_id)
        if entry.kind == EditionEntry.Kind.SECTION and entry.section_id is not None:
            section_ids.add(entry.section_id)
    still_there = in_edition.filter(uuid__in=uuids)

    clause_successors: Successors = {}
    if clause_ids:
        clause_steps = (
            lines_in_force()
            .order_by("pk")
            .values_list("from_clause", "to_clause", "kind")
        )
        descendants = find_descendants(clause_ids, clause_steps)
        nodes = {descendant.node for descendant in descendants}
        clauses = in_edition.filter(kind=EditionEntry.Kind.CLAUSE, clause__in=nodes)
        clause_by_id = {entry.clause_id: entry for entry in clauses}
        clause_successors = _successors(descendants, clause_by_id)

    section_successors: Successors = {}
    if section_ids:
        section_steps = (
            section_lines_in_force()
            .order_by("pk")
            .values_list("from_section", "to_section", "kind")
        )
        descendants = find_descendants(section_ids, section_steps)
        nodes = {descendant.node for descendant in descendants}
        sections = in_edition.filter(kind=EditionEntry.Kind.SECTION, section__in=nodes)
        section_by_id = {entry.section_id: entry for entry in sections}
        section_successors = _successors(descendants, section_by_id)

    return AnchorTargets(
        by_uuid={entry.uuid: entry for entry in still_there},
        clause_successors=clause_successors,
        section_successors=section_successors,
    )


class Descendant(NamedTuple):
    """A clause or section (by id) that came of another one, directly or through some that left in between."""

    ancestor: int
    node: int
    state: str


def find_descendants(ancestors: Iterable[int], steps: LineageSteps) -> list[Descendant]:
    """All that came of each of the ancestors, the nearest first. How the ancestor left is what its comments are told,
    whatever happened to its successors."""
    children: dict[
        int, list[tuple[int, str]]
    ] = {}  # {node: [(what came of it, state)]}
    for source, target, kind in steps:
        if kind in LINEAGE_STATES:
            children.setdefault(source, []).append((target, LINEAGE_STATES[kind]))
    descendants: list[Descendant] = []
    for ancestor in ancestors:
        states: dict[int, str] = {}
        level = children.get(ancestor, [])
        while level:
            # A lineage that leads back to a node of a level above ends there
            above = {ancestor, *states}
            next_level = []
            for node, state in level:
                if node in above:
                    continue
                states[node] = state
                for child, _ in children.get(node, []):
                    next_level.append((child, state))
            level = next_level
        for node, state in states.items():
            descendants.append(Descendant(ancestor, node, state))
    return descendants


def _successors(
    descendants: Iterable[Descendant], entries: Mapping[int | None, EditionEntry]
) -> Successors:
    """Only what is in the edition: other descendants had left before it was made."""
    successors: Successors = {}
    for descendant in descendants:
        entry = entries.get(descendant.node)
        if entry is not None:
            successor = Successor(descendant.state, entry)
            successors.setdefault(descendant.ancestor, []).append(successor)
    return successors
