"""Where the label of a branch ("ครบ", "ไม่ครบ") is placed: over its arrow, near the shape that the arrow leaves."""

from .chart import Box
from .drawing import PanelDrawing
from .measure import count_lines, text_width
from .routes import Route, RouteKind
from .sizes import LABEL_GAP, back_label_left, back_label_width, label_lines


def place_branch_label(
    drawing: PanelDrawing,
    label: str,
    x: float,
    y: float,
    align: str,
    width: float,
) -> None:
    """A label over an arrow that runs at the height y; x is the left edge of its room, which is `width` wide."""
    if not label:
        return
    medium = drawing.medium
    line_height = medium.label_line_height
    height = count_lines(label, width, medium.label_text_size) * line_height
    gap = 0.1 * line_height
    drawing.add_box(
        Box(
            role="word",
            x=x,
            y=y - height - gap,
            width=width,
            height=height,
            text=label,
            align=align,
        )
    )


def place_label_right(drawing: PanelDrawing, route: Route, y: float) -> None:
    """Over an arrow that leaves at the right: in print before the side column, on the screen at the very edge."""
    medium = drawing.medium
    right = medium.side_left
    align = "center"
    if medium.side is None:
        align = "right"
        inner_end = right - label_width(drawing, route.label)
        y = _above_slope(drawing, route.row, inner_end, y)
    x = right - medium.label_width - 0.5
    place_branch_label(drawing, route.label, x, y, align, medium.label_width)


def place_label_left(drawing: PanelDrawing, route: Route, lane_x: float) -> None:
    """Over an arrow that leaves at the left into the lane at `lane_x`."""
    medium = drawing.medium
    x = back_label_left(lane_x, medium)
    width = back_label_width(drawing.main_step(route.row).shape, medium)
    inner_end = x + label_width(drawing, route.label)
    axis = drawing.axis(route.row)
    y = _above_slope(drawing, route.row, inner_end, axis)
    place_branch_label(drawing, route.label, x, y, "left", width)


def place_label_below(drawing: PanelDrawing, route: Route) -> None:
    """At the right of the main line, just below the shape."""
    if not route.label:
        return
    medium = drawing.medium
    width = medium.main.right - medium.trunk
    text_size = medium.label_text_size
    line_height = medium.label_line_height
    lines = count_lines(route.label, width, text_size)
    shape = drawing.shape(route.row)
    drawing.add_box(
        Box(
            role="word",
            x=medium.trunk + 0.4 * text_size,
            y=shape.bottom + 0.1 * line_height,
            width=width,
            height=lines * line_height,
            text=route.label,
            align="left",
        )
    )


def place_label_at_side_box(drawing: PanelDrawing, route: Route, side_box: Box) -> None:
    """At the right of the line that leaves a side box: below the box when it goes down, else above it."""
    if not route.label:
        return
    medium = drawing.medium
    lines = label_lines(route.label, medium)
    height = lines * medium.label_line_height
    x = side_box.middle_x + 1
    if lines > 1 and route.kind is RouteKind.LETTER:
        # Higher than the arrow into the circle: it stands beside the circle
        x = side_box.middle_x + medium.radius + LABEL_GAP
    y = side_box.y - height
    if route.kind is RouteKind.SIDE_AHEAD:
        y = side_box.bottom + 0.1 * medium.label_line_height
    drawing.add_box(
        Box(
            role="word",
            x=x,
            y=y,
            width=medium.label_width,
            height=height,
            text=route.label,
            align="left",
        )
    )


def label_width(drawing: PanelDrawing, label: str) -> float:
    """How wide the words are; a label of several lines fills its room."""
    medium = drawing.medium
    width = text_width(label) * medium.label_text_size
    return min(width, medium.label_width)


def _above_slope(
    drawing: PanelDrawing,
    number: int,
    x: float,
    y: float,
) -> float:
    """The height for a label that would stand at y and reaches inwards to x: not on the slope of a diamond.

    A diamond tapers from its full height on the main line to nothing at its tips: at `inward` of the way from a tip
    to the main line, its upper edge stands `inward` of half its height above the axis.
    """
    step = drawing.main_step(number)
    if step.shape != "decision":
        return y
    shape = drawing.shape(number)
    axis = drawing.axis(number)
    from_main_line = abs(x - drawing.medium.trunk)
    inward = 1 - from_main_line / (shape.width / 2)
    if inward <= 0 or y > axis:
        return y
    upper_edge = axis - inward * shape.height / 2
    return min(y, upper_edge)
