"""A panel of the flow chart as a PNG without a page around it: the shapes and words of charts.py, painted by Pillow in
a hundredth of the time that printing a page takes. Imports no Django.

Thai needs a shaper: Pillow's is raqm, which comes with it and asks for FriBiDi, as Pango does.
"""

import io
import math
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from hearing_portal.thai.numbering import Digits
from manuals.flowchart import Box, Edge, Panel
from manuals.flowchart.chart import Point
from manuals.flowchart.paths import (
    TextArea,
    arrow_head,
    connector_corners,
    diamond_corners,
    text_area,
)

from .chart_words import Line, box_lines
from .charts import (
    DECISION_TEXT_WIDTH,
    HEAD_HALF,
    HEAD_LENGTH,
    INK,
    MARGIN,
    MOST_RADIUS,
    TINT,
    WAVE,
)

DOTS = 170  # an inch
FINER = (
    3  # shapes are painted so much larger and made smaller: then their edges are smooth
)
DOTS_A_MILLIMETRE = DOTS / 25.4
DOTS_A_POINT = DOTS / 72
EDGE_WIDTH, OUTLINE_WIDTH = 0.28, 0.32  # millimetres
ACCENT, QUIET = "#1d3557", "#525c69"
ASCENT, DESCENT = 1.068, 0.232  # of Sarabun, in em
SIDES_OF_WORD = 0.6  # millimetres of white beside the label of a branch
FONTS = Path(__file__).resolve().parent.parent.parent / "static" / "pdf" / "fonts"
# {role: (size of the letters, distance of the lines)}, in points, as in book.css
SIZES = {
    "shape": (10.0, 14.5),
    "side": (9.0, 13.0),
    "who": (9.0, 12.5),
    "word": (8.5, 12.0),
    "letter": (9.5, 14.5),
    "note": (8.5, 12.0),
}
ON_THE_LEFT = ("who", "note")


class _Run(NamedTuple):
    """Words of one look."""

    text: str
    is_bold: bool = False
    colour: str = INK


def paint_panel(panel: Panel, digits: Digits) -> bytes:
    """As PNG, with the margin around it that a printed one has."""
    width = round((panel.width + 2 * MARGIN) * DOTS_A_MILLIMETRE)
    height = round((panel.height + 2 * MARGIN) * DOTS_A_MILLIMETRE)
    # What is printed in colour there is nearly grey, and a grey picture is a third as large
    large = Image.new("L", (width * FINER, height * FINER), "white")
    pen = ImageDraw.Draw(large)
    for edge in panel.edges:
        _paint_edge(pen, edge)
    for box in panel.boxes:
        _paint_shape(pen, box)
    picture = large.reduce(FINER)
    pen = ImageDraw.Draw(picture)
    for box in panel.boxes:
        _paint_words(pen, box, digits)
    png = io.BytesIO()
    picture.save(png, "PNG", dpi=(DOTS, DOTS), compress_level=4)
    return png.getvalue()


# ---------- shapes ----------
def _enlarged(points: Iterable[Point]) -> list[Point]:
    factor = DOTS_A_MILLIMETRE * FINER
    return [((x + MARGIN) * factor, (y + MARGIN) * factor) for x, y in points]


def _paint_edge(pen: ImageDraw.ImageDraw, edge: Edge) -> None:
    head = arrow_head(edge, HEAD_LENGTH, HEAD_HALF)
    points = _enlarged([*edge.points[:-1], head.base])
    pen.line(points, fill=INK, width=_stroke(EDGE_WIDTH), joint="curve")
    pen.polygon(_enlarged([head.tip, head.left, head.right]), fill=INK)


def _paint_shape(pen: ImageDraw.ImageDraw, box: Box) -> None:
    """Nothing for mere words."""
    points = _outline(box)
    if not points:
        return
    is_end = box.role != "letter" and box.shape in ("start", "end")
    corners = _enlarged(points)
    pen.polygon(corners, fill=TINT if is_end else "white")
    # To the second point again, so that the first corner is joined too
    closed = [*corners, *corners[:2]]
    pen.line(closed, fill=INK, width=_stroke(OUTLINE_WIDTH), joint="curve")


def _stroke(millimetres: float) -> int:
    return round(millimetres * DOTS_A_MILLIMETRE * FINER)


def _outline(box: Box) -> list[Point]:
    if box.role == "letter":
        radius = box.width / 2
        return _rounded(box.x, box.middle_y - radius, box.width, box.width, radius)
    if box.role not in ("shape", "side"):
        return []
    match box.shape:
        case "decision":
            return diamond_corners(box)
        case "document":
            return _sheet(box)
        case "connector":
            return connector_corners(box, WAVE)
        case "start" | "end":
            radius = min(box.height / 2, MOST_RADIUS)
            return _rounded(box.x, box.y, box.width, box.height, radius)
    return [
        (box.x, box.y),
        (box.right, box.y),
        (box.right, box.bottom),
        (box.x, box.bottom),
    ]


def _rounded(
    x: float, y: float, width: float, height: float, radius: float
) -> list[Point]:
    """Clockwise from the left end of the upper right corner."""
    points = []
    centres = (
        (x + width - radius, y + radius),
        (x + width - radius, y + height - radius),
        (x + radius, y + height - radius),
        (x + radius, y + radius),
    )
    for quarter, (middle_x, middle_y) in enumerate(centres):
        for degrees in range(-90 + 90 * quarter, 90 * quarter + 1, 9):
            angle = math.radians(degrees)
            points.append(
                (
                    middle_x + radius * math.cos(angle),
                    middle_y + radius * math.sin(angle),
                )
            )
    return points


def _sheet(box: Box) -> list[Point]:
    """Its lower edge is the wave that paths.PathWriter.document draws."""
    low = box.bottom - WAVE / 2
    points = [(box.x, box.y), (box.right, box.y)]
    for start, control, end in (
        (box.right, (box.x + box.width * 0.75, low - WAVE), box.middle_x),
        (box.middle_x, (box.x + box.width * 0.25, low + WAVE), box.x),
    ):
        for step in range(13):
            along = step / 12
            back = 1 - along
            # Both control points of the curve are one
            bent = 3 * back * along
            points.append(
                (
                    back**3 * start + bent * control[0] + along**3 * end,
                    (back**3 + along**3) * low + bent * control[1],
                )
            )
    return points


# ---------- words ----------
def _paint_words(pen: ImageDraw.ImageDraw, box: Box, digits: Digits) -> None:
    """In the middle of its area, line by line."""
    area = text_area(
        box,
        decision_width=DECISION_TEXT_WIDTH,
        inset=1.2 if box.role == "side" else 2.0,
        wave=WAVE,
    )
    size, distance = SIZES[box.role]
    lines = [_painted(line, box) for line in box_lines(box, digits)]
    top = (area.y + area.height / 2 + MARGIN) * DOTS_A_MILLIMETRE
    top -= len(lines) * distance * DOTS_A_POINT / 2
    for line in lines:
        half_leading = (distance - (ASCENT + DESCENT) * size) / 2
        baseline = top + (half_leading + ASCENT * size) * DOTS_A_POINT
        _paint_line(pen, line, box, area, baseline)
        top += distance * DOTS_A_POINT


def _paint_line(
    pen: ImageDraw.ImageDraw,
    line: Sequence[_Run],
    box: Box,
    area: TextArea,
    baseline: float,
) -> None:
    size, _ = SIZES[box.role]
    width = sum(_width(run.text, size, is_bold=run.is_bold) for run in line)
    left = (area.x + MARGIN) * DOTS_A_MILLIMETRE
    is_word = box.role == "word"
    if box.role not in ON_THE_LEFT and not (is_word and box.align == "left"):
        left += (area.width * DOTS_A_MILLIMETRE - width) / 2
    if is_word:
        # Its arrow runs behind it
        beside = SIDES_OF_WORD * DOTS_A_MILLIMETRE
        above, below = ASCENT * size * DOTS_A_POINT, DESCENT * size * DOTS_A_POINT
        behind = (
            left - beside,
            baseline - above,
            left + width + beside,
            baseline + below,
        )
        pen.rectangle(behind, fill="white")
    for run in line:
        font = _font(size, is_bold=run.is_bold)
        pen.text((left, baseline), run.text, fill=run.colour, font=font, anchor="ls")
        left += _width(run.text, size, is_bold=run.is_bold)


def _painted(line: Line, box: Box) -> list[_Run]:
    """The words of a line with their looks, as book.css has them."""
    is_bold = box.role == "letter" or (box.role == "shape" and box.shape == "decision")
    colour = QUIET if box.role == "note" else INK
    looks = {"": (is_bold, colour), "caption": (True, ACCENT), "quiet": (False, QUIET)}
    return [_Run(run.text, *looks[run.look]) for run in line]


def _width(text: str, size: float, *, is_bold: bool) -> float:
    return _font(size, is_bold=is_bold).getlength(text)


@cache
def _font(size: float, *, is_bold: bool) -> ImageFont.FreeTypeFont:
    name = "Sarabun_700Bold" if is_bold else "Sarabun_400Regular"
    return ImageFont.truetype(
        str(FONTS / f"{name}.woff2"),
        size * DOTS_A_POINT,
        layout_engine=ImageFont.Layout.RAQM,
    )
