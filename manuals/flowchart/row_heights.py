"""How high every row of a panel is, and the gap above it: the rows need not know yet where they stand."""

from .measure import count_lines
from .routes import PanelRoutes, RouteKind
from .sizes import actor_height, circle_slot_height, label_lines, main_shape_size, side_box_size

STACK_GAP = 3  # between the side box and the circles of a row, which stand one below the other


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
        if routes.next_page_route is not None:
            self.foot_height = routes.medium.row_gap + routes.medium.circle
        self.height = sum(self.heights) + sum(self.gaps) + self.foot_height


def row_height(routes: PanelRoutes, number: int) -> float:
    """The highest of what stands in the row, everything centred on the axis of its main shape."""
    medium = routes.medium
    row = routes.rows[number]
    step = routes.flow.steps[row.main]
    _, shape_height = main_shape_size(step, medium)
    height = max(shape_height, right_stack_height(routes, number))
    if medium.actor_width:
        height = max(height, actor_height(step, medium))
    if row.side is not None and routes.side_letter(number):
        height = max(height, side_box_height(routes, number) + 2 * circle_reach(routes))
    # Labels stand above the axis; the row is as high on both sides of it
    lines = 0
    for route in routes.leave(number, RouteKind.SIDE_BOX, RouteKind.SKIP_LANE, RouteKind.BACK_LANE):
        if route.label:
            lines = max(lines, label_lines(route.label, medium))
    return max(height, 2 * lines * medium.label_line_height + 1)


def gap_above(routes: PanelRoutes, number: int) -> float:
    """Room between a row and the one above it: for the straight line with its label, and for what joins it there."""
    medium = routes.medium
    gap = 0.0
    if number > 0:
        lines = 1
        for route in routes.leave(number - 1, RouteKind.STRAIGHT):
            if route.label:
                lines = count_lines(route.label, medium.main.right - medium.trunk, medium.label_text_size)
        gap = medium.row_gap + (lines - 1) * medium.label_line_height
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
    _, height = side_box_size(routes.flow.steps[side], routes.side_actor(number), routes.medium)
    return height


def right_stack_height(routes: PanelRoutes, number: int) -> float:
    """The height of what stands at the right of a row: the side box and the circles."""
    medium = routes.medium
    heights = [circle_slot_height(route.label, medium) for route in routes.letters_out(number)]
    if routes.rows[number].side is not None:
        heights.append(side_box_height(routes, number) + room_above_side_box(routes, number))
    if number in routes.rows_with_circle and not routes.circle_is_above(number):
        heights.append(medium.circle)
    return sum(heights) + STACK_GAP * max(0, len(heights) - 1)


def room_above_side_box(routes: PanelRoutes, number: int) -> float:
    """Room for the circle over a side box, where the box does not stand alone on the axis."""
    if routes.side_letter(number) and routes.letters_out(number):
        return circle_reach(routes)
    return 0.0


def circle_reach(routes: PanelRoutes) -> float:
    """How far the circle over a side box reaches above it, its arrow included."""
    return routes.medium.circle + 2 * routes.medium.arrow_head
