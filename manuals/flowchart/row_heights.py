"""How high every row of a panel is, and the gap above it: the rows need not know yet where they stand."""

from .measure import count_lines
from .routes import PanelRoutes, RouteKind
from .sizes import (
    actor_height,
    back_label_width,
    circle_slot_height,
    label_lines,
    main_shape_size,
    side_box_size,
)

# Between the side box and the circles of a row, which stand one below the other
STACK_GAP = 3


class PanelPlan:
    """The rows of one panel with their heights, and the gaps above them (the first one's is its distance from the top).

    `height` is that of the panel, with the circle at its foot that leads to the next page.
    """

    def __init__(self, routes: PanelRoutes) -> None:
        self.routes = routes
        self.heights: list[float] = []
        self.gaps: list[float] = []
        for number in range(len(routes.rows)):
            self.heights.append(row_height(routes, number))
            self.gaps.append(gap_above(routes, number))
        self.foot_height = 0.0
        medium = routes.medium
        if routes.next_page_route is not None:
            self.foot_height = room_below_row(routes, len(self.heights) - 1)
            self.foot_height += medium.circle
        rows_height = sum(self.heights) + sum(self.gaps)
        self.height = rows_height + self.foot_height


def row_height(routes: PanelRoutes, number: int) -> float:
    """The highest of what stands in the row, everything centred on the axis of its main shape."""
    medium = routes.medium
    row = routes.rows[number]
    step = routes.flow.steps[row.main]
    _, shape_height = main_shape_size(step, medium)
    heights = [
        shape_height,
        right_stack_height(routes, number),
    ]
    if medium.actor_width:
        heights.append(actor_height(step, medium))
    if row.side is not None and routes.side_letter(number):
        # The circle stands above the box; to be centred on the axis the row has as much room below it
        box_height = side_box_height(routes, number)
        heights.append(box_height + 2 * circle_reach(routes))
    if row.side is not None:
        more = more_for_side_label(routes, number)
        heights.append(side_box_height(routes, number) + 2 * more)
    # Labels stand above the axis; the row is as high on both sides of it
    lines = 0
    leaving_sideways = routes.leave(
        number,
        RouteKind.SIDE_BOX,
        RouteKind.SKIP_LANE,
        RouteKind.BACK_LANE,
    )
    for route in leaving_sideways:
        if route.label:
            own_lines = label_lines(route.label, medium)
            if route.kind is RouteKind.BACK_LANE:
                width = back_label_width(step.shape, medium)
                own_lines = count_lines(route.label, width, medium.label_text_size)
            lines = max(lines, own_lines)
    heights.append(2 * lines * medium.label_line_height + 1)
    return max(heights)


def more_for_side_label(routes: PanelRoutes, number: int) -> float:
    """What the label of the branch that leaves a side box takes above or below it, its first line left out: for that
    there is room between the rows."""
    medium = routes.medium
    more = 0.0
    for route in routes.leave(
        number, RouteKind.SIDE_BACK, RouteKind.SIDE_AHEAD, RouteKind.LETTER
    ):
        if route.from_side and route.label:
            lines = label_lines(route.label, medium)
            more = max(more, (lines - 1) * medium.label_line_height)
    return more


def room_below_row(routes: PanelRoutes, number: int) -> float:
    """Room for the line down the main line: there is some for a label of one line, every further one makes it
    higher."""
    medium = routes.medium
    lines = 1
    label_width = medium.main.right - medium.trunk
    for route in routes.leave(number, RouteKind.STRAIGHT, RouteKind.NEXT_PAGE):
        if route.label:
            lines = count_lines(route.label, label_width, medium.label_text_size)
    return medium.row_gap + (lines - 1) * medium.label_line_height


def gap_above(routes: PanelRoutes, number: int) -> float:
    """Room between a row and the one above it: for the straight line with its label, and for what joins it there."""
    medium = routes.medium
    gap = 0.0
    if number > 0:
        gap = room_below_row(routes, number - 1)
    elif routes.comes_from_page_before:
        gap = medium.circle + medium.row_gap
    joining = len(routes.join_above(number))
    if joining:
        # Nothing comes down into the first row of all: the lines need a piece of main line of their own
        if number == 0 and not routes.comes_from_page_before:
            joining += 1
        gap += medium.entry_gap * joining
    if routes.circle_is_above(number):
        gap += medium.circle + medium.entry_gap
    return gap


def side_box_height(routes: PanelRoutes, number: int) -> float:
    """The height of the box beside a row; 0 without one."""
    side = routes.rows[number].side
    if side is None:
        return 0.0
    step = routes.flow.steps[side]
    actor = routes.side_actor(number)
    _, height = side_box_size(step, actor, routes.medium)
    return height


def right_stack_height(routes: PanelRoutes, number: int) -> float:
    """The height of what stands at the right of a row: the side box and the circles."""
    medium = routes.medium
    heights: list[float] = []
    for route in routes.letters_out(number):
        heights.append(circle_slot_height(route.label, medium))
    if routes.rows[number].side is not None:
        box_height = side_box_height(routes, number)
        heights.append(box_height + room_above_side_box(routes, number))
    if number in routes.rows_with_circle and not routes.circle_is_above(number):
        heights.append(medium.circle)
    gaps = max(0, len(heights) - 1)
    return sum(heights) + STACK_GAP * gaps


def room_above_side_box(routes: PanelRoutes, number: int) -> float:
    """Room for the circle over a side box, where the box does not stand alone on the axis."""
    if routes.side_letter(number) and routes.letters_out(number):
        return circle_reach(routes)
    return 0.0


def circle_reach(routes: PanelRoutes) -> float:
    """How far the circle over a side box reaches above it, its arrow included."""
    medium = routes.medium
    return medium.circle + 2 * medium.arrow_head
