"""Putting single clauses of a section back to where they stood, beside whatever else stands there by now."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from operator import attrgetter
from uuid import UUID

from ...entries import ClauseState
from ...models import Clause, Section
from ..changes import Change, Position, RestoreClause, ReviseClause
from .positions import stands_at

type List = tuple[int, UUID | None]  # part and parent: clauses of one list


@dataclass(frozen=True, slots=True)
class _Standing:
    """A clause that stays where it is."""

    key: UUID
    rank: str


def put_back_clauses(
    section: Section,
    states: Iterable[ClauseState],
    rows: Mapping[UUID, Clause],
    live: Iterable[Clause],
) -> Iterator[Change]:
    """What makes these clauses stand as they did: parents before children, each at its old rank, or where another
    clause has that now, between those it stood between. `live` are all clauses that stand in the section now."""
    positions = _find_positions(section, list(states), list(live))
    for state in _sort_parents_first(list(states)):
        clause = rows[state.key]
        position = positions[state.key]
        content = state.content if clause.sha != state.sha else None
        if clause.retired_id is not None:
            yield RestoreClause(clause, clause.lock_version, content, position)
        elif clause.section_id != section.pk or not stands_at(clause, position):
            yield ReviseClause(clause, clause.lock_version, content, position)
        elif content is not None:
            yield ReviseClause(clause, clause.lock_version, content)


def _find_positions(
    section: Section, states: list[ClauseState], live: list[Clause]
) -> dict[UUID, Position]:
    going_back = {state.key for state in states}
    standing: dict[List, dict[str, UUID]] = {}
    for clause in live:
        ranks = standing.setdefault((clause.part, clause.parent_uuid), {})
        ranks[clause.rank] = clause.uuid
    lists: dict[List, list[ClauseState]] = {}
    for state in states:
        lists.setdefault((state.part, state.parent_key), []).append(state)

    positions = {}
    for place, returning in lists.items():
        ranks = standing.get(place, {})
        staying = []
        for rank in sorted(ranks):
            if ranks[rank] not in going_back:
                staying.append(_Standing(ranks[rank], rank))
        last: UUID | None = None
        is_clash = False
        # Of two with one rank the one that goes back stands first
        in_order: list[ClauseState | _Standing] = [*returning, *staying]
        for each in sorted(in_order, key=attrgetter("rank")):
            if isinstance(each, ClauseState):
                stands_there = ranks.get(each.rank)
                is_clash |= stands_there not in (None, each.key)
                part, parent = place
                position = Position(section, part, parent, each.rank, each.numbering)
                if is_clash and stands_there != each.key:
                    position = Position(
                        section,
                        part,
                        parent,
                        numbering=each.numbering,
                        after=last,
                        before=staying[0].key if last is None and staying else None,
                    )
                positions[each.key] = position
            last = each.key
    return positions


def _sort_parents_first(states: list[ClauseState]) -> list[ClauseState]:
    """By rank within a list; a parent that does not go back itself stands already."""
    by_key = {state.key: state for state in states}

    def depth(state: ClauseState) -> int:
        above = by_key.get(state.parent_key) if state.parent_key else None
        return 1 + depth(above) if above else 0

    return sorted(states, key=lambda state: (depth(state), state.part, state.rank))
