"""Restoring a section: what it said at an older version becomes its newest one."""

from collections.abc import Iterable, Iterator
from operator import attrgetter
from uuid import UUID

from django.db import transaction

from hearing_portal.directory.models import User
from hearing_portal.thai.shortening import shorten

from ...entries import ClauseState
from ...models import Clause, ClauseChange, Section, SectionVersion
from ...ranks import ranks_after
from ..changes import (
    Change,
    ChangeRefused,
    Position,
    RestoreClause,
    RetireClause,
    ReviseClause,
    ReviseSection,
    StaleSection,
)
from ..promises import NO_PROMISES, Promises
from ..told_words import tell_clause
from .apply_changes import apply_changes
from .history import load_section_at
from .locking import lock_section
from .positions import children_first, stands_at

LETTERS_NAMED = 40  # of the clause that is spoken of
RESTORED_VALUES = ("title", "data", "kind", "origin", "applies_to")


@transaction.atomic
def restore_section(
    section: Section,
    number: int,
    *,
    by: User,
    reason: str,
    read_version: int | None = None,
    promises: Promises = NO_PROMISES,
    promise: str = "",
) -> list[ClauseChange]:
    """Make the section say what it said at `number`, to the letter, as a new version, which keeps the promise of this
    key. Clauses keep their uuids.

    Raises StaleSection when it has another version than `read_version`, the one whose loss the person agreed to;
    ChangeRefused when nothing would change, when the section is retired, or when a clause of then lives in another
    section now (moving it back is a decision of its own, never a side effect).
    """
    section = lock_section(section)
    if read_version is not None and section.version != read_version:
        raise StaleSection(section)
    if section.retired_id is not None:
        raise ChangeRefused("หมวดนี้ยกเลิกแล้ว โปรดเรียกคืนหมวดก่อน แล้วจึงเรียกคืนรุ่น")
    old = load_section_at(section, number)
    old_uuids = {state.key for state in old.clauses}
    clauses = Clause.objects.select_related("parent", "section")
    rows = clauses.in_bulk(old_uuids, field_name="uuid")
    live = list(clauses.live().filter(section=section))

    changes: list[Change] = []
    changes += restore_clauses(section, old.clauses, rows, live)
    added_since = [clause for clause in live if clause.uuid not in old_uuids]
    for clause in children_first(added_since):
        changes.append(RetireClause(clause, clause.lock_version, reason=reason))
    values = {}
    for name in RESTORED_VALUES:
        if old.row[name] != getattr(section, name):
            values[name] = old.row[name]
    if values:
        changes.append(ReviseSection(section, section.version, values))
    if not changes:
        raise ChangeRefused("รุ่นที่เลือกเหมือนกับรุ่นปัจจุบันทุกตัวอักษร จึงไม่ต้องเรียกคืน")
    written = apply_changes(by, SectionVersion.Action.RESTORE, reason, changes)
    if promise:
        promises.keep(promise, written, by=by)
    return written


def restore_clauses(
    section: Section,
    states: list[ClauseState],
    rows: dict[UUID, Clause],
    live: Iterable[Clause],
) -> Iterator[Change]:
    """What makes the section's clauses stand as they did: parents before children, each at its old rank, or at a fresh
    one where another clause has that now. `live` are the clauses that stand in it now; one that stands in another
    section never comes back so.
    """
    ranks = _restored_ranks(states, live)
    for state in _parents_first(states):
        clause = rows[state.key]
        is_retired = clause.retired_id is not None
        is_elsewhere = clause.section_id != section.pk
        if is_elsewhere and not is_retired:
            raise ChangeRefused(
                f"ข้อ “{shorten(tell_clause(clause), LETTERS_NAMED)}” ย้ายไปอยู่หมวดอื่นแล้ว โปรดย้ายกลับก่อนเรียกคืนรุ่นนี้"
            )

        position = Position(
            section,
            state.part,
            state.parent_key,
            ranks[state.key],
            state.numbering,
        )
        content = None
        if clause.sha != state.sha:
            content = state.content
        if is_retired:
            yield RestoreClause(clause, clause.lock_version, content, position)
        elif is_elsewhere or not stands_at(clause, position):
            yield ReviseClause(clause, clause.lock_version, content, position)
        elif content is not None:
            yield ReviseClause(clause, clause.lock_version, content)


def _restored_ranks(
    states: list[ClauseState], live: Iterable[Clause]
) -> dict[UUID, str]:
    """The ranks of then. Where another clause stands at one of them now, all its siblings get fresh ones
    above every rank in use: an act changes rows one by one, and no two may share a position in between."""
    occupied = {}
    highest = ""
    for clause in live:
        occupied[clause.part, clause.parent_uuid, clause.rank] = clause.uuid
        highest = max(highest, clause.rank)
    siblings: dict[tuple[int, UUID | None], list[ClauseState]] = {}
    for state in sorted(states, key=attrgetter("rank")):
        position = (state.part, state.parent_key)
        siblings.setdefault(position, []).append(state)

    ranks = {}
    for (part, parent), old_siblings in siblings.items():
        is_clash = False
        for state in old_siblings:
            ranks[state.key] = state.rank
            standing_there = occupied.get((part, parent, state.rank))
            if standing_there is not None and standing_there != state.key:
                is_clash = True
        if is_clash:
            fresh_ranks = ranks_after(highest, len(old_siblings))
            for state, rank in zip(old_siblings, fresh_ranks, strict=True):
                ranks[state.key] = rank
    return ranks


def _parents_first(states: list[ClauseState]) -> list[ClauseState]:
    order: list[ClauseState] = []
    placed: set[UUID | None] = {None}
    waiting = states
    while waiting:
        ready = []
        not_ready = []
        for state in waiting:
            if state.parent_key in placed:
                ready.append(state)
            else:
                not_ready.append(state)
        if not ready:
            raise ChangeRefused("รุ่นที่เลือกขาดข้อหลักของบางข้อ จึงเรียกคืนไม่ได้")
        order += ready
        placed.update(state.key for state in ready)
        waiting = not_ready
    return order
