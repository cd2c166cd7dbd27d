"""Adding, revising, moving, retiring and bringing back clauses within an act."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import F

from ...content import Content, content_sha, plain_text
from ...facts import differ_in_format_alone
from ...models import Clause, ClauseChange, Section
from ..changes import (
    AddClause,
    Change,
    ChangeRefused,
    NothingChanged,
    Position,
    RestoreClause,
    RetireClause,
    ReviseClause,
)
from .locking import LockedRows
from .positions import clause_siblings, find_free_rank, stands_below
from .recording import ActRecord


class ClauseWriter:
    """Works on the rows that apply_changes has locked, and adds new ones.

    The clauses of an import go in together: added ones are inserted only when another change may ask for them.
    """

    def __init__(
        self, rows: LockedRows, record: ActRecord, changes: Sequence[Change]
    ) -> None:
        self.rows = rows
        self.record = record
        added = [change for change in changes if isinstance(change, AddClause)]
        # Drawn at once, so that clauses of one act can name their parents before they are rows
        ids: list[int] = []
        if added:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT nextval(pg_get_serial_sequence('manuals_clause', 'id')) FROM generate_series(1, %s)",
                    [len(added)],
                )
                ids = [pk for (pk,) in cursor.fetchall()]
        self.new_ids = iter(ids)
        self.not_inserted: list[Clause] = []
        self.moved: set[int] = set()

    # --- the changes

    def add(self, change: AddClause) -> None:
        clause = Clause(pk=next(self.new_ids), uuid=change.uuid)
        self._place(clause, change.position)
        self._set_content(clause, change.content)
        self.not_inserted.append(clause)
        self.rows.clauses[clause.uuid] = clause
        for source, kind in change.descends_from:
            self.record.record_descent(source.uuid, clause.uuid, kind)
        self.record.record_change(
            clause,
            change.kind,
            sha_before=None,
            reason=change.reason,
        )

    def revise(self, change: ReviseClause) -> None:
        self.insert_added()
        clause = self.rows.locked_clause(change.clause, change.lock_version)
        sha_before = clause.sha
        content_before = clause.content
        section_before = clause.section
        _refuse_retired(section_before)
        if change.position is not None:
            self._place(clause, change.position)
        if change.content is not None:
            self._set_content(clause, change.content)
        if change.position is None and clause.sha == sha_before:
            raise NothingChanged("ถ้อยคำเหมือนเดิมทุกตัวอักษร จึงไม่ได้บันทึกรุ่นใหม่")
        self._save(clause)

        kind = change.kind
        if not kind and clause.sha == sha_before:
            kind = ClauseChange.Kind.MOVED
        elif not kind and differ_in_format_alone(content_before, clause.content):
            kind = ClauseChange.Kind.FORMATTED
        elif not kind:
            kind = ClauseChange.Kind.REWORDED
        self.record.mark_changed(section_before)
        self.record.record_change(
            clause,
            kind,
            sha_before=sha_before,
            section_before=section_before,
            reason=change.reason,
        )

    def retire(self, change: RetireClause) -> None:
        self.insert_added()
        clause = self.rows.locked_clause(change.clause, change.lock_version)
        _refuse_retired(clause.section)
        if clause.retired_id:
            raise ChangeRefused("ข้อนี้ยกเลิกแล้ว")
        reason = change.reason or self.record.reason
        if not reason.strip():
            raise ChangeRefused("โปรดระบุเหตุผลที่ยกเลิกข้อ")
        if Clause.objects.live().filter(parent=clause).exists():
            raise ChangeRefused("ข้อนี้ยังมีข้อย่อย โปรดยกเลิกหรือย้ายข้อย่อยก่อน")
        clause.retired = self.record.create_retirement(reason)
        self._save(clause)
        for successor, kind in change.succeeded_by:
            self.record.record_descent(clause.uuid, successor, kind)
        self.record.record_change(
            clause,
            ClauseChange.Kind.RETIRED,
            sha_before=clause.sha,
            section_before=clause.section,
            reason=change.reason,
        )

    def restore(self, change: RestoreClause) -> None:
        self.insert_added()
        clause = self.rows.locked_clause(change.clause, change.lock_version)
        if not clause.retired_id:
            raise ChangeRefused("ข้อนี้ยังอยู่ในคู่มือ ไม่ต้องเรียกคืน")
        sha_before = clause.sha
        clause.retired = None
        position = change.position or _find_old_position(clause)
        self._place(clause, position)
        if change.content is not None:
            self._set_content(clause, change.content)
        self._save(clause)
        self.record.record_change(
            clause,
            ClauseChange.Kind.RESTORED,
            sha_before=sha_before,
            reason=change.reason,
        )

    def insert_added(self) -> None:
        Clause.objects.bulk_create(self.not_inserted, batch_size=1000)
        self.not_inserted = []

    def check_moved(self) -> None:
        """What moved to another section or part took along what hangs below it."""
        if not self.moved:
            return
        below = Clause.objects.live().filter(parent__in=self.moved)
        left_behind = below.exclude(
            section=F("parent__section"),
            part=F("parent__part"),
        )
        if left_behind.exists():
            raise ChangeRefused("ข้อย่อยต้องย้ายไปพร้อมกับข้อหลักของตน")

    # --- the steps they share

    def _place(self, clause: Clause, position: Position) -> None:
        """Put the clause at the position, under the parent it names there."""
        section = position.section
        if section.pk is None:
            section = self.rows.find_section(section.uuid)  # this act added it
        section = self.record.mark_changed(section)
        parent = None
        if position.parent is not None:
            parent = self.rows.find_clause(position.parent)
        _refuse_retired(section)
        if parent is not None:
            if parent.section_id != section.pk or parent.part != position.part:
                raise ChangeRefused("ข้อย่อยต้องอยู่ในส่วนเดียวกับข้อหลักของตน")
            if parent.retired_id:
                raise ChangeRefused("ข้อหลักยกเลิกแล้ว วางข้อย่อยไว้ใต้ข้อนั้นไม่ได้")
        is_new = clause._state.adding
        if not is_new:
            if parent is not None and stands_below(parent, clause):
                raise ChangeRefused("ย้ายข้อไปไว้ใต้ข้อย่อยของตนเองไม่ได้")
            if clause.section_id != section.pk or clause.part != position.part:
                self.moved.add(clause.pk)

        clause.section = section
        clause.part = position.part
        clause.parent = parent
        clause.numbering = position.numbering
        clause.rank = position.rank or self._find_rank(clause, position)

    def _find_rank(self, clause: Clause, position: Position) -> str:
        self.insert_added()  # its siblings may be among them
        after = before = None
        if position.after is not None:
            after = self.rows.find_clause(position.after)
        if position.before is not None:
            before = self.rows.find_clause(position.before)
        return find_free_rank(
            clause_siblings(clause),
            after=after,
            before=before,
        )

    def _set_content(self, clause: Clause, content: Content) -> None:
        self.record.record_content(clause, content)
        clause.kind = content.kind
        clause.applies_to = content.applies_to
        clause.body = content.body
        clause.data = content.data()
        clause.plain = plain_text(content)
        clause.sha = content_sha(content)

    def _save(self, clause: Clause) -> None:
        clause.lock_version += 1
        clause.save()
        self.record.mark_changed(clause.section)


def _refuse_retired(section: Section) -> None:
    """Nothing is written in a section that left the manual: it would come back with words that nobody has seen."""
    if section.retired_id:
        raise ChangeRefused(
            f"“{section.title}” ยกเลิกแล้ว จึงยังไม่ได้บันทึก โปรดเรียกคืนจากท้ายหน้าสารบัญของร่างก่อน"
        )


def _find_old_position(clause: Clause) -> Position:
    """Where a retired clause stood, at its old rank when that is still free."""
    parent = clause.parent
    if parent is not None and parent.retired_id:
        raise ChangeRefused("ข้อหลักของข้อนี้ยกเลิกแล้ว โปรดเรียกคืนข้อหลักก่อน")
    same_rank = Clause.objects.live().filter(
        section_id=clause.section_id,
        part=clause.part,
        parent_id=clause.parent_id,
        rank=clause.rank,
    )
    return Position(
        section=clause.section,
        part=clause.part,
        parent=clause.parent_uuid,
        rank=None if same_rank.exists() else clause.rank,
        numbering=clause.numbering,
    )
