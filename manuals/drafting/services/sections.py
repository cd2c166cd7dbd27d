"""Sections of a manual: adding, copying, what one says of itself, retiring and bringing back. One act each."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction

from hearing_portal.directory.models import User
from hearing_portal.thai.markup import replace_references, write_reference

from ...content import AppliesTo, Content, Step
from ...models import (
    Clause,
    ClauseLineage,
    Manual,
    Section,
    SectionLineage,
    SectionVersion,
)
from ...own_reasons import tell_bringing_back, tell_copying
from ..changes import (
    AddClause,
    AddSection,
    Change,
    ChangeRefused,
    Position,
    RestoreClause,
    RetireClause,
    ReviseSection,
)
from ..promises import NO_PROMISES, Promises
from ..queries.arranging import find_clauses_retired_with
from .apply_changes import apply_changes
from .locking import lock_section
from .positions import children_first

Action = SectionVersion.Action


@transaction.atomic
def add_section(
    manual: Manual,
    kind: str,
    title: str,
    *,
    by: User,
    parent: Section | None = None,
    rank: str | None = None,
    data: Mapping[str, Any] | None = None,
    origin: str = Section.Origin.KEPT,
    applies_to: str = AppliesTo.BOTH.value,
    copied_from: Section | None = None,
    uuid: UUID | None = None,
    leads: bool = False,
) -> Section:
    """A new section at `rank`, or before the first one of its level where it `leads`, or after the last one.

    Sent twice under one uuid, it is added once.
    """
    known = Section.objects.filter(uuid=uuid).first() if uuid else None
    if known is not None:
        return known
    descends_from = []
    if copied_from is not None:
        descends_from.append((copied_from, SectionLineage.Kind.COPIED.value))
    change = AddSection(
        manual=manual,
        kind=kind,
        title=title,
        parent=parent.uuid if parent else None,
        rank=rank,
        data=data or {},
        origin=origin,
        applies_to=applies_to,
        descends_from=descends_from,
        uuid=uuid or uuid4(),
        leads=leads,
    )
    apply_changes(by, Action.ADD, f"เพิ่ม {title}", [change])
    return Section.objects.get(uuid=change.uuid)


@transaction.atomic
def copy_section(source: Section, title: str, *, by: User, **facts: Any) -> Section:
    """A new section with the clauses of the source as they stand; `facts` as add_section takes them.

    Section and clauses get uuids of their own and a line of descent; what refers to a clause of the source refers to
    its copy there. Two acts, one transaction.
    """
    source = lock_section(source)
    facts.setdefault("manual", source.manual)
    section = add_section(
        kind=source.kind, title=title, copied_from=source, by=by, **facts
    )
    if section.version > 1:
        return section  # sent twice
    clauses = list(
        Clause.objects.live().filter(section=source).order_by("part", "rank")
    )
    copies = {clause.uuid: uuid4() for clause in clauses}
    uuid_of_row = {clause.pk: clause.uuid for clause in clauses}
    changes: list[Change] = []
    for clause in _parents_first(clauses):
        parent = None
        if clause.parent_id is not None:
            parent = copies[uuid_of_row[clause.parent_id]]
        position = Position(section, clause.part, parent, clause.rank, clause.numbering)
        change = AddClause(
            _refer_to(copies, clause.content),
            position,
            uuid=copies[clause.uuid],
            descends_from=[(clause, ClauseLineage.Kind.COPIED.value)],
        )
        changes.append(change)
    if changes:
        apply_changes(by, Action.IMPORT, tell_copying(source.title), changes)
        section.refresh_from_db(fields=["version"])
    return section


@transaction.atomic
def revise_section(
    section: Section,
    version: int,
    values: Mapping[str, Any],
    *,
    by: User,
    reason: str,
) -> Section:
    """What it says of itself: title, data, kind, origin, applies_to. Raises StaleSection and ChangeRefused."""
    change = ReviseSection(section, version, values)
    apply_changes(by, Action.EDIT, reason, [change])
    return Section.objects.select_related("manual", "parent").get(pk=section.pk)


@transaction.atomic
def retire_section(
    section: Section,
    version: int,
    *,
    by: User,
    reason: str,
    promises: Promises = NO_PROMISES,
    promise: str = "",
) -> None:
    """It leaves the manual with its clauses, which come back with it. Nothing is deleted. A promise is kept by changes
    of words: where one is to be kept, each clause is retired in the same act."""
    if section.retired_id is not None:
        raise ChangeRefused("หมวดนี้ยกเลิกแล้ว")
    changes: list[Change] = []
    if promise:
        clauses = Clause.objects.live().filter(section=section)
        for clause in children_first(clauses.select_related("parent", "section")):
            changes.append(RetireClause(clause, clause.lock_version))
    if promise and not changes:
        raise ChangeRefused(
            "กระบวนงานนี้ไม่มีข้อในร่าง การยกเลิกจึงบันทึกเป็นการยกร่างตามผลไม่ได้ โปรดเลือก “ไม่ใช่การยกร่างตามผลการพิจารณา”",
            field="promise",
        )
    changes.append(ReviseSection(section, version, {}, retire_reason=reason))
    written = apply_changes(by, Action.RETIRE, reason, changes)
    if promise:
        promises.keep(promise, written, by=by)


@transaction.atomic
def retire_titles(sections: Sequence[Section], *, by: User, reason: str) -> None:
    """Processes in which nothing was written leave the manual, several in one act. What somebody wrote into since it
    was read stays: StaleSection is raised, and nothing is done then."""
    changes = []
    for section in sections:
        if section.retired_id is not None or not section.is_process:
            raise ChangeRefused("มีหัวข้อที่เลือกซึ่งยกเลิกแล้วหรือไม่ใช่กระบวนงาน โปรดเลือกใหม่")
        changes.append(
            ReviseSection(section, section.version, {}, retire_reason=reason)
        )
    apply_changes(by, Action.RETIRE, reason, changes)


@transaction.atomic
def bring_back_section(section: Section, version: int, *, by: User) -> None:
    """To where it stood, or behind the last one where that place is taken, with the clauses that left together with
    it."""
    if section.retired_id is None:
        raise ChangeRefused("หมวดนี้ยังอยู่ในคู่มือ ไม่ต้องเรียกคืน")
    changes: list[Change] = [ReviseSection(section, version, {"retired": None})]
    for clause in _parents_first(find_clauses_retired_with(section)):
        changes.append(RestoreClause(clause, clause.lock_version))
    apply_changes(by, Action.RESTORE, tell_bringing_back(section.title), changes)


def _parents_first(clauses: list[Clause]) -> list[Clause]:
    children: dict[int | None, list[Clause]] = {}
    for clause in clauses:
        children.setdefault(clause.parent_id, []).append(clause)
    order: list[Clause] = []
    level = children.get(None, [])
    while level:
        order += level
        below = []
        for clause in level:
            below += children.get(clause.pk, [])
        level = below
    return order


def _refer_to(copies: Mapping[UUID, UUID], content: Content) -> Content:
    """References and branches to a clause that was copied lead to its copy."""

    by_text = {str(source): str(copy) for source, copy in copies.items()}

    def renamed(uuid: str) -> str:
        return by_text.get(uuid, uuid)

    texts = {}
    for attribute in content.may_refer:
        texts[attribute] = replace_references(
            getattr(content, attribute), lambda uuid: write_reference(renamed(uuid))
        )
    content = replace(content, **texts)
    if not isinstance(content, Step):
        return content
    return replace(
        content,
        next=[{**branch, "to": renamed(branch["to"])} for branch in content.next],
        explains=[renamed(uuid) for uuid in content.explains],
    )
