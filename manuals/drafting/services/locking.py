"""The locks of an act, always taken in the same order, so that no two acts wait for each other.

1. the freeze lock: shared by every act, exclusive for freezing
2. the trees of the manuals in which the act places sections, by the manuals' ids
3. the sections it names by uuid, then the clauses it names by uuid
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from ...models import Clause, Section
from ..changes import (
    AddSection,
    Change,
    DrawDescent,
    DrawSectionDescent,
    RestoreClause,
    RetireClause,
    ReviseClause,
    ReviseSection,
    StaleClause,
)
from ..queries.last_acts import stands_as_read

FREEZE_LOCK = 2565_01
TREE_LOCK = 2565_02  # with a manual's id


class LockedRows:
    """The sections and clauses of a running act, one object for each row: what one change does, the next one sees."""

    def __init__(self, sections: Iterable[Section], clauses: Iterable[Clause]) -> None:
        self.sections: dict[int, Section] = {}
        for section in sections:
            self.sections[section.pk] = section
        for section in self.sections.values():
            if section.parent_id in self.sections:
                section.parent = self.sections[section.parent_id]

        self.clauses: dict[UUID, Clause] = {}
        clauses_by_id: dict[int | None, Clause] = {}
        for clause in clauses:
            self.clauses[clause.uuid] = clause
            clauses_by_id[clause.pk] = clause
        for clause in self.clauses.values():
            if clause.parent_id in clauses_by_id:
                clause.parent = clauses_by_id[clause.parent_id]
            if (
                clause.section_id in self.sections
            ):  # else it moved on since it was read: locked_clause refuses it
                clause.section = self.sections[clause.section_id]

    def locked_clause(self, clause: Clause, read_version: int) -> Clause:
        """The clause's locked row. Raises StaleClause when it is another than it was when `read_version` was read: who
        takes it out and brings it back overtakes nobody."""
        row = self.clauses[clause.uuid]
        is_as_read = stands_as_read(row, read_version)
        if not is_as_read or row.section_id != clause.section_id:
            raise StaleClause(row, read_version)
        return row

    def keep_section(self, section: Section) -> Section:
        """The one object of the section's row; the section itself where the act did not know it yet."""
        return self.sections.setdefault(section.pk, section)

    def find_section(self, uuid: UUID) -> Section:
        """One query for a section that is not locked. Raises Section.DoesNotExist."""
        for section in self.sections.values():
            if section.uuid == uuid:
                return section
        return Section.objects.get(uuid=uuid)

    def find_clause(self, uuid: UUID) -> Clause:
        """One query for a clause that is not locked. Raises Clause.DoesNotExist."""
        if uuid in self.clauses:
            return self.clauses[uuid]
        return Clause.objects.get(uuid=uuid)


def lock_rows(changes: Sequence[Change]) -> LockedRows:
    """Take all locks of an act, within its transaction."""
    named = _NamedRows()
    for change in changes:
        named.add(change)
    hold_off_freezing()
    _lock_trees(named.manual_ids)
    if named.section_ids <= named.sections_of_clauses:
        return _lock_clauses_with_their_sections(named.clause_ids)

    sections = _lockable_sections().filter(pk__in=named.section_ids)
    locked_sections = list(sections.order_by("uuid"))
    clauses = Clause.objects.select_for_update(of=("self",)).select_related("parent")
    clauses = clauses.filter(pk__in=named.clause_ids)
    locked_clauses = list(clauses.order_by("uuid"))
    return LockedRows(locked_sections, locked_clauses)


def _lock_clauses_with_their_sections(clause_ids: set[int]) -> LockedRows:
    """The most frequent act names clauses only: their sections are locked with them, in one query.

    The section of each row first: PostgreSQL locks in the order of `of`, and whoever holds a section (lock_section)
    may go on to its clauses.
    """
    clauses = Clause.objects.select_for_update(of=("section", "self"))
    clauses = clauses.select_related("parent", "section__manual", "section__parent")
    clauses = clauses.filter(pk__in=clause_ids)
    locked = list(clauses.order_by("section__uuid", "uuid"))
    # Each clause came with a section object of its own: the last one is kept
    sections = {clause.section_id: clause.section for clause in locked}
    return LockedRows(sections.values(), locked)


def lock_section(section: Section) -> Section:
    """The section's locked row, for acts that plan their changes from what stands there now.

    Within a transaction; apply_changes may follow. The freeze lock comes first, as it does there: an act that
    held the row while it waited for that lock could wait for ever.
    """
    hold_off_freezing()
    return _lockable_sections().get(pk=section.pk)


def lock_sections(section_ids: Iterable[int], *, trees: Iterable[int]) -> list[Section]:
    """As lock_section, for several at once, with the trees of the manuals (ids) that the act will move sections in."""
    hold_off_freezing()
    _lock_trees(trees)
    sections = _lockable_sections().filter(pk__in=list(section_ids))
    return list(sections.order_by("uuid"))


def _lock_trees(manual_ids: Iterable[int]) -> None:
    """A new section has no row to lock, and two sections moved at once may each land below the other."""
    with connection.cursor() as cursor:
        for manual_id in sorted(manual_ids):
            cursor.execute(
                "SELECT pg_advisory_xact_lock(%s, %s)", [TREE_LOCK, manual_id]
            )


def _lockable_sections() -> QuerySet[Section]:
    sections = Section.objects.select_for_update(of=("self",))
    return sections.select_related("manual", "parent")


def hold_off_freezing() -> None:
    """Until the transaction ends; waits while an edition is being frozen, so that it never sees half an act."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [FREEZE_LOCK])


def hold_off_acts() -> None:
    """Until the transaction ends; waits for the acts that are running. For freezing."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [FREEZE_LOCK])


@dataclass(slots=True)
class _NamedRows:
    """The ids of all that an act's changes name."""

    manual_ids: set[int] = field(default_factory=set)  # those whose trees change
    section_ids: set[int] = field(default_factory=set)
    sections_of_clauses: set[int] = field(default_factory=set)
    clause_ids: set[int] = field(default_factory=set)

    def add(self, change: Change) -> None:
        if isinstance(change, AddSection):
            self.manual_ids.add(change.manual.pk)
            return
        if isinstance(change, ReviseSection):
            self.section_ids.add(change.section.pk)
            if change.changes_the_tree:
                new_manual = change.values.get("manual", change.section.manual)
                self.manual_ids |= {change.section.manual_id, new_manual.pk}
            return
        if isinstance(change, ReviseClause | RetireClause | RestoreClause):
            self.clause_ids.add(change.clause.pk)
            self.section_ids.add(change.clause.section_id)
            self.sections_of_clauses.add(change.clause.section_id)
        if isinstance(change, RetireClause | DrawDescent | DrawSectionDescent):
            return
        if change.position is not None and change.position.section.pk:
            self.section_ids.add(change.position.section.pk)
