"""The boxes of a panel but for the labels of branches: shapes, actors, lettered circles and notes."""

from .chart import Box
from .drawing import PanelDrawing
from .measure import short_text
from .sizes import actor_height, row_caption, side_box_size


def add_main_shape(drawing: PanelDrawing, number: int) -> None:
    step = drawing.main_step(number)
    shape = drawing.shape(number)
    actor = ""
    if not drawing.medium.actor_width:
        actor = step.actor
    drawing.add_box(
        Box(
            role="shape",
            x=shape.left,
            y=shape.top,
            width=shape.width,
            height=shape.height,
            text=short_text(step.text),
            shape=step.shape,
            uuid=step.uuid,
            actor=actor,
            cites=step.cites,
            label=step.label,
        )
    )


def add_actor(drawing: PanelDrawing, number: int) -> None:
    """What stands left of a shape, in print: the number of the row, the clauses it explains, who does it."""
    width = drawing.medium.actor_width
    if not width:
        return
    step = drawing.main_step(number)
    height = actor_height(step, drawing.medium)
    if not height:
        return
    drawing.add_box(
        Box(
            role="who",
            x=0,
            y=drawing.axis(number) - height / 2,
            width=width,
            height=height,
            text=row_caption(step),
            uuid=step.uuid,
            actor=step.actor,
            cites=step.cites,
            align="left",
            label=step.label,
        )
    )


def add_side_box(
    drawing: PanelDrawing,
    number: int,
    side: int,
    top: float,
) -> Box:
    """The box beside a decision; `side` is the index of its step."""
    step = drawing.steps[side]
    actor = drawing.routes.side_actor(number)
    width, height = side_box_size(step, actor, drawing.medium)
    box = Box(
        role="side",
        x=drawing.medium.side_left,
        y=top,
        width=width,
        height=height,
        text=short_text(step.text),
        shape=step.shape,
        uuid=step.uuid,
        actor=actor,
        label=step.label,
    )
    drawing.add_box(box)
    return box


def add_circle(
    drawing: PanelDrawing,
    x: float,
    y: float,
    letter: str,
) -> None:
    """A lettered circle around x, y."""
    radius = drawing.medium.radius
    size = drawing.medium.circle
    drawing.add_box(
        Box(
            role="letter",
            x=x - radius,
            y=y - radius,
            width=size,
            height=size,
            text=letter,
        )
    )


def add_page_note(drawing: PanelDrawing, text: str, y: float) -> None:
    """Words beside the circle of a page break, in the middle of whose height is y."""
    medium = drawing.medium
    height = medium.label_line_height
    circle_right = medium.trunk + medium.radius
    drawing.add_box(
        Box(
            role="note",
            x=circle_right + 0.5 * medium.label_text_size,
            y=y - height / 2,
            width=30,
            height=height,
            text=text,
            align="left",
        )
    )
