"""Which way every branch of a flow takes, before anything has coordinates."""

from collections.abc import Sequence
from dataclasses import dataclass

from .chart import FlowStep, Medium
from .measure import circle_slot, count_lines, main_size, side_size, who_height, word_lines


@dataclass(frozen=True, slots=True)
class Row:
    """A shape of the main line and the box beside it, as numbers of steps."""

    main: int
    side: int | None


class Flow:
    """The steps with their branches as row numbers: every branch leads to a row that exists."""

    def __init__(self, steps: Sequence[FlowStep], medium: Medium) -> None:
        self.medium = medium
        self.problems: list[str] = []
        self.steps = self._distinct(steps)
        place = {step.uuid: index for index, step in enumerate(self.steps)}
        self.outs = [self._branches(index, step, place) for index, step in enumerate(self.steps)]
        self.sources: list[list[int]] = [[] for _ in self.steps]
        for index, branches in enumerate(self.outs):
            for target in branches:
                self.sources[target].append(index)

    def _distinct(self, steps: Sequence[FlowStep]) -> list[FlowStep]:
        kept: dict[str, FlowStep] = {}
        for step in steps:
            if step.uuid in kept:
                self.problems.append(f"step {step.label or step.uuid} stands twice")
            else:
                kept[step.uuid] = step
        return list(kept.values())

    def _branches(self, index: int, step: FlowStep, place: dict[str, int]) -> dict[int, str]:
        """{row: word on the arrow}; two arrows to one row become one with both words."""
        if not step.next:
            last = index == len(self.steps) - 1
            return {} if step.shape == "end" or last else {index + 1: ""}
        branches: dict[int, str] = {}
        for to, word in step.next:
            if to not in place:
                self.problems.append(f"step {step.label or step.uuid} leads to an unknown step {to!r}")
                continue
            target = place[to]
            words = [each for each in (branches.get(target, ""), word) if each]
            branches[target] = " / ".join(dict.fromkeys(words))
        return branches

    def rows(self) -> list[Row]:
        """The main line in row order, each row with the box beside it, if any."""
        beside = self._beside() if self.medium.side else {}
        sides = set(beside.values())
        return [Row(i, beside.get(i)) for i in range(len(self.steps)) if i not in sides]

    def _beside(self) -> dict[int, int]:
        """{decision: the box beside it}: reached from there only, and not the way the work goes on."""
        beside: dict[int, int] = {}
        taken: set[int] = set()
        for decision, branches in enumerate(self.outs):
            if self.steps[decision].shape != "decision" or len(branches) < 2 or decision in taken:
                continue
            fit = [target for target in branches if self._is_detour(target, decision)]
            if len(fit) == len(branches):
                fit.remove(min(fit, key=lambda target: (self._goes_back(target), target)))
            if fit:
                beside[decision] = max(fit, key=lambda target: (self._goes_back(target), -target))
                taken.add(beside[decision])
        return beside

    def _is_detour(self, target: int, decision: int) -> bool:
        outs = self.outs[target]
        if target <= decision or self.sources[target] != [decision] or len(outs) > 1 or target in outs:
            return False
        if self.steps[target].shape in ("decision", "start"):
            return False
        return not outs or target + 1 not in outs or target + 1 in self.outs[decision]

    def _goes_back(self, target: int) -> bool:
        return any(to <= target for to in self.outs[target])


@dataclass(slots=True)
class Route:
    """One branch: from a row's main shape or side box to a row's main shape. `way` says how it is drawn:
    trunk | page | beside | lane | skip | side_back | side_join | letter."""

    source: int
    target: int
    word: str
    row: int
    from_side: bool = False
    to_row: int | None = None  # row in the same panel
    way: str = "letter"
    lane: int = 0

    @property
    def span(self) -> tuple[int, int]:
        rows = sorted((self.row, self.row if self.to_row is None else self.to_row))
        return rows[0], rows[1]


class Draft:
    """The rows of one panel: how every branch is drawn and how high every row is, before there are coordinates."""

    def __init__(self, flow: Flow, rows: list[Row], start: int, end: int) -> None:
        self.flow, self.medium = flow, flow.medium
        self.rows = rows[start:end]
        self.row_of = {row.main: number for number, row in enumerate(self.rows)}
        self.routes: list[Route] = []
        self.following = rows[end].main if end < len(rows) else None
        self.page_in = start > 0 and rows[start].main in flow.outs[rows[start - 1].main]
        self._collect()
        self._choose_ways()
        self.entries = self._entry_targets(rows, start)
        self.heights = [self._row_height(number) for number in range(len(self.rows))]
        self.gaps = [self._gap_above(number) for number in range(len(self.rows))]
        self.page_out = next((route for route in self.routes if route.way == "page"), None)
        tail = self.medium.gap + self.medium.circle if self.page_out else 0
        self.height = sum(self.heights) + sum(self.gaps) + tail

    def _collect(self) -> None:
        for number, row in enumerate(self.rows):
            for target, word in self.flow.outs[row.main].items():
                self.routes.append(Route(row.main, target, word, number, False, self.row_of.get(target)))
            if row.side is not None:
                for target, word in self.flow.outs[row.side].items():
                    route = Route(row.side, target, word, number, True, self.row_of.get(target))
                    self.routes.append(route)

    def _choose_ways(self) -> None:
        waiting = []
        for route in self.routes:
            if not route.from_side and route.target == self.rows[route.row].side:
                route.way = "beside"
            elif not route.from_side and route.to_row == route.row + 1:
                route.way = "trunk"
            elif not route.from_side and route.target == self.following and route.row == len(self.rows) - 1:
                route.way = "page"
            elif route.to_row is not None:
                waiting.append(route)
        waiting.sort(key=lambda route: (not route.from_side, route.span[1] - route.span[0], route.row))
        for route in waiting:
            self._try_line(route)
        for route in self.routes:
            if route.way == "skip" and self.letters_out(route.row):
                route.way = "letter"

    def _try_line(self, route: Route) -> None:
        """Give the route a line if the way is free, else it keeps its letter."""
        low, high = route.span
        if route.from_side or route.to_row > route.row:
            passed = [number for number in range(low, high + 1) if number != route.row]
            if route.to_row > route.row:
                passed = [number for number in passed if number != route.to_row]
            blocked = any(self.rows[number].side is not None for number in passed)
            if not route.from_side and self._right_exits(route.row, route):
                blocked = True
            if not blocked and self._is_free(route, ("skip", "side_back", "side_join"), 0):
                back = route.to_row <= route.row
                route.way = ("side_back" if back else "side_join") if route.from_side else "skip"
            return
        if any(other.way == "lane" and other.row == route.row for other in self.routes):
            return
        for lane in range(len(self.medium.lanes)):
            if self._is_free(route, ("lane",), lane):
                route.way, route.lane = "lane", lane
                return

    def _right_exits(self, number: int, route: Route) -> bool:
        others = [other for other in self.routes if other.row == number and other is not route]
        return self.rows[number].side is not None or any(
            other.way == "skip" or (other.way == "letter" and other.to_row is None) for other in others
        )

    def _is_free(self, route: Route, ways: tuple[str, ...], lane: int) -> bool:
        """No other line in this channel between the same rows, unless it leads to the same shape."""
        low, high = route.span
        for other in self.routes:
            if other is route or other.way not in ways:
                continue
            first, last = other.span
            if last < low or high < first or (other.target == route.target and other.lane == lane):
                continue
            nested = low < first and last < high and other.lane < lane
            if not nested:
                return False
        return True

    def _entry_targets(self, rows: list[Row], start: int) -> set[int]:
        """Rows of this panel that a lettered circle leads into."""
        inside = {row.main for row in self.rows} | {row.side for row in self.rows if row.side is not None}
        targets = {route.to_row for route in self.routes if route.way == "letter" and route.to_row is not None}
        before = rows[start - 1].main if start else None
        for source, branches in enumerate(self.flow.outs):
            if source in inside:
                continue
            for target in branches:
                number = self.row_of.get(target)
                if number is not None and not (number == 0 and source == before):
                    targets.add(number)
        return targets

    def side_actor(self, number: int) -> str:
        """Who does the work beside a decision, when it is somebody else."""
        row = self.rows[number]
        if row.side is None or self.flow.steps[row.side].actor == self.flow.steps[row.main].actor:
            return ""
        return self.flow.steps[row.side].actor

    def side_height(self, number: int) -> float:
        row = self.rows[number]
        return side_size(self.flow.steps[row.side], self.side_actor(number), self.medium)[1]

    def letters_out(self, number: int) -> list[Route]:
        return [r for r in self.routes if r.row == number and r.way == "letter" and not r.from_side]

    def side_letter(self, number: int) -> Route | None:
        found = (r for r in self.routes if r.row == number and r.way == "letter" and r.from_side)
        return next(found, None)

    def uses_right(self, number: int) -> bool:
        """Something leaves the shape on its right side."""
        leaving = any(r.row == number and r.way in ("beside", "skip") for r in self.routes)
        return leaving or bool(self.letters_out(number))

    def uses_left(self, number: int) -> bool:
        return any(r.row == number and r.way == "lane" for r in self.routes)

    def comes_in_above(self, number: int) -> list[Route]:
        """The lines that join the main line above the shape, because its sides are taken."""
        lines = []
        for route in self.routes:
            if route.to_row != number:
                continue
            right = route.way in ("skip", "side_back", "side_join") and self.uses_right(number)
            if right or (route.way == "lane" and self.uses_left(number)):
                lines.append(route)
        return lines

    def circle_above(self, number: int) -> bool:
        """The lettered circle into this row stands above it, not at its right."""
        if number not in self.entries:
            return False
        right = any(r.to_row == number and r.way in ("skip", "side_back", "side_join") for r in self.routes)
        return right or self.uses_right(number) or self.rows[number].side is not None

    def _row_height(self, number: int) -> float:
        row, medium = self.rows[number], self.medium
        step = self.flow.steps[row.main]
        height = max(main_size(step, medium)[1], stack_height(self, number))
        if medium.who_width:
            height = max(height, who_height(step, medium))
        if row.side is not None and self.side_letter(number):
            reach = medium.circle + 2 * medium.head
            height = max(height, self.side_height(number) + 2 * reach)
        words = [r.word for r in self.routes if r.row == number and r.way in ("beside", "skip", "lane")]
        deepest = max((word_lines(word, medium) for word in words if word), default=0)
        return max(height, 2 * deepest * medium.word_line + 1)

    def _gap_above(self, number: int) -> float:
        medium = self.medium
        gap = 0.0
        if number:
            straight = [r.word for r in self.routes if r.row == number - 1 and r.way == "trunk"]
            room = medium.main[1] - medium.trunk
            lines = count_lines(straight[0], room, medium.word_em) if straight and straight[0] else 1
            gap = medium.gap + (lines - 1) * medium.word_line
        elif self.page_in:
            gap = medium.circle + medium.gap
        above = self.comes_in_above(number)
        if above:
            gap += medium.entry * (len(above) + (number == 0 and not self.page_in))
        if self.circle_above(number):
            gap += medium.circle + medium.entry
        return gap


def stack_height(draft: Draft, number: int) -> float:
    """The height of what stands at the right of a row: the side box and circles, 3 apart."""
    medium, row = draft.medium, draft.rows[number]
    heights = [circle_slot(medium, route.word) for route in draft.letters_out(number)]
    if row.side is not None:
        heights.append(draft.side_height(number) + reach_above(draft, number))
    if number in draft.entries and not draft.circle_above(number):
        heights.append(medium.circle)
    return sum(heights) + 3 * max(0, len(heights) - 1)


def reach_above(draft: Draft, number: int) -> float:
    """Room over a side box for its circle, where the box does not stand alone on the axis."""
    crowded = draft.side_letter(number) and draft.letters_out(number)
    return draft.medium.circle + 2 * draft.medium.head if crowded else 0.0
