"""A panel of the flow chart for the screen: paths for an inline SVG, and where the words stand over them.

Shapes are attributes of SVG elements, words are HTML in <foreignObject>: no style is written, and Thai wraps.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from . import MEDIA, Box, Edge, Panel, Point

SCREEN = MEDIA["screen"]
MARGIN = 2.0  # so that strokes on the edge are not cut
HEAD_HALF = 4.5
LEAST_GAP = 3.0  # between shapes, for paper to end there
WAVE = 8.0  # depth of a document's lower edge


@dataclass(frozen=True, slots=True)
class Words:
    """A box of words: its place in the drawing's units, and what stands in it."""

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


@dataclass(frozen=True, slots=True)
class Drawing:
    """`lines` are (path of the line, path of its arrow head). One unit is one pixel on a telephone."""

    width: float
    height: float
    alt: str
    lines: list[tuple[str, str]]
    words: list[Words]
    slices: list["Slice"]


@dataclass(frozen=True, slots=True)
class Slice:
    """A strip of the drawing between two shapes, as high as units are whole: strips stand on each other without a
    seam, and paper may end between them."""

    top: float
    width: float
    height: float
    lines: list[tuple[str, str]]
    words: list[Words]

    @property
    def view_box(self) -> str:
        return f"{-MARGIN:g} {self.top:g} {self.width:g} {self.height:g}"


def draw_panel(panel: Panel, alt: str, now: str = "") -> Drawing:
    """`now`: the uuid of the step under discussion, whose shape is highlighted."""
    width, height = round(panel.width + 2 * MARGIN), round(panel.height + 2 * MARGIN)
    words = _apart([_words(box, now) for box in panel.boxes])
    edges = [(_reach(edge), _line(edge)) for edge in panel.edges]
    borders = [-MARGIN, *_free_heights(words), height - MARGIN]
    slices = [
        Slice(
            top,
            width,
            end - top,
            [line for (first, last), line in edges if first < end and top < last],
            [each for each in words if top <= each.y + each.height / 2 < end],
        )
        for top, end in pairwise(borders)
    ]
    return Drawing(width, height, alt, [line for _, line in edges], words, slices)


def _reach(edge: Edge) -> tuple[float, float]:
    """From where to where a line goes down, its stroke and head included."""
    heights = [y for _, y in edge.points]
    return min(heights) - HEAD_HALF, max(heights) + HEAD_HALF


def _free_heights(words: Sequence[Words]) -> list[float]:
    """The middle of every stretch that no shape, word or arrow head touches, in whole units."""
    free: list[float] = []
    end = None
    for each in sorted(words, key=lambda each: each.y):
        above_head = each.y - SCREEN.head
        if end is not None and above_head - end >= LEAST_GAP:
            free.append(round((end + above_head) / 2) - MARGIN)
        end = max(end or 0.0, each.y + each.height)
    return free


def _apart(words: list[Words]) -> list[Words]:
    """The word of a branch that would stand on a lettered circle stands above it."""
    circles = [each for each in words if each.kind == "letter"]
    lifted = []
    for each in words:
        for circle in circles if each.kind == "word" else ():
            beside = each.x < circle.x + circle.width and circle.x < each.x + each.width
            if beside and each.y < circle.y + circle.height and circle.y < each.y + each.height:
                each = replace(each, y=round(circle.y - each.height, 1))
        lifted.append(each)
    return lifted


def _line(edge: Edge) -> tuple[str, str]:
    """The line ends at the base of its head."""
    (x0, y0), (x1, y1) = edge.points[-2], edge.points[-1]
    length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 0.01)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    base = (x1 - ux * SCREEN.head, y1 - uy * SCREEN.head)
    left = (base[0] - uy * HEAD_HALF, base[1] + ux * HEAD_HALF)
    right = (base[0] + uy * HEAD_HALF, base[1] - ux * HEAD_HALF)
    return _path([*edge.points[:-1], base]), _path([(x1, y1), left, right]) + "z"


def _path(points: Sequence[Point]) -> str:
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def _words(box: Box, now: str) -> Words:
    kind = box.shape if box.role in ("shape", "side") else box.role
    x, y, width, height = _inner(box)
    return Words(
        round(x, 1), round(y, 1), round(width, 1), round(height, 1), box.text, box.actor, kind, box.align,
        _outline(box), bool(now) and box.uuid == now,
    )  # fmt: skip


def _inner(box: Box) -> tuple[float, float, float, float]:
    """Where the words of a box stand."""
    if box.role not in ("shape", "side"):
        return box.x, box.y, box.width, box.height
    if box.shape == "decision":
        width = min(SCREEN.ask_width + 10, box.width)
        return box.x + (box.width - width) / 2, box.y, width, box.height
    inset = SCREEN.pad / 2
    low = WAVE if box.shape == "document" else 0.0
    return box.x + inset, box.y, box.width - 2 * inset, box.height - low


def _outline(box: Box) -> str:
    x, y, w, h = box.x, box.y, box.width, box.height
    if box.role == "letter":
        return _round_box(x, y, w, h, w / 2)
    if box.role not in ("shape", "side"):
        return ""
    match box.shape:
        case "decision":
            return _path([(x + w / 2, y), (x + w, y + h / 2), (x + w / 2, y + h), (x, y + h / 2)]) + "z"
        case "document":
            low = y + h - WAVE / 2
            wave = f"C{x + w * 0.75:.1f} {low - WAVE:.1f} {x + w * 0.75:.1f} {low - WAVE:.1f} {x + w / 2:.1f} {low:.1f}"
            wave += f"S{x + w * 0.25:.1f} {low + WAVE:.1f} {x:.1f} {low:.1f}"
            return f"M{x:.1f} {y:.1f}H{x + w:.1f}V{low:.1f}{wave}z"
        case "start" | "end" | "connector":
            return _round_box(x, y, w, h, min(h / 2, 24))
    return f"M{x:.1f} {y:.1f}h{w:.1f}v{h:.1f}h{-w:.1f}z"


def _round_box(x: float, y: float, w: float, h: float, r: float) -> str:
    arc = f"a{r:.1f} {r:.1f} 0 0 1"
    return (
        f"M{x + r:.1f} {y:.1f}h{w - 2 * r:.1f}{arc} {r:.1f} {r:.1f}v{h - 2 * r:.1f}{arc} {-r:.1f} {r:.1f}"
        f"h{2 * r - w:.1f}{arc} {-r:.1f} {-r:.1f}v{2 * r - h:.1f}{arc} {r:.1f} {-r:.1f}z"
    )
