"""Shapes and arrow heads as SVG paths, and where the words of a shape stand.

On paper and on the screen they are the same but for sizes, which are arguments here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from .chart import Box, Edge, Point
from .sizes import POINTED


class ArrowHead(NamedTuple):
    """A triangle: `base` is the middle of the side opposite to the tip."""

    tip: Point
    base: Point
    left: Point
    right: Point


def arrow_head(edge: Edge, length: float, half_width: float) -> ArrowHead:
    """The head at the last point of an edge, in the direction of its last piece."""
    from_x, from_y = edge.points[-2]
    tip_x, tip_y = edge.points[-1]
    along_x = tip_x - from_x
    along_y = tip_y - from_y
    squared = along_x**2 + along_y**2
    distance = max(squared**0.5, 0.01)  # two points may be one
    # (unit_x, unit_y) is one unit along the line, (-unit_y, unit_x) one unit across it
    unit_x = along_x / distance
    unit_y = along_y / distance
    base_x = tip_x - unit_x * length
    base_y = tip_y - unit_y * length
    across_x = unit_y * half_width
    across_y = unit_x * half_width
    left = (base_x - across_x, base_y + across_y)
    right = (base_x + across_x, base_y - across_y)
    return ArrowHead(
        tip=(tip_x, tip_y),
        base=(base_x, base_y),
        left=left,
        right=right,
    )


class TextArea(NamedTuple):
    x: float
    y: float
    width: float
    height: float


def text_area(
    box: Box,
    *,
    decision_width: float,
    inset: float,
    wave: float,
) -> TextArea:
    """Where the words of a box stand: inside a diamond at most `decision_width` wide, above the wave of a document and
    the point of a connector, which are as deep as `wave`."""
    x = box.x
    width = box.width
    height = box.height
    if box.role not in ("shape", "side"):
        return TextArea(x, box.y, width, height)
    if box.shape == "decision":
        width = min(decision_width, box.width)
        x += (box.width - width) / 2
        return TextArea(x, box.y, width, height)
    if box.shape in POINTED:
        height -= wave
    x += inset
    width -= 2 * inset
    return TextArea(x, box.y, width, height)


def diamond_corners(box: Box) -> list[Point]:
    return [
        (box.middle_x, box.y),
        (box.right, box.middle_y),
        (box.middle_x, box.bottom),
        (box.x, box.middle_y),
    ]


def connector_corners(box: Box, point: float) -> list[Point]:
    """Where the work goes on in another process: a rectangle that ends below in a point of this depth."""
    shoulder = box.bottom - point
    return [
        (box.x, box.y),
        (box.right, box.y),
        (box.right, shoulder),
        (box.middle_x, box.bottom),
        (box.x, shoulder),
    ]


@dataclass(frozen=True, slots=True)
class PathWriter:
    """Paths with so many decimals: one on the screen, whose unit is a pixel, two in millimetres."""

    decimals: int

    def number(self, value: float) -> str:
        return f"{value:.{self.decimals}f}"

    def point(self, x: float, y: float) -> str:
        return f"{self.number(x)} {self.number(y)}"

    def line(self, points: Iterable[Point]) -> str:
        written = []
        for x, y in points:
            written.append(self.point(x, y))
        return "M" + "L".join(written)

    def polygon(self, points: Iterable[Point]) -> str:
        return self.line(points) + "z"

    def head(self, head: ArrowHead) -> str:
        return self.polygon([head.tip, head.left, head.right])

    def diamond(self, box: Box) -> str:
        return self.polygon(diamond_corners(box))

    def document(self, box: Box, wave: float) -> str:
        """A sheet whose lower edge is a wave of this depth: from its right end a crest, a trough, to its left end."""
        left = box.x
        # The wave swings around this height; S mirrors the crest into the trough. A curve with two control points in
        # one reaches three quarters of the way to it
        low = box.bottom - wave / 2
        crest_x = left + box.width * 0.75
        trough_x = left + box.width * 0.25
        crest = self.point(crest_x, low - wave)
        middle = self.point(box.middle_x, low)
        trough = self.point(trough_x, low + wave)
        left_end = self.point(left, low)
        start = self.point(left, box.y)
        right = self.number(box.right)
        down = self.number(low)
        return f"M{start}H{right}V{down}C{crest} {crest} {middle}S{trough} {left_end}z"

    def connector(self, box: Box, point: float) -> str:
        return self.polygon(connector_corners(box, point))

    def rectangle(self, box: Box) -> str:
        start = self.point(box.x, box.y)
        right = self.number(box.width)
        down = self.number(box.height)
        left = self.number(-box.width)
        return f"M{start}h{right}v{down}h{left}z"

    def rounded_rectangle(self, box: Box, radius: float) -> str:
        """Clockwise from the left end of the upper edge; each arc turns a quarter."""
        diameter = 2 * radius
        right = self.number(box.width - diameter)
        down = self.number(box.height - diameter)
        left = self.number(diameter - box.width)
        up = self.number(diameter - box.height)
        start = self.point(box.x + radius, box.y)
        # Of SVG's arc: both radii, no rotation, the small arc, clockwise; then where it ends, relative to its start
        arc = f"a{self.point(radius, radius)} 0 0 1"
        to_right_edge = self.point(radius, radius)
        to_lower_edge = self.point(-radius, radius)
        to_left_edge = self.point(-radius, -radius)
        to_upper_edge = self.point(radius, -radius)
        return (
            f"M{start}h{right}"
            f"{arc} {to_right_edge}v{down}"
            f"{arc} {to_lower_edge}h{left}"
            f"{arc} {to_left_edge}v{up}"
            f"{arc} {to_upper_edge}z"
        )
