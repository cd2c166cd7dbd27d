"""The only writer of sections and clauses: every act on a manual goes through apply_changes."""

from collections.abc import Sequence

from reversion.models import Revision

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ...acts import TEXT_CHANGED, about_section
from ...models import ClauseChange
from ..changes import (
    AddClause,
    AddSection,
    Change,
    DrawDescent,
    DrawSectionDescent,
    NothingChanged,
    RestoreClause,
    RetireClause,
    ReviseClause,
    ReviseSection,
)
from .clause_writer import ClauseWriter
from .locking import lock_rows
from .recording import ActRecord
from .revisions import refuse_inside_revision
from .section_writer import SectionWriter


def apply_changes(
    actor: User,
    action: str,
    reason: str,
    changes: Sequence[Change],
    *,
    undoes: Revision | None = None,
) -> list[ClauseChange]:
    """Do all `changes` as one act and return its ClauseChanges in the order given (section-only acts: []). `undoes` is
    the act that this one undoes or does again.

    Raises StaleClause when a lock_version is old, ChangeRefused when a change contradicts the tree. Nothing
    is written then. Must not be called inside another revision.
    """
    refuse_inside_revision()
    if not changes:
        raise NothingChanged("ไม่มีสิ่งที่เปลี่ยน จึงไม่ได้บันทึกรุ่นใหม่")
    with act(by=actor, reason=reason) as done:
        # 1. Lock every row the act names
        rows = lock_rows(changes)
        record = ActRecord(rows, actor, action, reason, undoes)
        sections = SectionWriter(rows, record)
        clauses = ClauseWriter(rows, record, changes)

        # 2. Apply the changes one by one: each sees what those before it did
        for change in changes:
            match change:
                case AddClause():
                    clauses.add(change)
                case ReviseClause():
                    clauses.revise(change)
                case RetireClause():
                    clauses.retire(change)
                case RestoreClause():
                    clauses.restore(change)
                case AddSection():
                    sections.add(change)
                case ReviseSection():
                    sections.revise(change)
                case DrawDescent():
                    record.record_descent(change.source, change.target, change.kind)
                case DrawSectionDescent():
                    record.record_section_descent(
                        change.source, change.target, change.kind
                    )
        clauses.insert_added()

        # 3. Check what only the whole act can tell
        clauses.check_moved()
        sections.check_moved()

        # 4. Record what changed
        clause_changes = record.write()
        for section in record.changed_sections.values():
            done.record(
                TEXT_CHANGED,
                about_section(section),
                detail=action,
                note=str(section.version),
            )
        return clause_changes
