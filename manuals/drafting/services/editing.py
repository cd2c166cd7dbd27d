"""Saving what was written in the editor: a clause's words, or a new clause. One version with a reason each."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from hearing_portal.directory.models import User

from ...content import Content, content_sha
from ...models import Clause, ClauseChange, SectionVersion
from ..changes import AddClause, ChangeRefused, Position, ReviseClause
from ..promises import NO_PROMISES, Promises
from ..sheets import Sheet
from .apply_changes import apply_changes
from .buffers import drop_buffer
from .waiting_files import keep_file_of

Action = SectionVersion.Action


@transaction.atomic
def revise_clause(
    clause: Clause,
    lock_version: int,
    content: Content,
    *,
    numbering: str,
    by: User,
    reason: str,
    promises: Promises = NO_PROMISES,
    promise: str = "",
    sheet: Sheet | None = None,
) -> ClauseChange:
    """Other words, and another kind of number where asked. The change keeps the promise of this key; what the person
    had kept of the clause on this sheet is done with.

    Raises StaleClause and ChangeRefused as apply_changes does, and what `promises` refuse; nothing is done then.
    """
    position = None
    if numbering != clause.numbering:
        position = Position(
            clause.section, clause.part, clause.parent_uuid, clause.rank, numbering
        )
    if content.data().get("file") != clause.data.get("file"):
        keep_file_of(content)
    change = ReviseClause(clause, lock_version, content, position)
    written = apply_changes(by, Action.EDIT, reason, [change])
    if promise:
        promises.keep(promise, written, by=by)
    drop_buffer(clause.uuid, sheet, by=by)
    return written[0]


@transaction.atomic
def revise_pieces(
    pieces: Sequence[tuple[Clause, Content]],
    *,
    by: User,
    reason: str,
    promises: Promises = NO_PROMISES,
    promise: str = "",
    sheet: Sheet | None = None,
) -> list[ClauseChange]:
    """What the person wrote in the first of these clauses before it was split into all of them: [(clause as it was
    read, its words)]. Those that say other words are revised, in one act that keeps the promise of this key.

    Raises as revise_clause does."""
    changes = []
    for clause, content in pieces:
        if content_sha(content) != clause.sha:
            changes.append(ReviseClause(clause, clause.lock_version, content))
    written = apply_changes(by, Action.EDIT, reason, changes)
    if promise:
        promises.keep(promise, written, by=by)
    drop_buffer(pieces[0][0].uuid, sheet, by=by)
    return written


@transaction.atomic
def add_clause(
    content: Content,
    position: Position,
    *,
    uuid: UUID,
    by: User,
    reason: str,
    promises: Promises = NO_PROMISES,
    promise: str = "",
    sheet: Sheet | None = None,
) -> ClauseChange:
    """A new clause at the position, which keeps the promise of this key. Sent twice under one uuid, it is added once;
    other words than those that were added are refused."""
    known = Clause.objects.filter(uuid=uuid).first()
    if known is not None and known.sha == content_sha(content):
        return known.changes.order_by("pk")[0]
    if known is not None:
        raise ChangeRefused(
            "ข้อนี้บันทึกไว้แล้วด้วยถ้อยคำอื่น โปรดคัดลอกถ้อยคำในช่อง แล้วแก้ไขข้อที่บันทึกแล้วในหน้าร่าง"
        )
    keep_file_of(content)
    change = AddClause(content, position, uuid=uuid)
    written = apply_changes(by, Action.ADD, reason, [change])
    if promise:
        promises.keep(promise, written, by=by)
    drop_buffer(uuid, sheet, by=by)
    return written[0]
