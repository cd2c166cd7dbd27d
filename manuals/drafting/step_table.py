"""The table of steps of a process (part 9) as a person hands it in: rows in their order, with what was read before."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple
from uuid import UUID

from ..content import Content, Step, Text

STEP_PART = 9
MOST_ROWS = 100  # of one form: beyond them it has more fields than the portal takes


class ReadRow(NamedTuple):
    """A row as it stood when the table was opened: its version, and the hash of its words."""

    uuid: UUID
    lock_version: int
    sha: str


class StepRow(NamedTuple):
    """A row of the table. Its uuid is that of the clause: branches lead to it wherever the row is moved."""

    uuid: UUID
    content: Step


class StandingRow(NamedTuple):
    """A row as it stands in the working draft by now."""

    uuid: UUID
    lock_version: int
    content: Step


@dataclass(frozen=True, slots=True)
class WrittenTable:
    """The whole table of one person.

    `bases` is what each row said when it was read; a row that is not among `read` is new. `seen` are the clashes the
    person was shown before: {row: the version of somebody else that stood beside it, 0 for a row cut by them}.
    """

    read: Sequence[ReadRow]
    rows: Sequence[StepRow]
    bases: Mapping[UUID, Step] = field(default_factory=dict)
    seen: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def is_changed(self) -> bool:
        """Whether the person did anything to what was read."""
        if [row.uuid for row in self.rows] != [row.uuid for row in self.read]:
            return True
        return any(row.content != self.bases.get(row.uuid) for row in self.rows)


def step_to_begin_with(words: Content | None) -> Step:
    """A row that says what was proposed for it; it leads to the row below."""
    match words:
        case Step():
            return replace(words, next=[])
        case Text():
            return Step(body=words.body, applies_to=words.applies_to)
    return Step()
