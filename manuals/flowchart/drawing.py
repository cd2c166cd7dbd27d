"""A panel that is being drawn: its rows stand at their heights, boxes and edges are added to it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .chart import Box, Edge, Panel, Point
from .flow import FlowRow
from .routes import Route
from .row_heights import PanelPlan
from .sizes import main_shape_size
from .steps import FlowStep


class Rectangle(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top


@dataclass(slots=True)
class ConnectorLetters:
    """The letters in the circles of a chart: {index of the step a circle leads to: letter}."""

    page_breaks: dict[int, str] = field(default_factory=dict)
    targets: dict[int, str] = field(default_factory=dict)


class PanelDrawing:
    """The panel with the top of each of its rows. `extra_gap` is added above every row but the first."""

    def __init__(
        self, plan: PanelPlan, letters: ConnectorLetters, extra_gap: float
    ) -> None:
        self.routes = plan.routes
        self.medium = plan.routes.medium
        self.steps = plan.routes.flow.steps
        self.letters = letters
        self.heights = plan.heights
        self.tops: list[float] = []
        y = 0.0
        for number, height in enumerate(plan.heights):
            gap = plan.gaps[number]
            if number > 0:
                gap += extra_gap
            y += gap
            self.tops.append(y)
            y += height
        self.bottom = y  # of the last row
        self.panel = Panel(self.medium.width, y + plan.foot_height)
        self.shapes: list[Rectangle] = []
        for number in range(len(self.heights)):
            # In the middle of its row, which may be higher
            step = self.main_step(number)
            width, height = main_shape_size(step, self.medium)
            left = self.medium.trunk - width / 2
            top = self.axis(number) - height / 2
            shape = Rectangle(
                left=left,
                top=top,
                right=left + width,
                bottom=top + height,
            )
            self.shapes.append(shape)

    def row(self, number: int) -> FlowRow:
        return self.routes.rows[number]

    def main_step(self, number: int) -> FlowStep:
        row = self.row(number)
        return self.steps[row.main]

    def axis(self, number: int) -> float:
        """y of the middle of a row: every shape, box and line that leaves at a side is centred on it."""
        top = self.tops[number]
        height = self.heights[number]
        return top + height / 2

    def shape(self, number: int) -> Rectangle:
        """The main shape of a row."""
        return self.shapes[number]

    def joint_above(self, number: int, order: int) -> float:
        """y where a line joins the main line above a row; `order` counts the lines from the row upwards."""
        medium = self.medium
        # The lowest line leaves room for the arrow head that leads on into the shape
        lowest = self.tops[number] - 1.4 * medium.arrow_head
        return lowest - order * medium.entry_gap

    def add_box(self, box: Box) -> None:
        self.panel.boxes.append(box)

    def add_edge(self, points: Sequence[Point], route: Route, letter: str = "") -> None:
        """An arrow of the branch, into a lettered circle when there is a `letter`."""
        edge = Edge(
            points=tuple(points),
            source=self.steps[route.source].uuid,
            target=self.steps[route.target].uuid,
            letter=letter,
        )
        self.panel.edges.append(edge)

    def add_edge_from_circle(
        self, points: Sequence[Point], target: int, letter: str
    ) -> None:
        """An arrow out of a lettered circle into the step with the index `target`."""
        edge = Edge(
            points=tuple(points),
            target=self.steps[target].uuid,
            letter=letter,
        )
        self.panel.edges.append(edge)

    def box_of(self, step: int) -> Box:
        """The box of the step with this index, which must be drawn already."""
        uuid = self.steps[step].uuid
        for box in self.panel.boxes:
            if box.uuid == uuid:
                return box
        raise LookupError(f"the step {uuid} is not drawn yet")
