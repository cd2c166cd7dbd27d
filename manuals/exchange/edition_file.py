"""What an edition's file says, once it was read and checked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from ..content import Content


@dataclass(frozen=True, slots=True)
class FileGroup:
    """A work group as the portal that wrote the file calls it."""

    key: str
    name: str
    short_name: str
    kind: str
    order: int
    valid_from: date
    valid_until: date | None


@dataclass(frozen=True, slots=True)
class FileManual:
    key: str
    uuid: UUID
    group: str | None  # the group's key; None for the book's own foreword


@dataclass(frozen=True, slots=True)
class FileSource:
    """A law that a clause of the edition cites."""

    key: str
    full_title: str
    short_title: str
    year_be: int
    kind: str
    in_force_from: date | None


@dataclass(frozen=True, slots=True)
class FigureFile:
    """The file of a figure or a form."""

    sha: str
    media_type: str
    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class FileEntry:
    """A node of the edition. `manual` is a key, `section` the uuid of the section it stands in (its own for a
    section); `sha` and `content` only of clauses."""

    kind: str
    uuid: UUID
    parent: UUID | None
    manual: str
    section: UUID | None
    path: str
    label: str
    numbering: str
    title: str
    part: int
    applies_to: str
    data: dict[str, Any]
    sha: str | None = None
    content: Content | None = None

    @property
    def clause_content(self) -> Content:
        """ValueError for a manual or a section, which have none."""
        if self.content is None:
            raise ValueError(
                f"{self.path} is a {self.kind}: only clauses have a content"
            )
        return self.content


@dataclass(frozen=True, slots=True)
class EditionFile:
    """A whole file. Everything in it was checked, and its entries give its manifest hash."""

    code: str
    kind: str
    title: str
    sealed_at: datetime
    policy_version: str
    basis: str
    manifest_sha: str
    file_sha: str
    manuals: list[FileManual] = field(default_factory=list)
    groups: list[FileGroup] = field(default_factory=list)
    entries: list[FileEntry] = field(default_factory=list)
    sources: list[FileSource] = field(default_factory=list)
    files: list[FigureFile] = field(default_factory=list)

    def of_kind(self, kind: str) -> Iterator[FileEntry]:
        """In the edition's order."""
        for entry in self.entries:
            if entry.kind == kind:
                yield entry

    def uuids_of(self, kind: str) -> set[UUID]:
        return {entry.uuid for entry in self.of_kind(kind)}
