"""Splitting a process into two, and joining two of one unit. Clauses keep their uuids, wherever they go."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction

from hearing_portal.directory.models import User

from ...models import Section, SectionLineage, SectionVersion
from ..changes import (
    AddSection,
    Change,
    ChangeRefused,
    Position,
    ReviseClause,
    ReviseSection,
    StaleSection,
)
from ..dividing import SplitPoint, choose_leaving
from ..promises import NO_PROMISES, Promises
from ..queries.arranging import find_standing_clauses
from .apply_changes import apply_changes
from .locking import lock_sections
from .section_writer import section_to_be

Action = SectionVersion.Action


@transaction.atomic
def split_section(
    section: Section,
    version: int,
    point: SplitPoint,
    title: str,
    *,
    uuid: UUID,
    by: User,
    reason: str,
    promises: Promises = NO_PROMISES,
    promise: str = "",
) -> Section:
    """What stands from the point on becomes a new process right behind this one, descending from it, which keeps the
    promise of this key. Sent twice under one uuid, it is done once. Raises StaleSection and ChangeRefused."""
    [section] = _lock([section])
    known = Section.objects.select_related("manual", "parent").filter(uuid=uuid).first()
    if known is not None:
        return known
    if section.version != version:
        raise StaleSection(section)
    _refuse_unfit(section)
    standing = find_standing_clauses(section)
    leaving = choose_leaving(standing, point)
    if not leaving:
        raise ChangeRefused("ข้อที่เลือกไม่มีในกระบวนงานนี้แล้ว โปรดเลือกใหม่", field="start")
    if len(leaving) == len(standing):
        raise ChangeRefused(
            "กระบวนงานเดิมจะไม่เหลือข้อใด โปรดเลือกข้อถัดไป หรือแก้ไขชื่อกระบวนงานแทน",
            field="start",
        )
    added = AddSection(
        manual=section.manual,
        kind=section.kind,
        title=title,
        parent=section.parent.uuid if section.parent else None,
        origin=Section.Origin.NEW,
        applies_to=section.applies_to,
        uuid=uuid,
        descends_from=[(section, SectionLineage.Kind.SPLIT)],
        after=section,
    )
    changes: list[Change] = [added]
    there = section_to_be(added)
    for clause in leaving:
        position = Position(
            there, clause.part, clause.parent_uuid, clause.rank, clause.numbering
        )
        changes.append(ReviseClause(clause, clause.lock_version, position=position))
    written = apply_changes(by, Action.SPLIT, reason, changes)
    if promise:
        promises.keep(promise, written, by=by)
    return Section.objects.select_related("manual", "parent").get(uuid=uuid)


@transaction.atomic
def join_sections(
    sections: Sequence[tuple[Section, int]],
    *,
    by: User,
    reason: str,
    promises: Promises = NO_PROMISES,
    promise: str = "",
) -> Section:
    """The first of two [(process, version)] of one unit takes in the clauses of the second one, each part behind its
    own, and keeps the promise of this key; the second is retired into it. Raises StaleSection and ChangeRefused."""
    read = {section.pk: version for section, version in sections}
    if len(read) != 2:
        raise ChangeRefused("โปรดเลือกกระบวนงานอื่นที่จะรวม", field="other")
    locked = {row.pk: row for row in _lock([section for section, _ in sections])}
    first, second = [locked[pk] for pk in read]
    for section in (first, second):
        if section.version != read[section.pk]:
            raise StaleSection(section)
        _refuse_unfit(section)
    if (first.manual_id, first.parent_id) != (second.manual_id, second.parent_id):
        raise ChangeRefused(
            "รวมได้เฉพาะกระบวนงานในงานเดียวกัน โปรดย้ายกระบวนงานก่อน", field="other"
        )
    changes: list[Change] = []
    for clause in find_standing_clauses(second):
        # What stands on top goes behind the last one there, what hangs below goes along at its own rank
        rank = clause.rank if clause.parent_id is not None else None
        position = Position(
            first, clause.part, clause.parent_uuid, rank, clause.numbering
        )
        changes.append(ReviseClause(clause, clause.lock_version, position=position))
    retired = ReviseSection(
        second,
        second.version,
        {},
        retire_reason=reason,
        succeeded_by=[(first, SectionLineage.Kind.MERGED)],
    )
    written = apply_changes(by, Action.JOIN, reason, [*changes, retired])
    if promise:
        promises.keep(promise, written, by=by)
    return Section.objects.select_related("manual", "parent").get(pk=first.pk)


def _lock(sections: Iterable[Section]) -> list[Section]:
    rows = list(sections)
    return lock_sections(
        [section.pk for section in rows],
        trees={section.manual_id for section in rows},
    )


def _refuse_unfit(section: Section) -> None:
    if section.retired_id is not None:
        raise ChangeRefused(f"“{section.title}” ยกเลิกแล้ว โปรดเลือกใหม่")
    if not section.is_process:
        raise ChangeRefused("แยกและรวมได้เฉพาะกระบวนงาน")
