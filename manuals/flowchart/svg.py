"""A panel of the flow chart for the screen: paths for an inline SVG, and where the words stand over them.

Shapes are attributes of SVG elements, words are HTML in <foreignObject>: no style is written, and Thai wraps.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from .chart import Box, Edge, Panel
from .media import SCREEN
from .paths import PathWriter, arrow_head, text_area

MARGIN = 2.0  # so that strokes on the edge are not cut
HEAD_HALF = 4.5  # half the width of an arrow head
LEAST_GAP = 3.0  # between shapes, for paper to end there
WAVE = 8.0  # depth of the wave below a document, and of the point below a connector
MOST_RADIUS = 24  # of a start or end
PATHS = PathWriter(decimals=1)


@dataclass(frozen=True, slots=True)
class SvgNode:
    """A box of words: where it stands in the drawing, and what stands in it."""

    x: float
    y: float
    width: float
    height: float
    text: str
    actor: str
    kind: str  # start | task | … for a shape, else word, letter, note
    align: str
    outline: str = ""  # path of the shape around it
    is_now: bool = False

    @property
    def bottom(self) -> float:
        return self.y + self.height

    @property
    def middle(self) -> float:
        return self.y + self.height / 2

    @property
    def right(self) -> float:
        return self.x + self.width

    def overlaps(self, other: "SvgNode") -> bool:
        if self.x >= other.right or other.x >= self.right:
            return False
        return self.y < other.bottom and other.y < self.bottom


@dataclass(frozen=True, slots=True)
class SvgLine:
    """An edge as paths, and the heights it reaches with its stroke and head."""

    path: str
    head: str
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A strip of the drawing between two shapes, as high as units are whole: strips stand on each other without a
    seam, and paper may end between them."""

    top: float
    width: float
    height: float
    lines: list[SvgLine]
    nodes: list[SvgNode]

    @property
    def view_box(self) -> str:
        return f"{-MARGIN:g} {self.top:g} {self.width:g} {self.height:g}"


@dataclass(
    frozen=True, slots=True, eq=False
)  # each is one of its own: what is written of it is told apart by it
class Drawing:
    """One unit is one pixel on a telephone."""

    width: float
    height: float
    alt: str
    lines: list[SvgLine]
    nodes: list[SvgNode]
    strips: list[Strip]


def draw_panel(panel: Panel, alt: str, now: str = "") -> Drawing:
    """`now`: the uuid of the step under discussion, whose shape is highlighted."""
    width = round(panel.width + 2 * MARGIN)
    height = round(panel.height + 2 * MARGIN)
    nodes = [svg_node(box, now) for box in panel.boxes]
    nodes = lift_labels_off_circles(nodes)
    lines = [svg_line(edge) for edge in panel.edges]
    borders = [
        -MARGIN,
        *free_heights(nodes),
        height - MARGIN,
    ]
    strips = []
    for top, end in pairwise(borders):
        # A line is drawn in every strip it passes, a shape in the one that has its middle
        strip_lines = [line for line in lines if line.top < end and top < line.bottom]
        strip_nodes = [node for node in nodes if top <= node.middle < end]
        strip = Strip(
            top=top,
            width=width,
            height=end - top,
            lines=strip_lines,
            nodes=strip_nodes,
        )
        strips.append(strip)
    return Drawing(
        width=width,
        height=height,
        alt=alt,
        lines=lines,
        nodes=nodes,
        strips=strips,
    )


def free_heights(nodes: Sequence[SvgNode]) -> list[float]:
    """The middle of every stretch that no shape, word or arrow head touches, in whole units."""
    free: list[float] = []
    end: float | None = None  # of all that stands above
    for node in sorted(nodes, key=lambda node: node.y):
        above_head = node.y - SCREEN.arrow_head
        if end is None:
            end = 0.0
        elif above_head - end >= LEAST_GAP:
            middle = (end + above_head) / 2
            free.append(float(round(middle)))
        end = max(end, node.bottom)
    return free


def lift_labels_off_circles(nodes: Sequence[SvgNode]) -> list[SvgNode]:
    """The label of a branch that would stand on a lettered circle stands above it."""
    circles = []
    for node in nodes:
        if node.kind == "letter":
            circles.append(node)
    lifted = []
    for node in nodes:
        if node.kind == "word":
            for circle in circles:
                if node.overlaps(circle):
                    y = circle.y - node.height
                    node = replace(node, y=round(y, 1))
        lifted.append(node)
    return lifted


def svg_line(edge: Edge) -> SvgLine:
    """The line ends at the base of its head, so that its stroke does not blunt the tip."""
    head = arrow_head(edge, SCREEN.arrow_head, HEAD_HALF)
    drawn_points = [*edge.points[:-1], head.base]
    heights = [y for _, y in edge.points]
    return SvgLine(
        path=PATHS.line(drawn_points),
        head=PATHS.head(head),
        top=min(heights) - HEAD_HALF,
        bottom=max(heights) + HEAD_HALF,
    )


def svg_node(box: Box, now: str) -> SvgNode:
    """The box with its outline; its words stand a little inside of it."""
    area = text_area(
        box,
        decision_width=SCREEN.decision_text_width + 10,
        inset=SCREEN.padding / 2,
        wave=WAVE,
    )
    kind: str = box.role
    if box.role in ("shape", "side"):
        kind = box.shape
    return SvgNode(
        x=round(area.x, 1),
        y=round(area.y, 1),
        width=round(area.width, 1),
        height=round(area.height, 1),
        text=box.text,
        actor=box.actor,
        kind=kind,
        align=box.align,
        outline=svg_outline(box),
        is_now=bool(now) and box.uuid == now,
    )


def svg_outline(box: Box) -> str:
    """The path of a shape; "" for mere words."""
    if box.role == "letter":
        return PATHS.rounded_rectangle(box, radius=box.width / 2)
    if box.role not in ("shape", "side"):
        return ""
    match box.shape:
        case "decision":
            return PATHS.diamond(box)
        case "document":
            return PATHS.document(box, WAVE)
        case "connector":
            return PATHS.connector(box, WAVE)
        case "start" | "end":
            radius = min(box.height / 2, MOST_RADIUS)
            return PATHS.rounded_rectangle(box, radius)
    return PATHS.rectangle(box)
