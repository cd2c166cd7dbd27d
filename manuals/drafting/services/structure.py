"""Structural acts: splitting, joining, moving, retiring and bringing back clauses; moving and renaming sections.

Each is one act through apply_changes. A moved, reworded or renamed node keeps its uuid; only what really came
out of another one gets a line of descent.
"""

import uuid as uuids
from collections.abc import Sequence
from typing import Any

from django.db import transaction

from hearing_portal.directory.models import User

from ...content import Content
from ...models import Clause, ClauseChange, ClauseLineage, Manual, Section, SectionVersion
from ..changes import (
    AddClause,
    Change,
    ChangeRefused,
    Position,
    RestoreClause,
    RetireClause,
    ReviseClause,
    ReviseSection,
)
from .apply_changes import apply_changes, children_first

Action, Kind = SectionVersion.Action, ClauseChange.Kind


@transaction.atomic
def split_clause(
    clause: Clause, lock_version: int, contents: Sequence[Content], *, by: User, reason: str
) -> list[Clause]:
    """The clause keeps the first content; each further one becomes a new clause right behind it, descending
    from it. Returns all of them in order."""
    if len(contents) < 2:
        raise ChangeRefused("แยกข้อต้องมีอย่างน้อยสองข้อ")
    changes: list[Change] = [ReviseClause(clause, lock_version, contents[0], kind=Kind.SPLIT)]
    before = clause.uuid
    for content in contents[1:]:
        position = Position(clause.section, clause.part, _parent(clause), numbering=clause.numbering, after=before)
        descent = [(clause, ClauseLineage.Kind.SPLIT)]
        change = AddClause(content, position, descends_from=descent, kind=Kind.SPLIT)
        before = change.uuid
        changes.append(change)
    return [change.clause for change in apply_changes(by, Action.SPLIT, reason, changes)]


@transaction.atomic
def join_clauses(clauses: Sequence[tuple[Clause, int]], content: Content, *, by: User, reason: str) -> Clause:
    """The first of [(clause, lock_version)] takes the joined words; the others are retired into it.

    Sub-clauses of the others hang below the first afterwards, behind its own.
    """
    (first, first_version), *others = clauses
    if not others or len({clause.pk for clause, _ in clauses}) < len(clauses):
        raise ChangeRefused("รวมข้อต้องเลือกอย่างน้อยสองข้อ")
    if any((clause.section_id, clause.part) != (first.section_id, first.part) for clause, _ in others):
        raise ChangeRefused("รวมได้เฉพาะข้อที่อยู่ในส่วนเดียวกันของหมวดเดียวกัน")
    if any(clause.pk == first.parent_id for clause, _ in others):
        raise ChangeRefused("รวมข้อหลักเข้าไปในข้อย่อยของตนไม่ได้")
    changes: list[Change] = [ReviseClause(first, first_version, content, kind=Kind.JOINED)]
    joined = {clause.pk for clause, _ in others}
    for clause, _ in others:
        below = Clause.objects.live().filter(parent=clause).exclude(pk__in=joined | {first.pk})
        for child in below.order_by("rank"):
            position = Position(first.section, first.part, first.uuid, numbering=child.numbering)
            changes.append(ReviseClause(child, child.lock_version, position=position))
    versions = {clause.pk: version for clause, version in others}
    descent = [(first.uuid, ClauseLineage.Kind.MERGED)]
    for clause in children_first(clause for clause, _ in others):
        changes.append(RetireClause(clause, versions[clause.pk], succeeded_by=descent))
    return apply_changes(by, Action.JOIN, reason, changes)[0].clause


@transaction.atomic
def move_clause(clause: Clause, lock_version: int, position: Position, *, by: User, reason: str) -> list[ClauseChange]:
    """Put the clause, with all that hangs below it, somewhere else: in its list, its section or any manual."""
    changes: list[Change] = [ReviseClause(clause, lock_version, position=position)]
    if (clause.section_id, clause.part) != (position.section.pk, position.part):
        for child in _descendants(clause):
            there = Position(position.section, position.part, child.parent.uuid, child.rank, child.numbering)
            changes.append(ReviseClause(child, child.lock_version, position=there))
    return apply_changes(by, Action.MOVE, reason, changes)


@transaction.atomic
def retire_clause(clause: Clause, lock_version: int, *, by: User, reason: str) -> list[ClauseChange]:
    """ให้ยกเลิกข้อ: the clause and all that hangs below it leave the manual; nothing is deleted."""
    below = children_first(_descendants(clause))
    changes: list[Change] = [RetireClause(child, child.lock_version) for child in below]
    changes.append(RetireClause(clause, lock_version))
    return apply_changes(by, Action.RETIRE, reason, changes)


@transaction.atomic
def restore_clause(clause: Clause, lock_version: int, *, by: User, reason: str) -> list[ClauseChange]:
    """Bring a retired clause back to its old place, with what was retired below it in the same act."""
    [gone] = clause.changes.filter(kind=Kind.RETIRED).order_by("-id")[:1] or [None]
    if gone is None:
        raise ChangeRefused("ข้อนี้ยังอยู่ในคู่มือ ไม่ต้องเรียกคืน")
    with_it = set(
        ClauseChange.objects.filter(revision=gone.revision_id, kind=Kind.RETIRED).values_list("clause", flat=True)
    )
    changes: list[Change] = [RestoreClause(clause, lock_version)]
    for child in _descendants(clause, live=False):
        if child.pk in with_it:
            changes.append(RestoreClause(child, child.lock_version))
    return apply_changes(by, Action.RESTORE, reason, changes)


@transaction.atomic
def move_section(
    section: Section,
    version: int,
    *,
    manual: Manual | None = None,
    parent: Section | None = None,
    after: Section | None = None,
    before: Section | None = None,
    by: User,
    reason: str,
) -> Section:
    """Put the section below `parent` (None: at the top) of `manual` (None: the parent's, or its own), right
    after or before a section there, or last. What hangs below goes along; every uuid stays."""
    manual = manual or (parent.manual if parent else section.manual)
    values = {"manual": manual, "parent": parent, "rank": None}
    changes: list[Change] = [ReviseSection(section, version, values, after=after, before=before)]
    if manual.pk != section.manual_id:
        for child in _descendants(section):
            moved = {"manual": manual, "rank": child.rank}
            changes.append(ReviseSection(child, child.version, moved))
    apply_changes(by, Action.MOVE, reason, changes)
    return Section.objects.select_related("manual", "parent").get(pk=section.pk)


@transaction.atomic
def rename_section(section: Section, version: int, title: str, *, by: User, reason: str) -> Section:
    """Another title for the same section. Raises ChangeRefused when it is the title it has."""
    apply_changes(by, Action.EDIT, reason, [ReviseSection(section, version, {"title": title})])
    return Section.objects.select_related("manual", "parent").get(pk=section.pk)


def _parent(clause: Clause) -> uuids.UUID | None:
    return clause.parent.uuid if clause.parent else None


def _descendants(node: Any, *, live: bool = True) -> list[Any]:
    """All clauses (or sections) below one, parents before children."""
    model = type(node)
    rows = (model.objects.live() if live else model.objects.all()).select_related("parent", _home(model))
    found, level = [], [node.pk]
    while level:
        children = list(rows.filter(parent__in=level).order_by("rank"))
        found += children
        level = [child.pk for child in children]
    return found


def _home(model: type) -> str:
    return "section" if model is Clause else "manual"
