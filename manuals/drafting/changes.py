"""The changes apply_changes takes, and why it may refuse them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from hearing_portal.refusals import Refusal, RefusalKind

from ..content import AppliesTo, Content
from ..models import Clause, ClauseChange, Manual, Section

# What ReviseSection may change: what a section says of itself, and where it stands in the tree
POSITION_VALUES = frozenset({"manual", "parent", "rank", "retired"})
SECTION_VALUES = (
    frozenset({"title", "data", "kind", "origin", "applies_to"}) | POSITION_VALUES
)


class StaleClause(Refusal):
    """Somebody else changed the clause since it was read. `clause` is the row as it stands now."""

    kind = RefusalKind.CONFLICT

    def __init__(self, clause: Clause, read_version: int) -> None:
        super().__init__("มีผู้แก้ไขข้อนี้ไปก่อนแล้ว โปรดเทียบกับถ้อยคำล่าสุดแล้วบันทึกอีกครั้ง")
        self.clause = clause
        self.read_version = read_version


class ChangeRefused(Refusal):
    """The act cannot be done as asked; the message says why, in Thai."""


class NothingChanged(ChangeRefused):
    """What was sent says what stands there already."""


class StaleSection(ChangeRefused):
    """Somebody else changed the section since it was read. `section` is the row as it stands now."""

    kind = RefusalKind.CONFLICT

    def __init__(self, section: Section) -> None:
        super().__init__("มีผู้แก้ไขหมวดนี้ไปก่อนแล้ว โปรดเปิดหน้านี้อีกครั้งแล้วดำเนินการใหม่")
        self.section = section


@dataclass(frozen=True, slots=True)
class Position:
    """Where a clause stands: at `rank`, or right `after` or `before` a sibling, or behind the last sibling.

    A rank is worth giving only when it is known to be free (imports); siblings are looked up under the lock. A section
    that the same act adds is that of section_writer.section_to_be.
    """

    section: Section
    part: int = 0
    parent: UUID | None = None
    rank: str | None = None
    numbering: str = Clause.Numbering.DECIMAL
    after: UUID | None = None
    before: UUID | None = None


@dataclass(frozen=True, slots=True)
class AddSection:
    """At `rank`, first of its level where it `leads`, right `after` a section there, or last."""

    manual: Manual
    kind: str
    title: str
    parent: UUID | None = None
    rank: str | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    origin: str = Section.Origin.KEPT
    applies_to: str = AppliesTo.BOTH.value
    uuid: UUID = field(default_factory=uuid4)
    descends_from: Sequence[tuple[Section, str]] = ()
    leads: bool = False
    after: Section | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviseSection:
    """New values of a section's own row (SECTION_VALUES); `version` is the one that was read.

    `retired` None brings it back. A new manual or parent, or `rank` None, puts it right `after` or `before` a
    section there, or behind the last one. What is retired may be `succeeded_by` others, by kinds of lineage.
    """

    section: Section
    version: int
    values: Mapping[str, Any]
    retire_reason: str = ""
    reason: str = ""
    after: Section | None = None
    before: Section | None = None
    succeeded_by: Sequence[tuple[Section, str]] = ()

    @property
    def changes_the_tree(self) -> bool:
        return bool(self.retire_reason) or not POSITION_VALUES.isdisjoint(self.values)


@dataclass(frozen=True, slots=True)
class AddClause:
    content: Content
    position: Position
    uuid: UUID = field(default_factory=uuid4)
    descends_from: Sequence[tuple[Clause, str]] = ()
    kind: str = ClauseChange.Kind.ADDED
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReviseClause:
    """New words, a new position, or both. `lock_version` is the one the person read."""

    clause: Clause
    lock_version: int
    content: Content | None = None
    position: Position | None = None
    kind: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RetireClause:
    clause: Clause
    lock_version: int
    succeeded_by: Sequence[tuple[UUID, str]] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RestoreClause:
    """Bring a retired clause back, with older words or at another position where given."""

    clause: Clause
    lock_version: int
    content: Content | None = None
    position: Position | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DrawDescent:
    """A line of descent between two clauses that are rows already, which says nothing of the working draft."""

    source: UUID
    target: UUID
    kind: str


@dataclass(frozen=True, slots=True)
class DrawSectionDescent:
    """The same between two sections."""

    source: Section
    target: Section
    kind: str


Change = (
    AddSection
    | ReviseSection
    | AddClause
    | ReviseClause
    | RetireClause
    | RestoreClause
    | DrawDescent
    | DrawSectionDescent
)
