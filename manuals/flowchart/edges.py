"""The arrows of a panel: one for every branch, and one out of every lettered circle."""

from .boxes import add_circle, add_page_note, add_side_box
from .branch_labels import (
    place_label_at_side_box,
    place_label_below,
    place_label_left,
    place_label_right,
)
from .chart import Point
from .drawing import PanelDrawing
from .routes import Route, RouteKind
from .row_heights import STACK_GAP, right_stack_height, room_above_side_box
from .sizes import circle_slot_height


def draw_right_of_shape(drawing: PanelDrawing, number: int) -> None:
    """The side box and the circles at the right of a shape, one below the other, with the arrows into them."""
    routes = drawing.routes
    medium = drawing.medium
    # The stack as a whole is centred on the axis; `top` is that of what is drawn next
    stack_height = right_stack_height(routes, number)
    top = drawing.axis(number) - stack_height / 2
    side = drawing.row(number).side
    if side is not None:
        top += room_above_side_box(routes, number)
        box = add_side_box(drawing, number, side, top)
        middle = top + box.height / 2
        for route in routes.leave(number, RouteKind.SIDE_BOX):
            draw_arrow_right(drawing, route, end=box.x, y=middle)
        top += box.height + STACK_GAP
    circle_x = medium.circle_left + medium.radius
    for route in routes.letters_out(number):
        slot_height = circle_slot_height(route.label, medium)
        middle = top + slot_height / 2
        letter = drawing.letters.targets[route.target]
        add_circle(drawing, circle_x, middle, letter)
        draw_arrow_right(
            drawing,
            route,
            end=medium.circle_left,
            y=middle,
            letter=letter,
        )
        top += slot_height + STACK_GAP


def draw_arrow_right(
    drawing: PanelDrawing,
    route: Route,
    *,
    end: float,
    y: float,
    letter: str = "",
) -> None:
    """From the right tip of the shape to the x `end` at the height y, with a bend where that is not the axis."""
    medium = drawing.medium
    axis = drawing.axis(route.row)
    shape = drawing.shape(route.row)
    points = [(shape.right, axis)]
    if abs(y - axis) > 0.01:
        # The bend stands just outside the column: after it stands the label, over the arrow
        bend = medium.main.right + medium.arrow_head * 0.25
        points.append((bend, axis))
        points.append((bend, y))
    points.append((end, y))
    drawing.add_edge(points, route, letter)
    label_y = y
    if letter and medium.side is None:
        # The label stands over the circle, not before it
        label_y -= medium.radius
    place_label_right(drawing, route, label_y)


def draw_branch(drawing: PanelDrawing, route: Route) -> None:
    """The arrow of a branch with its label; those of draw_right_of_shape are drawn already."""
    match route.kind:
        case RouteKind.STRAIGHT:
            draw_straight_line(drawing, route)
        case RouteKind.NEXT_PAGE:
            draw_line_to_next_page(drawing, route)
        case RouteKind.BACK_LANE:
            draw_back_lane(drawing, route)
        case RouteKind.SKIP_LANE:
            draw_skip_lane(drawing, route)
        case RouteKind.SIDE_BACK | RouteKind.SIDE_AHEAD:
            draw_line_from_side_box(drawing, route)
        case RouteKind.LETTER if route.from_side:
            draw_circle_over_side_box(drawing, route)


def lower_edge(drawing: PanelDrawing, number: int) -> float:
    """y where the line down begins: below a document behind its wave, over which the shape is drawn."""
    shape = drawing.shape(number)
    if drawing.main_step(number).shape == "document":
        return shape.bottom - drawing.medium.padding / 2
    return shape.bottom


def draw_straight_line(drawing: PanelDrawing, route: Route) -> None:
    trunk = drawing.medium.trunk
    shape_below = drawing.shape(route.end_row)
    points = [
        (trunk, lower_edge(drawing, route.row)),
        (trunk, shape_below.top),
    ]
    drawing.add_edge(points, route)
    place_label_below(drawing, route)


def draw_back_lane(drawing: PanelDrawing, route: Route) -> None:
    """From the left tip along a lane up, and into the left side of the target or the main line above it."""
    lane_x = drawing.medium.lanes[route.lane]
    axis = drawing.axis(route.row)
    shape = drawing.shape(route.row)
    target = drawing.shape(route.end_row)
    points = [
        (shape.left, axis),
        (lane_x, axis),
        *arrival_points(drawing, route, lane_x, target.left),
    ]
    drawing.add_edge(points, route)
    place_label_left(drawing, route, lane_x)


def draw_skip_lane(drawing: PanelDrawing, route: Route) -> None:
    """From the right tip along the skip lane down, and into the right side of the target or the main line above it."""
    lane_x = drawing.medium.skip_lane
    axis = drawing.axis(route.row)
    shape = drawing.shape(route.row)
    target = drawing.shape(route.end_row)
    points = [
        (shape.right, axis),
        (lane_x, axis),
        *arrival_points(drawing, route, lane_x, target.right),
    ]
    drawing.add_edge(points, route)
    place_label_right(drawing, route, axis)


def draw_line_from_side_box(drawing: PanelDrawing, route: Route) -> None:
    """From the side box up (back) or down (ahead), and into the right side of the target or the line above it."""
    box = drawing.box_of(route.source)
    x = box.middle_x
    start_y = box.y
    if route.kind is RouteKind.SIDE_AHEAD:
        start_y = box.bottom
    target = drawing.shape(route.end_row)
    points = [
        (x, start_y),
        *arrival_points(drawing, route, x, target.right),
    ]
    drawing.add_edge(points, route)
    place_label_at_side_box(drawing, route, box)


def draw_circle_over_side_box(drawing: PanelDrawing, route: Route) -> None:
    medium = drawing.medium
    box = drawing.box_of(route.source)
    letter = drawing.letters.targets[route.target]
    x = box.middle_x
    # row_heights.circle_reach has kept this room: an arrow of two heads' length, the circle above it
    circle_bottom = box.y - 2 * medium.arrow_head
    circle_y = circle_bottom - medium.radius
    add_circle(drawing, x, circle_y, letter)
    points = [
        (x, box.y),
        (x, circle_bottom),
    ]
    drawing.add_edge(points, route, letter)
    place_label_at_side_box(drawing, route, box)


def arrival_points(
    drawing: PanelDrawing,
    route: Route,
    x: float,
    target_side: float,
) -> list[Point]:
    """The last points of a line that comes along at x: into the target at `target_side`, or into the line above it."""
    number = route.end_row
    joining = drawing.routes.join_above(number)
    if route not in joining:
        axis = drawing.axis(number)
        return [
            (x, axis),
            (target_side, axis),
        ]
    # Lines that join one above the other must not run together
    order = joining.index(route)
    y = drawing.joint_above(number, order)
    return [
        (x, y),
        *points_on_main_line(drawing, number, y),
    ]


def points_on_main_line(drawing: PanelDrawing, number: int, y: float) -> list[Point]:
    """The joint at y above a row, and from there down into its shape where no other line leads down already."""
    trunk = drawing.medium.trunk
    routes = drawing.routes
    is_reached = bool(routes.arrive(number, RouteKind.STRAIGHT))
    if number == 0 and routes.comes_from_page_before:
        is_reached = True
    points = [(trunk, y)]
    if not is_reached:
        shape = drawing.shape(number)
        points.append((trunk, shape.top))
    return points


def draw_circle_into_row(drawing: PanelDrawing, number: int) -> None:
    """The lettered circle that leads into a row: at its right, or above it where the right side is taken."""
    medium = drawing.medium
    target = drawing.row(number).main
    letter = drawing.letters.targets[target]
    radius = medium.radius
    if drawing.routes.circle_is_above(number):
        # Over the lines that join the main line here
        lines_below = len(drawing.routes.join_above(number))
        circle_bottom = drawing.joint_above(number, lines_below)
        x = medium.trunk + 4 * medium.circle
        y = circle_bottom - radius
        end = points_on_main_line(drawing, number, y)
    else:
        shape = drawing.shape(number)
        x = medium.circle_left + radius
        y = drawing.axis(number)
        end = [(shape.right, y)]
    add_circle(drawing, x, y, letter)
    points = [
        (x - radius, y),
        *end,
    ]
    drawing.add_edge_from_circle(points, target, letter)


def draw_line_to_next_page(drawing: PanelDrawing, route: Route) -> None:
    """From the last shape down into the circle at the foot of the page."""
    medium = drawing.medium
    trunk = medium.trunk
    radius = medium.radius
    letter = drawing.letters.page_breaks[route.target]
    y = drawing.panel.height - radius
    add_circle(drawing, trunk, y, letter)
    points = [
        (trunk, lower_edge(drawing, route.row)),
        (trunk, y - radius),
    ]
    drawing.add_edge(points, route, letter)
    place_label_below(drawing, route)
    add_page_note(drawing, "ต่อหน้าถัดไป", y)


def draw_line_from_page_before(drawing: PanelDrawing) -> None:
    """From the circle at the head of the page down into the first shape."""
    medium = drawing.medium
    target = drawing.row(0).main
    trunk = medium.trunk
    letter = drawing.letters.page_breaks[target]
    radius = medium.radius
    shape = drawing.shape(0)
    add_circle(drawing, trunk, radius, letter)
    points = [
        (trunk, medium.circle),
        (trunk, shape.top),
    ]
    drawing.add_edge_from_circle(points, target, letter)
    add_page_note(drawing, "ต่อจากหน้าก่อน", radius)
