"""Saving the table of steps: whatever changed in it is one act and one version."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import transaction

from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind

from ...models import Clause, Section, SectionVersion
from ...ranks import longest_rising
from ..changes import (
    AddClause,
    Change,
    ChangeRefused,
    Position,
    RestoreClause,
    RetireClause,
    ReviseClause,
)
from ..promises import NO_PROMISES, Promises
from ..queries.references import link_rows
from ..queries.steps import (
    find_clauses_named,
    find_first_of_part,
    find_step_clauses,
    step_of,
)
from ..sheets import Sheet
from ..step_merging import MergedTable, merge_tables
from ..step_table import STEP_PART, StandingRow, StepRow, WrittenTable
from .apply_changes import apply_changes
from .buffers import drop_buffer
from .locking import lock_section


class StepTableClash(Refusal):
    """Somebody else changed the same rows. `merged` has all rows with what could be merged, `standing` the rows as they
    stand now."""

    kind = RefusalKind.CONFLICT

    def __init__(self, merged: MergedTable, standing: Sequence[Clause]) -> None:
        super().__init__("มีผู้แก้ไขแถวเดียวกันไปก่อนแล้ว โปรดเทียบแถวที่มีเครื่องหมาย แล้วบันทึกอีกครั้ง")
        self.merged = merged
        self.standing = standing


@dataclass(frozen=True, slots=True)
class SavedTable:
    """`names` are the clauses that rows referred to by number: those references lead to them now. `merged` has the rows
    that others, or the person on another page, had changed meanwhile, {uuid: the version that the table was written
    on}; 0 for one that is new. `note` tells of what seems a reference and leads nowhere."""

    names: Sequence[str]
    merged: Mapping[UUID, int] = field(default_factory=dict)
    note: str = ""


@transaction.atomic
def save_step_table(
    section: Section,
    table: WrittenTable,
    *,
    by: User,
    reason: str,
    promises: Promises = NO_PROMISES,
    promise: str = "",
    sheet: Sheet | None = None,
) -> SavedTable:
    """Rows added, reworded, moved and cut, as one act, which keeps the promise of this key; rows that somebody else
    changed meanwhile are merged.

    Sent twice, it is saved once. What the person had kept of the table is done with. Raises StepTableClash, and
    ChangeRefused when nothing changed, and what `promises` refuse; nothing is written
    then.
    """
    lock_section(section)
    clauses = find_step_clauses(section)
    standing = []
    for clause in clauses:
        standing.append(StandingRow(clause.uuid, clause.lock_version, step_of(clause)))
    merged = merge_tables(
        replace(table, rows=_as_saved_before(section, table.rows, standing)), standing
    )
    if merged.clashes:
        raise StepTableClash(merged, clauses)
    linked = link_rows(section, merged.rows)
    changes = _plan_changes(section, linked.rows, clauses)
    merged_rows = _changed_meanwhile(table, standing) if changes else {}
    if changes or not table.is_changed:
        written = apply_changes(by, SectionVersion.Action.EDIT, reason, changes)
        if promise:
            promises.keep(promise, written, by=by)
    drop_buffer(section.uuid, sheet, by=by)
    return SavedTable(linked.names, merged_rows, linked.note)


def _changed_meanwhile(
    table: WrittenTable, standing: Sequence[StandingRow]
) -> dict[UUID, int]:
    """{row: the version the person had read} of those that say something else by now, are cut or are new."""
    written = {row.uuid: row.content for row in table.rows}
    read = {row.uuid: row.lock_version for row in table.read}
    changed = dict(read)
    for row in standing:
        known = table.seen.get(row.uuid, read.get(row.uuid, 0))
        if row.lock_version == known or row.content == written.get(row.uuid):
            changed.pop(row.uuid, None)
        else:
            changed[row.uuid] = known
    return changed


def _as_saved_before(
    section: Section, rows: Sequence[StepRow], standing: Sequence[StandingRow]
) -> list[StepRow]:
    """A row that stands there but for its references, which the portal has linked, is that row: sent twice, it is in no
    conflict with itself."""
    there = {row.uuid: row.content for row in standing}
    as_saved = []
    for row, linked in zip(rows, link_rows(section, rows).rows, strict=True):
        as_saved.append(linked if linked.content == there.get(row.uuid) else row)
    return as_saved


def _plan_changes(
    section: Section, rows: Sequence[StepRow], clauses: Sequence[Clause]
) -> list[Change]:
    """From the clauses that stand there to the rows that will. Rows that may stay where they are stay."""
    clause_of = {clause.uuid: clause for clause in clauses}
    wanted = {row.uuid for row in rows}
    cut = []
    for clause in clauses:
        if clause.uuid not in wanted:
            cut.append(RetireClause(clause, clause.lock_version))
    named = find_clauses_named(wanted - set(clause_of))
    ranks = [
        clause_of[row.uuid].rank if row.uuid in clause_of else None for row in rows
    ]
    staying = set(longest_rising(ranks))

    changes: list[Change] = []
    row_before: UUID | None = None
    for place, row in enumerate(rows):
        position = None
        if place not in staying:
            position = Position(section, STEP_PART, after=row_before)
            if row_before is None:
                position = Position(
                    section, STEP_PART, before=_first_place(section, rows, staying, cut)
                )
        change = _plan_row(section, row, position, clause_of.get(row.uuid), named)
        if change is not None:
            changes.append(change)
        row_before = row.uuid
    return [*cut, *changes]


def _first_place(
    section: Section,
    rows: Sequence[StepRow],
    staying: set[int],
    cut: Sequence[RetireClause],
) -> UUID | None:
    """What a row that comes first will stand in front of; None where the part is empty by then."""
    if staying:
        return rows[min(staying)].uuid
    gone = [change.clause.pk for change in cut]
    return find_first_of_part(section, but=gone)


def _plan_row(
    section: Section,
    row: StepRow,
    position: Position | None,
    clause: Clause | None,
    named: Mapping[UUID, Clause],
) -> Change | None:
    """`position` is where the row goes, None where it may stay. None for a row that is as it was."""
    if clause is not None:
        content = row.content if row.content != step_of(clause) else None
        if content is None and position is None:
            return None
        return ReviseClause(clause, clause.lock_version, content, position)
    assert position is not None
    known = named.get(row.uuid)
    if known is None:
        return AddClause(row.content, position, uuid=row.uuid)
    if (
        known.section_id != section.pk
        or known.kind != Clause.Kind.STEP
        or known.retired_id is None
    ):
        raise ChangeRefused("แถวนี้บันทึกไว้ที่อื่นแล้ว โปรดคัดลอกข้อความ แล้วเพิ่มเป็นแถวใหม่")
    return RestoreClause(known, known.lock_version, row.content, position)
