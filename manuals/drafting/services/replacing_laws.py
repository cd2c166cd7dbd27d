"""Replacing repealed laws in many clauses at once: each clause is a change and a version of its own, all or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.sentences import joined

from ...models import Clause, ClauseChange, LegalSource, Manual, SectionVersion
from ..changes import ChangeRefused, ReviseClause
from ..queries.law_replacements import PlannedClause, plan_replacements
from ..typed_references import LinkedAct
from .apply_changes import apply_changes
from .locking import lock_rows


@dataclass(frozen=True, slots=True)
class ReadReplacement:
    """A clause as the person saw it: its version, and the hash of the words that were shown to come."""

    uuid: UUID
    lock_version: int
    sha: str


class ReplacementsOvertaken(Refusal):
    """Some of the clauses, or what would stand in them, changed since they were read; `uuids` are theirs."""

    kind = RefusalKind.CONFLICT

    def __init__(self, uuids: Sequence[UUID]) -> None:
        super().__init__(
            f"มี {len(uuids):,} ข้อที่ถ้อยคำหรือทะเบียนกฎหมายเปลี่ยนไปหลังจากที่ท่านเปิดหน้านี้ จึงยังไม่ได้แทนที่ข้อใด "
            "โปรดตรวจข้อที่มีเครื่องหมาย แล้วกดแทนที่อีกครั้ง"
        )
        self.uuids = uuids


def replace_repealed_laws(
    manual: Manual,
    read: Sequence[ReadReplacement],
    wanted: Mapping[int, int],
    *,
    by: User,
    reason: str,
) -> LinkedAct:
    """In these clauses of the manual, by the laws that are `wanted` ({id of a repealed law: id of what stands in its
    place}). The reason of each change names its laws. A clause that says already what it was to say is left alone: it
    was sent twice.

    Raises ReplacementsOvertaken when one of them is otherwise than it was read; nothing is done then.
    """
    if not read:
        raise ChangeRefused("โปรดเลือกข้อที่จะแทนที่อย่างน้อยหนึ่งข้อ")
    with act(by=by, reason=reason):
        said = _lock(manual, read)
        read = [each for each in read if said.get(each.uuid) != each.sha]
        plan = plan_replacements(manual, wanted)
        rows = {row.clause.uuid: row for row in plan.clauses}
        overtaken = [
            each.uuid for each in read if not _is_as_read(rows.get(each.uuid), each)
        ]
        if overtaken:
            raise ReplacementsOvertaken(overtaken)
        made: list[ClauseChange] = []
        names: list[str] = []
        for each in read:
            row = rows[each.uuid]
            assert row.replaced is not None  # it is as it was read
            change = ReviseClause(row.clause, each.lock_version, row.replaced.content)
            told = f"{reason} ({_tell_laws(row, plan.successors)})"
            made += apply_changes(by, SectionVersion.Action.EDIT, told, [change])
            names += row.names
        return LinkedAct(made, names)


def _lock(manual: Manual, read: Sequence[ReadReplacement]) -> dict[UUID, str]:
    """All of them, in the order that every act keeps: the acts to come find them locked. {uuid: hash of the words that
    stand now}."""
    uuids = [each.uuid for each in read]
    clauses = Clause.objects.filter(uuid__in=uuids, section__manual=manual)
    locked = lock_rows(
        [ReviseClause(clause, clause.lock_version) for clause in clauses]
    )
    return {clause.uuid: clause.sha for clause in locked.clauses.values()}


def _is_as_read(row: PlannedClause | None, read: ReadReplacement) -> bool:
    if row is None or row.replaced is None:
        return False
    return (row.clause.lock_version, row.sha) == (read.lock_version, read.sha)


def _tell_laws(row: PlannedClause, successors: Mapping[int, LegalSource]) -> str:
    told = []
    for law in row.applied:
        if law.source.pk in successors:
            told.append(
                joined(
                    law.source.short_title, "เป็น", successors[law.source.pk].short_title
                )
            )
    return ", ".join(told)
