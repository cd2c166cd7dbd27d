"""Two people's changes to one table of steps in one table: row by row, and within a row value by value."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from ..content import Step
from ..merging import merge_contents
from .step_table import StandingRow, StepRow, WrittenTable


@dataclass(frozen=True, slots=True)
class RowClash:
    """A row that both changed and that cannot be merged. `mine` or `theirs` is None where that side cut it."""

    uuid: UUID
    base: Step
    mine: Step | None
    theirs: Step | None
    their_version: int = 0  # 0 for a row they cut


@dataclass(frozen=True, slots=True)
class MergedTable:
    """All rows that will stand, in order: mine, and those somebody else added meanwhile.

    A clashing row has my words, or theirs where I cut it: nothing anybody wrote is lost before somebody has looked.
    """

    rows: Sequence[StepRow]
    clashes: Sequence[RowClash] = ()


def merge_tables(mine: WrittenTable, standing: Sequence[StandingRow]) -> MergedTable:
    """What the table becomes when `mine` is saved onto the rows that stand there now."""
    row_there = {row.uuid: row for row in standing}
    version_read = {row.uuid: row.lock_version for row in mine.read}
    contents: dict[UUID, Step] = {}
    clashes: list[RowClash] = []

    # 1. The rows I have: as they are, or merged with what somebody else made of them
    for row in mine.rows:
        there = row_there.get(row.uuid)
        base = mine.bases.get(row.uuid, Step())
        if there is None:
            was_cut = row.uuid in version_read and row.uuid not in mine.seen
            if was_cut and row.content == base:
                continue  # they cut what I did not touch
            if was_cut:
                clashes.append(RowClash(row.uuid, base, row.content, None))
            contents[row.uuid] = row.content
            continue
        known = mine.seen.get(row.uuid, version_read.get(row.uuid))
        merged: Step | None = row.content
        if there.lock_version != known:
            merged = _merge_steps(base, row.content, there.content)
        if merged is None:
            clashes.append(
                RowClash(row.uuid, base, row.content, there.content, there.lock_version)
            )
        contents[row.uuid] = merged or row.content

    # 2. The rows I cut go, unless somebody else wrote in them; rows added by others stay
    gone: set[UUID] = set()
    my_uuids = {row.uuid for row in mine.rows}
    for there in standing:
        if there.uuid in my_uuids:
            continue
        base = mine.bases.get(there.uuid, Step())
        is_read = there.uuid in version_read
        if is_read and (
            there.lock_version == version_read[there.uuid] or there.content == base
        ):
            gone.add(there.uuid)
            continue
        if is_read:
            clashes.append(
                RowClash(there.uuid, base, None, there.content, there.lock_version)
            )
        contents[there.uuid] = there.content

    # 3. Their order
    order = _merge_order(
        read=[row.uuid for row in mine.read],
        mine=[row.uuid for row in mine.rows if row.uuid in contents],
        standing=[row.uuid for row in standing if row.uuid not in gone],
    )
    return MergedTable([StepRow(uuid, contents[uuid]) for uuid in order], clashes)


def _merge_steps(base: Step, mine: Step, theirs: Step) -> Step | None:
    merged = merge_contents(base, mine, theirs)
    assert merged is None or isinstance(merged, Step)
    return merged


def _merge_order(
    read: Sequence[UUID], mine: Sequence[UUID], standing: Sequence[UUID]
) -> list[UUID]:
    """My order, unless only somebody else moved rows: then theirs. What one side alone has stands behind the row it
    stood behind there."""
    shared = set(read) & set(mine) & set(standing)
    was = _only(read, shared)
    if _only(mine, shared) == was:
        return _insert_missing(list(standing), mine)
    return _insert_missing(list(mine), standing)


def _only(order: Iterable[UUID], chosen: set[UUID]) -> list[UUID]:
    return [uuid for uuid in order if uuid in chosen]


def _insert_missing(order: list[UUID], others: Sequence[UUID]) -> list[UUID]:
    before: UUID | None = None
    for uuid in others:
        if uuid not in order:
            place = 0 if before is None else order.index(before) + 1
            order.insert(place, uuid)
        before = uuid
    return order
