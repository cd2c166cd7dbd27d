"""The chart column of the summary table, whose lines follow the height of the rows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from .flow import Flow
from .media import PRINT
from .steps import FlowStep

LinePart = Literal["source", "through", "target"]


@dataclass(frozen=True, slots=True)
class ChartCell:
    """The chart column of one row of the summary table.

    `above`, `below`: the main line runs into the cell from the row above, out to the row below. `back` and `ahead`
    say what the line at the left (to an earlier row) and at the right (past some rows) do in this cell. `word_*` are
    the labels of branches beside these lines. A branch whose line would run into another's is said in words where it
    leaves and where it comes: `leaving` has (label, number of the row) of such branches, `coming` numbers of rows.
    """

    step: FlowStep
    above: bool
    below: bool
    back: frozenset[LinePart] = frozenset()
    ahead: frozenset[LinePart] = frozenset()
    word_below: str = ""
    word_back: str = ""
    word_ahead: str = ""
    leaving: tuple[tuple[str, str], ...] = ()
    coming: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Jump:
    """A branch that does not lead into the next row."""

    source: int
    target: int

    @property
    def first(self) -> int:
        return min(self.source, self.target)

    @property
    def last(self) -> int:
        return max(self.source, self.target)

    @property
    def length(self) -> int:
        return self.last - self.first

    def can_share_a_line(self, other: "Jump") -> bool:
        """They lead to one row and share its line, or do not touch."""
        if self.target == other.target and self.source != other.source:
            return True
        ends_above = self.last < other.first
        ends_below = other.last < self.first
        return ends_above or ends_below


def chart_column(steps: Sequence[FlowStep]) -> list[ChartCell]:
    """One cell for each step, in order. Of lines that would run into each other, the longer is said in words."""
    flow = Flow(steps, PRINT)
    jumps_back = []
    jumps_ahead = []
    for index, branches in enumerate(flow.branches):
        for target in branches:
            if target < index:
                jumps_back.append(Jump(index, target))
            elif target > index + 1:
                jumps_ahead.append(Jump(index, target))
    back = drawable_jumps(jumps_back)
    ahead = drawable_jumps(jumps_ahead)
    undrawn = {*jumps_back, *jumps_ahead} - back - ahead
    cells = []
    for index, step in enumerate(flow.steps):
        branches = flow.branches[index]
        cell = ChartCell(
            step,
            above=index > 0 and index in flow.branches[index - 1],
            below=index + 1 in branches,
            back=_line_parts(index, back),
            ahead=_line_parts(index, ahead),
            word_below=branches.get(index + 1, ""),
            word_back=_labels_of_lines(index, branches, back),
            word_ahead=_labels_of_lines(index, branches, ahead),
            leaving=tuple(
                (label, flow.steps[target].label)
                for target, label in branches.items()
                if Jump(index, target) in undrawn
            ),
            coming=tuple(
                flow.steps[source].label
                for source in flow.sources[index]
                if Jump(source, index) in undrawn
            ),
        )
        cells.append(cell)
    return cells


def drawable_jumps(jumps: Iterable[Jump]) -> set[Jump]:
    """The jumps that one vertical line can show, the shortest first."""
    drawn: set[Jump] = set()
    for jump in sorted(jumps, key=lambda jump: (jump.length, jump)):
        if all(jump.can_share_a_line(other) for other in drawn):
            drawn.add(jump)
    return drawn


def _line_parts(index: int, jumps: set[Jump]) -> frozenset[LinePart]:
    parts: set[LinePart] = set()
    for jump in jumps:
        if index == jump.source:
            parts.add("source")
        elif index == jump.target:
            parts.add("target")
        if jump.first < index < jump.last:
            parts.add("through")
    return frozenset(parts)


def _labels_of_lines(index: int, branches: dict[int, str], jumps: set[Jump]) -> str:
    labels = ""
    for target, label in branches.items():
        if Jump(index, target) in jumps:
            labels += label
    return labels
