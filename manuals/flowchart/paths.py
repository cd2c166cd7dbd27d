"""Shapes and arrow heads as SVG paths, and where the words of a shape stand.

On paper and on the screen they are the same but for sizes, which are arguments here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from .chart import Box, Edge, Point


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
    distance = max((along_x**2 + along_y**2) ** 0.5, 0.01)
    # (unit_x, unit_y) is one unit along the line, (-unit_y, unit_x) one unit across it
    unit_x = along_x / distance
    unit_y = along_y / distance
    base_x = tip_x - unit_x * length
    base_y = tip_y - unit_y * length
    across_x = unit_y * half_width
    across_y = unit_x * half_width
    return ArrowHead(
        tip=(tip_x, tip_y),
        base=(base_x, base_y),
        left=(base_x - across_x, base_y + across_y),
        right=(base_x + across_x, base_y - across_y),
    )


class TextArea(NamedTuple):
    x: float
    y: float
    width: float
    height: float


def text_area(box: Box, *, decision_width: float, inset: float, wave: float) -> TextArea:
    """Where the words of a box stand: inside a diamond at most `decision_width` wide, above the wave of a document."""
    if box.role not in ("shape", "side"):
        return TextArea(box.x, box.y, box.width, box.height)
    if box.shape == "decision":
        width = min(decision_width, box.width)
        return TextArea(box.x + (box.width - width) / 2, box.y, width, box.height)
    height = box.height
    if box.shape == "document":
        height -= wave
    return TextArea(box.x + inset, box.y, box.width - 2 * inset, height)


@dataclass(frozen=True, slots=True)
class PathWriter:
    """Paths with so many decimals: one on the screen, whose unit is a pixel, two in millimetres."""

    decimals: int

    def number(self, value: float) -> str:
        return f"{value:.{self.decimals}f}"

    def point(self, x: float, y: float) -> str:
        return f"{self.number(x)} {self.number(y)}"

    def line(self, points: Iterable[Point]) -> str:
        return "M" + "L".join(self.point(x, y) for x, y in points)

    def polygon(self, points: Iterable[Point]) -> str:
        return self.line(points) + "z"

    def head(self, head: ArrowHead) -> str:
        return self.polygon([head.tip, head.left, head.right])

    def diamond(self, box: Box) -> str:
        middle_x = box.x + box.width / 2
        middle_y = box.y + box.height / 2
        corners = [
            (middle_x, box.y),
            (box.x + box.width, middle_y),
            (middle_x, box.y + box.height),
            (box.x, middle_y),
        ]
        return self.polygon(corners)

    def document(self, box: Box, wave: float) -> str:
        """A sheet whose lower edge is a wave of this depth: from its right end a crest, a trough, to its left end."""
        low = box.y + box.height - wave / 2
        crest = self.point(box.x + box.width * 0.75, low - wave)
        middle = self.point(box.x + box.width / 2, low)
        trough = self.point(box.x + box.width * 0.25, low + wave)
        left_end = self.point(box.x, low)
        sheet = f"M{self.point(box.x, box.y)}H{self.number(box.x + box.width)}V{self.number(low)}"
        return f"{sheet}C{crest} {crest} {middle}S{trough} {left_end}z"

    def rectangle(self, box: Box) -> str:
        right = self.number(box.width)
        down = self.number(box.height)
        left = self.number(-box.width)
        return f"M{self.point(box.x, box.y)}h{right}v{down}h{left}z"

    def rounded_rectangle(self, box: Box, radius: float) -> str:
        """Clockwise from the left end of the upper edge; each arc turns a quarter."""
        right = self.number(box.width - 2 * radius)
        down = self.number(box.height - 2 * radius)
        left = self.number(2 * radius - box.width)
        up = self.number(2 * radius - box.height)
        start = self.point(box.x + radius, box.y)
        arc = f"a{self.point(radius, radius)} 0 0 1"
        return (
            f"M{start}h{right}"
            f"{arc} {self.point(radius, radius)}v{down}"
            f"{arc} {self.point(-radius, radius)}h{left}"
            f"{arc} {self.point(-radius, -radius)}v{up}"
            f"{arc} {self.point(radius, -radius)}z"
        )
