"""The chart column of the summary table, whose lines follow the height of the rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from .chart import PRINT, FlowStep
from .routes import Flow


@dataclass(frozen=True, slots=True)
class ChartCell:
    """The chart column of one row of the summary table.

    `above`, `below`: the main line runs into the cell from the row above, out to the row below. `back` and `ahead`
    say what the line at the left (to an earlier row) and at the right (past some rows) do in this cell: a set of
    "source", "through", "target". `word_*` stand beside these lines. What is not drawn is said in the remarks of
    the table anyway.
    """

    step: FlowStep
    above: bool
    below: bool
    back: frozenset[str] = frozenset()
    ahead: frozenset[str] = frozenset()
    word_below: str = ""
    word_back: str = ""
    word_ahead: str = ""


def column(steps: Sequence[FlowStep]) -> list[ChartCell]:
    """One cell for each step, in order. Lines that would run into each other are left out."""
    flow = Flow(steps, PRINT)
    jumps = [(i, t) for i, branches in enumerate(flow.outs) for t in branches]
    back = _without_overlap([(i, t) for i, t in jumps if t < i])
    ahead = _without_overlap([(i, t) for i, t in jumps if t > i + 1])
    cells = []
    for index, step in enumerate(flow.steps):
        branches = flow.outs[index]
        words = {kind: [branches[t] for t in branches if (index, t) in lines] for kind, lines in
                 (("back", back), ("ahead", ahead))}  # fmt: skip
        cells.append(
            ChartCell(
                step,
                above=index > 0 and index in flow.outs[index - 1],
                below=index + 1 in branches,
                back=_line_parts(index, back),
                ahead=_line_parts(index, ahead),
                word_below=branches.get(index + 1, ""),
                word_back="".join(words["back"]),
                word_ahead="".join(words["ahead"]),
            )
        )
    return cells


def _without_overlap(jumps: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The jumps (from row, to row) that one line can show: those to one row share it, others must not touch."""
    drawn: set[tuple[int, int]] = set()
    for source, target in sorted(jumps, key=lambda jump: (abs(jump[0] - jump[1]), jump)):
        low, high = sorted((source, target))
        free = all(
            (target == other_target and source != other_source)
            or high < min(other_source, other_target)
            or max(other_source, other_target) < low
            for other_source, other_target in drawn
        )
        if free:
            drawn.add((source, target))
    return drawn


def _line_parts(index: int, jumps: set[tuple[int, int]]) -> frozenset[str]:
    parts = set()
    for source, target in jumps:
        if index == source:
            parts.add("source")
        elif index == target:
            parts.add("target")
        if min(source, target) < index < max(source, target):
            parts.add("through")
    return frozenset(parts)
