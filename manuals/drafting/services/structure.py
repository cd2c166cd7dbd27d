"""Structural acts: splitting, joining, moving, retiring and bringing back clauses; moving and renaming sections.

Each is one act through apply_changes. A moved, reworded or renamed node keeps its uuid; only what really came
out of another one gets a line of descent.
"""

from collections.abc import Sequence

from django.db import transaction

from hearing_portal.directory.models import User

from ...content import Content
from ...models import (
    Clause,
    ClauseChange,
    ClauseLineage,
    Manual,
    Section,
    SectionVersion,
)
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
from ..promises import NO_PROMISES, Promises
from ..queries.arranging import find_clauses_below, find_retired_together
from .apply_changes import apply_changes
from .positions import children_first

Action = SectionVersion.Action
Kind = ClauseChange.Kind


@transaction.atomic
def split_clause(
    clause: Clause,
    lock_version: int,
    contents: Sequence[Content],
    *,
    by: User,
    reason: str,
    promises: Promises = NO_PROMISES,
    promise: str = "",
) -> list[Clause]:
    """The clause keeps the first content; each further one becomes a new clause right behind it, descending
    from it, which keeps the promise of this key. Returns all of them in order."""
    if len(contents) < 2:
        raise ChangeRefused("แยกข้อต้องมีอย่างน้อยสองข้อ")
    kept = ReviseClause(
        clause,
        lock_version,
        contents[0],
        kind=Kind.SPLIT,
    )
    changes: list[Change] = [kept]
    last = clause.uuid
    for content in contents[1:]:
        position = Position(
            section=clause.section,
            part=clause.part,
            parent=clause.parent_uuid,
            numbering=clause.numbering,
            after=last,
        )
        change = AddClause(
            content,
            position,
            descends_from=[(clause, ClauseLineage.Kind.SPLIT)],
            kind=Kind.SPLIT,
        )
        changes.append(change)
        last = change.uuid
    written = apply_changes(by, Action.SPLIT, reason, changes)
    if promise:
        promises.keep(promise, written, by=by)
    return [change.clause for change in written]


@transaction.atomic
def join_clauses(
    clauses: Sequence[tuple[Clause, int]],
    content: Content,
    *,
    by: User,
    reason: str,
    promises: Promises = NO_PROMISES,
    promise: str = "",
) -> Clause:
    """The first of [(clause, lock_version)] takes the joined words; the others are retired into it, which keeps the
    promise of this key.

    Sub-clauses of the others hang below the first afterwards, behind its own.
    """
    first, first_version = clauses[0]
    joined = [clause for clause, _ in clauses[1:]]
    version_of = {clause.pk: version for clause, version in clauses}
    if not joined or len(version_of) < len(clauses):
        raise ChangeRefused("รวมข้อต้องเลือกอย่างน้อยสองข้อ")
    for clause in joined:
        if clause.section_id != first.section_id or clause.part != first.part:
            raise ChangeRefused("รวมได้เฉพาะข้อที่อยู่ในส่วนเดียวกันของหมวดเดียวกัน")
    for clause in joined:
        if clause.pk == first.parent_id:
            raise ChangeRefused("รวมข้อหลักเข้าไปในข้อย่อยของตนไม่ได้")

    joined_words = ReviseClause(
        first,
        first_version,
        content,
        kind=Kind.JOINED,
    )
    changes: list[Change] = [joined_words]
    for clause in joined:
        children = Clause.objects.live().filter(parent=clause)
        children = children.exclude(pk__in=version_of)
        for child in children.order_by("rank"):
            position = Position(
                first.section,
                first.part,
                first.uuid,
                numbering=child.numbering,
            )
            changes.append(ReviseClause(child, child.lock_version, position=position))
    for clause in children_first(joined):
        retired = RetireClause(
            clause,
            version_of[clause.pk],
            succeeded_by=[(first.uuid, ClauseLineage.Kind.MERGED)],
        )
        changes.append(retired)
    written = apply_changes(by, Action.JOIN, reason, changes)
    if promise:
        promises.keep(promise, written, by=by)
    return written[0].clause


@transaction.atomic
def move_clause(
    clause: Clause,
    lock_version: int,
    position: Position,
    *,
    by: User,
    reason: str,
    promises: Promises = NO_PROMISES,
    promise: str = "",
) -> list[ClauseChange]:
    """Put the clause, with all that hangs below it, somewhere else, in its list, its section or any manual, which
    keeps the promise of this key."""
    changes: list[Change] = [ReviseClause(clause, lock_version, position=position)]
    if clause.section_id != position.section.pk or clause.part != position.part:
        # What hangs below goes along, each at the rank it had
        for child in find_clauses_below(clause):
            child_position = Position(
                section=position.section,
                part=position.part,
                parent=child.parent_uuid,
                rank=child.rank,
                numbering=child.numbering,
            )
            changes.append(
                ReviseClause(child, child.lock_version, position=child_position)
            )
    written = apply_changes(by, Action.MOVE, reason, changes)
    if promise:
        promises.keep(promise, written, by=by)
    return written


@transaction.atomic
def retire_clause(
    clause: Clause,
    lock_version: int,
    *,
    by: User,
    reason: str,
    promises: Promises = NO_PROMISES,
    promise: str = "",
) -> list[ClauseChange]:
    """ให้ยกเลิกข้อ: the clause and all that hangs below it leave the manual, which keeps the promise of this key;
    nothing is deleted."""
    changes: list[Change] = []
    for child in children_first(find_clauses_below(clause)):
        changes.append(RetireClause(child, child.lock_version))
    changes.append(RetireClause(clause, lock_version))
    written = apply_changes(by, Action.RETIRE, reason, changes)
    if promise:
        promises.keep(promise, written, by=by)
    return written


@transaction.atomic
def restore_clause(
    clause: Clause,
    lock_version: int,
    *,
    by: User,
    reason: str,
) -> list[ClauseChange]:
    """Bring a retired clause back to its old position, with what was retired below it in the same act."""
    together = find_retired_together(clause)
    if not together:
        raise ChangeRefused("ข้อนี้ยังอยู่ในคู่มือ ไม่ต้องเรียกคืน")
    changes: list[Change] = [RestoreClause(clause, lock_version)]
    for child in together[1:]:
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
    if manual is None:
        manual = parent.manual if parent else section.manual
    values = {"manual": manual, "parent": parent, "rank": None}
    moved = ReviseSection(
        section,
        version,
        values,
        after=after,
        before=before,
    )
    changes: list[Change] = [moved]
    if manual.pk != section.manual_id:
        for child in _find_sections_below(section):
            child_values = {"manual": manual, "rank": child.rank}
            changes.append(ReviseSection(child, child.version, child_values))
    apply_changes(by, Action.MOVE, reason, changes)
    return Section.objects.select_related("manual", "parent").get(pk=section.pk)


@transaction.atomic
def rename_section(
    section: Section,
    version: int,
    title: str,
    *,
    by: User,
    reason: str,
) -> Section:
    """Another title for the same section. Raises ChangeRefused when it is the title it has."""
    renamed = ReviseSection(section, version, {"title": title})
    apply_changes(by, Action.EDIT, reason, [renamed])
    return Section.objects.select_related("manual", "parent").get(pk=section.pk)


def _find_sections_below(section: Section) -> list[Section]:
    """The live ones, parents before children. One query a level."""
    rows = Section.objects.live().select_related("parent", "manual")
    found: list[Section] = []
    level = [section]
    while level:
        level = list(rows.filter(parent__in=level).order_by("rank"))
        found += level
    return found
