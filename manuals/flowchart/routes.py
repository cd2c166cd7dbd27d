"""Which line every branch takes on a panel, before anything has coordinates; what finds no free line gets a letter."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from .flow import Flow, FlowRow


class RouteKind(Enum):
    """How a branch is drawn."""

    STRAIGHT = "straight"  # down the main line into the next row
    NEXT_PAGE = "next page"  # down into the lettered circle at the foot of the page
    SIDE_BOX = "side box"  # to the right, into the box beside the decision
    BACK_LANE = "back lane"  # to the left, up a lane, into the left side of an earlier row (or of its own)
    SKIP_LANE = "skip lane"  # to the right, down the skip lane, past some rows
    # From the side box up, and into the right side of an earlier row
    SIDE_BACK = "side back"
    # From the side box down, and into the right side of a later row
    SIDE_AHEAD = "side ahead"
    LETTER = "letter"  # into a lettered circle; another one with the same letter leads into the target


# They arrive from the right, so they share one channel there
FROM_RIGHT = (RouteKind.SKIP_LANE, RouteKind.SIDE_BACK, RouteKind.SIDE_AHEAD)


@dataclass(slots=True)
class Route:
    """One branch: from a row's main shape or side box to a row's main shape or side box.

    `source` and `target` are indexes of Flow.steps; `row` and `to_row` count the rows of the panel.
    """

    source: int
    target: int
    label: str
    row: int
    from_side: bool = False
    to_row: int | None = None  # None: the target is not on the main line of this panel
    kind: RouteKind = RouteKind.LETTER
    lane: int = 0  # of Medium.lanes, for a back lane

    @property
    def end_row(self) -> int:
        """The row it leads to; its own row when the target is not on the main line of this panel."""
        if self.to_row is None:
            return self.row
        return self.to_row

    @property
    def first_row(self) -> int:
        return min(self.row, self.end_row)

    @property
    def last_row(self) -> int:
        return max(self.row, self.end_row)

    @property
    def rows_apart(self) -> int:
        return self.last_row - self.first_row

    @property
    def leads_down(self) -> bool:
        return self.end_row > self.row


class PanelRoutes:
    """The branches of the rows `start` up to `end` (without it), each with the line it takes."""

    def __init__(
        self,
        flow: Flow,
        rows: Sequence[FlowRow],
        start: int,
        end: int,
    ) -> None:
        self.flow = flow
        self.medium = flow.medium
        self.rows = rows[start:end]
        self.row_of: dict[int, int] = {}  # step on the main line → its row
        for number, row in enumerate(self.rows):
            self.row_of[row.main] = number
        self.next_page_step: int | None = None
        if end < len(rows):
            self.next_page_step = rows[end].main
        self.step_before: int | None = None
        if start > 0:
            self.step_before = rows[start - 1].main
        self.routes: list[Route] = []
        for number, row in enumerate(self.rows):
            self._add_routes(number, row.main)
            if row.side is not None:
                self._add_routes(number, row.side)
        self._choose_kinds()
        self.rows_with_circle = self._find_rows_with_circle()

    @property
    def comes_from_page_before(self) -> bool:
        """The last row of the page before leads into the first row of this one."""
        if self.step_before is None:
            return False
        first_step = self.rows[0].main
        return first_step in self.flow.branches[self.step_before]

    @property
    def next_page_route(self) -> Route | None:
        for route in self.routes:
            if route.kind is RouteKind.NEXT_PAGE:
                return route
        return None

    def _add_routes(self, number: int, source: int) -> None:
        """The branches of a step in this row, with no line of their own yet."""
        row = self.rows[number]
        for target, label in self.flow.branches[source].items():
            route = Route(
                source=source,
                target=target,
                label=label,
                row=number,
                from_side=source == row.side,
                to_row=self.row_of.get(target),
            )
            self.routes.append(route)

    # ---------- choosing the lines ----------
    def _choose_kinds(self) -> None:
        """First what has its own line anyway, then the free lines: side boxes choose first, short ways before long."""
        waiting = []
        last_row = len(self.rows) - 1
        for route in self.routes:
            from_shape = not route.from_side
            row = self.rows[route.row]
            goes_overleaf = (
                route.row == last_row and route.target == self.next_page_step
            )
            if from_shape and route.target == row.side:
                route.kind = RouteKind.SIDE_BOX
            elif from_shape and route.to_row == route.row + 1:
                route.kind = RouteKind.STRAIGHT
            elif from_shape and goes_overleaf:
                route.kind = RouteKind.NEXT_PAGE
            elif route.to_row is not None:
                waiting.append(route)
        # Each sort keeps the order of the one before among equals: the last one counts most
        waiting.sort(key=lambda route: route.row)
        waiting.sort(key=lambda route: route.rows_apart)
        waiting.sort(key=lambda route: not route.from_side)
        for route in waiting:
            if route.from_side or route.leads_down:
                self._try_right_side(route)
            else:
                self._try_back_lanes(route)
        # A shape has one tip at its right: where circles stand there, the skip lane is left to them
        for route in self.routes:
            if route.kind is RouteKind.SKIP_LANE and self.letters_out(route.row):
                route.kind = RouteKind.LETTER

    def _try_right_side(self, route: Route) -> None:
        """Give the route a line at the right when nothing stands in its way there."""
        for number in range(route.first_row, route.last_row + 1):
            # A line down comes in under nothing; a line up must pass the box beside its target
            is_start = number == route.row
            is_end_below = number == route.to_row and route.leads_down
            if is_start or is_end_below:
                continue
            if self.rows[number].side is not None:
                return
        if not route.from_side and self._right_tip_is_taken(route):
            return
        if not self._channel_is_free(route, FROM_RIGHT, lane=0):
            return
        if not route.from_side:
            route.kind = RouteKind.SKIP_LANE
        elif route.leads_down:
            route.kind = RouteKind.SIDE_AHEAD
        else:
            route.kind = RouteKind.SIDE_BACK

    def _right_tip_is_taken(self, route: Route) -> bool:
        """Something else leaves the shape on its right side: its side box, another skip lane, a circle."""
        row = self.rows[route.row]
        if row.side is not None:
            return True
        for other in self.routes:
            if other is route or other.row != route.row:
                continue
            if other.kind is RouteKind.SKIP_LANE:
                return True
            if other.kind is RouteKind.LETTER and other.to_row is None:
                return True
        return False

    def _try_back_lanes(self, route: Route) -> None:
        """Give the route the first free lane at the left; a shape has one tip there, so one line leaves it."""
        for other in self.routes:
            if other.kind is RouteKind.BACK_LANE and other.row == route.row:
                return
        for lane in range(len(self.medium.lanes)):
            if self._channel_is_free(route, (RouteKind.BACK_LANE,), lane):
                route.kind = RouteKind.BACK_LANE
                route.lane = lane
                return

    def _channel_is_free(
        self, route: Route, kinds: tuple[RouteKind, ...], lane: int
    ) -> bool:
        """No line of these kinds runs beside the route, unless it leads to the same shape or lies inside of it."""
        for other in self.routes:
            if other is route or other.kind not in kinds:
                continue
            is_above = other.last_row < route.first_row
            is_below = route.last_row < other.first_row
            if is_above or is_below:
                continue
            if other.target == route.target and other.lane == lane:
                continue  # the two join
            # An inner lane whose rows are all passed by this one: the two lines never meet
            starts_inside = route.first_row < other.first_row
            ends_inside = other.last_row < route.last_row
            is_inner_lane = other.lane < lane
            if not (is_inner_lane and starts_inside and ends_inside):
                return False
        return True

    def _find_rows_with_circle(self) -> set[int]:
        """Rows of this panel that a lettered circle leads into: from this panel, or from another one."""
        found = set()
        for route in self.routes:
            if route.kind is RouteKind.LETTER and route.to_row is not None:
                found.add(route.to_row)
        on_panel: set[int | None] = set()
        for row in self.rows:
            on_panel |= {row.main, row.side}
        for source, branches in enumerate(self.flow.branches):
            if source in on_panel:
                continue
            for target in branches:
                number = self.row_of.get(target)
                if number is None:
                    continue
                # From the last row of the page before, the circle at the head of the page leads into the first one
                if number == 0 and source == self.step_before:
                    continue
                found.add(number)
        return found

    # ---------- what the heights and the drawing ask ----------
    def letters_out(self, number: int) -> list[Route]:
        """The branches of a row's main shape that end in circles beside it."""
        letters = []
        for route in self.leave(number, RouteKind.LETTER):
            if not route.from_side:
                letters.append(route)
        return letters

    def side_letter(self, number: int) -> Route | None:
        """The branch of a row's side box that ends in a circle."""
        for route in self.leave(number, RouteKind.LETTER):
            if route.from_side:
                return route
        return None

    def leave(self, number: int, *kinds: RouteKind) -> list[Route]:
        """The branches of one of these kinds that leave a row."""
        leaving = []
        for route in self.routes:
            if route.row == number and route.kind in kinds:
                leaving.append(route)
        return leaving

    def arrive(self, number: int, *kinds: RouteKind) -> list[Route]:
        """The branches of one of these kinds that lead into a row."""
        arriving = []
        for route in self.routes:
            if route.to_row == number and route.kind in kinds:
                arriving.append(route)
        return arriving

    def uses_right_tip(self, number: int) -> bool:
        """Something leaves the shape on its right side."""
        if self.leave(number, RouteKind.SIDE_BOX, RouteKind.SKIP_LANE):
            return True
        return bool(self.letters_out(number))

    def join_above(self, number: int) -> list[Route]:
        """The lines that join the main line above the shape, because its sides are taken."""
        kinds: list[RouteKind] = []
        if self.uses_right_tip(number):
            kinds += FROM_RIGHT
        if self.leave(number, RouteKind.BACK_LANE):
            kinds.append(RouteKind.BACK_LANE)
        return self.arrive(number, *kinds)

    def circle_is_above(self, number: int) -> bool:
        """The lettered circle into this row stands above it, not at its right."""
        if number not in self.rows_with_circle:
            return False
        row = self.rows[number]
        if row.side is not None or self.uses_right_tip(number):
            return True
        arriving = self.arrive(number, *FROM_RIGHT)
        return bool(arriving)

    def side_actor(self, number: int) -> str:
        """Who does the work beside a decision, when it is somebody else."""
        row = self.rows[number]
        if row.side is None:
            return ""
        step = self.flow.steps[row.main]
        side_step = self.flow.steps[row.side]
        if side_step.actor == step.actor:
            return ""
        return side_step.actor
