"""What was said of clauses outside of the draft: an app above the manuals knows it, and tells it to who would take
these clauses out, or put them elsewhere."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID

from ..models import Section


@dataclass(frozen=True, slots=True)
class SaidAbout:
    """Of one clause, or of a section with all that stands in it: its `name`, how much was said, in words, how much of
    it waits, "" for nothing, and where that is read. `clause` is None for a section."""

    name: str
    counts: str
    waiting: str
    url: str
    clause: UUID | None = None


class SaidElsewhere(Protocol):
    def about_clauses(
        self, section: Section, clauses: Collection[UUID]
    ) -> Sequence[SaidAbout]:
        """Of those of these clauses of the section of which something was said, in reading order."""

    def about_sections(self, sections: Collection[Section]) -> Sequence[SaidAbout]:
        """Of those of these sections of which, or of whose clauses, something was said."""


class NothingSaid:
    """Where nobody says anything."""

    def about_clauses(
        self, section: Section, clauses: Collection[UUID]
    ) -> Sequence[SaidAbout]:
        return ()

    def about_sections(self, sections: Collection[Section]) -> Sequence[SaidAbout]:
        return ()


NOTHING_SAID = NothingSaid()
