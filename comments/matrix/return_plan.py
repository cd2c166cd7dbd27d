"""What taking in a returned matrix would do, as it is shown before it is done."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from ..deciding.services.ruling import Ruling
from ..models import Comment
from .cells import Cells
from .columns import BY_KEY, HASHED
from .fixed_cells import LeftCell, is_same
from .queries.rows import MatrixFacts
from .returned_file import ReturnedRow


class BothValues(NamedTuple):
    """One cell of a row, in the file and in the portal."""

    heading: str
    in_file: str
    in_portal: str


@dataclass(frozen=True, slots=True)
class RowChange:
    """What a row would do, where it was changed in the file alone; `values` are the cells that are taken in, `left`
    those that what was chosen has no use for."""

    facts: MatrixFacts
    cells: Cells
    values: list[BothValues]
    line: int
    left: list[LeftCell]
    reclasses: bool = False
    issue_class: str | None = None
    advice: str = ""
    notes: bool = False
    ruling: Ruling | None = None

    @property
    def comment(self) -> Comment:
        return self.facts.comment


class ClashingRow(NamedTuple):
    """A row that was changed on both sides."""

    line: int
    comment: Comment
    values: list[BothValues]


class RefusedRow(NamedTuple):
    """A row that is not taken in; `number` is that of its comment, as the file says it."""

    line: int
    number: str
    reason: str


@dataclass(slots=True)
class ReturnPlan:
    """What taking a file in would do. Each row of it is in one of the first four; `left` are cells that are not taken
    in, of whatever rows."""

    changes: list[RowChange] = field(default_factory=list)
    clashes: list[ClashingRow] = field(default_factory=list)
    refused: list[RefusedRow] = field(default_factory=list)
    unchanged: int = 0
    left: list[LeftCell] = field(default_factory=list)

    @property
    def fingerprint(self) -> str:
        """Another one where another row would be done, or another value stands now."""
        told = []
        for change in self.changes:
            told.append(f"{change.comment.pk} {sorted(change.values)}")
        told += [f"{clash.comment.pk} {clash.values}" for clash in self.clashes]
        told += [f"{row.line} {row.reason}" for row in self.refused]
        return hashlib.sha256("\n".join(told).encode()).hexdigest()[:16]


def both_values(
    row: ReturnedRow, today: Cells, keys: Iterable[str] = HASHED
) -> list[BothValues]:
    """Those of these cells in which the file and the portal differ."""
    values = []
    for key in keys:
        if not is_same(row.cells[key], today[key]):
            values.append(BothValues(BY_KEY[key].heading, row.cells[key], today[key]))
    return values


def same_cells(row: ReturnedRow, today: Cells, keys: Iterable[str]) -> bool:
    """Whether the file and the portal say the same in all of them."""
    return all(is_same(row.cells[key], today[key]) for key in keys)
