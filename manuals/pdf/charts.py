"""A panel of the flow chart as HTML: one picture of shapes and arrows, the words as boxes over it.

WeasyPrint draws the text of an SVG letter by letter, with dotted circles under Thai marks, and gives inline SVG no
alternative text: so the picture is an <img> with `alt`, and no word stands in it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from hearing_portal.thai.numbering import Digits
from manuals.flowchart import Box, Chart, ChartCell, Edge, FlowStep, Panel, alt_text, layout

from .typeset import Typesetter

INK, TINT = "#14181f", "#eef1f5"
HEAD_LENGTH, HEAD_HALF = 2.3, 0.95
MARGIN = 0.5  # so that strokes on the edge of the panel are not cut
BEGIN, END = "<!--chart-->", "<!--/chart-->"  # around the panels in the HTML of a process
FIRST_PANEL, PANEL = 205.0, 216.0  # millimetres of a page of its own, the legend below the last


@dataclass(frozen=True, slots=True)
class ChartSource:
    """What part 6 is drawn from: its heading ("6", "Flow Chart …") and the rows of part 9 of the process `name`."""

    number: str
    heading: str
    name: str
    steps: tuple[FlowStep, ...]
    digits: Digits


def draw(source: ChartSource, first_height: float = FIRST_PANEL) -> Chart:
    """The panels; the first may be `first_height` millimetres high, each other one has a page."""
    return layout(source.steps, "print", first_height=first_height, panel_height=PANEL)


def chart_html(source: ChartSource, panels: Sequence[Panel]) -> str:
    """All panels between BEGIN and END, each below its heading; "" without steps."""
    if not panels:
        return ""
    typesetter = Typesetter(source.digits)
    blocks = []
    for number, panel in enumerate(panels, start=1):
        on_panel = {box.uuid for box in panel.boxes}
        steps = [step for step in source.steps if step.uuid in on_panel]
        again, next_page = (' class="again"', " next") if number > 1 else ("", "")
        heading = f'<span class="no">{typesetter.text(source.number)}</span> {typesetter.text(source.heading)}'
        drawn = panel_html(panel, typesetter, alt_text(steps, source.name, number, len(panels)))
        more = " (ต่อ)" if number > 1 else ""
        blocks.append(f'<div class="chart-page{next_page}"><h3{again}>{heading}{more}</h3>\n{drawn}\n</div>')
    return f"{BEGIN}{''.join(blocks)}{END}"


def panel_html(panel: Panel, typesetter: Typesetter, alt: str) -> str:
    """The panel as a `.chart` block of its own size in millimetres."""
    picture = data_uri(panel_svg(panel))
    style = f"width:{panel.width + 2 * MARGIN:.2f}mm;height:{panel.height + 2 * MARGIN:.2f}mm"
    boxes = "".join(_box_html(box, typesetter) for box in panel.boxes)
    image = f'<img alt="{escape(typesetter.plain_text(alt))}" style="{style}" src="{escape(picture)}">'
    return f'<div class="chart" style="height:{panel.height:.2f}mm">{image}{boxes}</div>'


def data_uri(svg: str) -> str:
    return "data:image/svg+xml," + quote(svg, safe=" ='<>/:.,-()")


def panel_svg(panel: Panel) -> str:
    width, height = panel.width + 2 * MARGIN, panel.height + 2 * MARGIN
    drawn = "".join(_edge_svg(edge) for edge in panel.edges)
    drawn += "".join(_shape_svg(box) for box in panel.boxes)
    view = f"{-MARGIN} {-MARGIN} {width:.2f} {height:.2f}"
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{view}'>{drawn}</svg>"


def _edge_svg(edge: Edge) -> str:
    """A line that ends at the base of its arrow head."""
    (x0, y0), (x1, y1) = edge.points[-2], edge.points[-1]
    length = max(((x1 - x0) ** 2 + (y1 - y0) ** 2) ** 0.5, 0.01)
    ux, uy = (x1 - x0) / length, (y1 - y0) / length
    base = (x1 - ux * HEAD_LENGTH, y1 - uy * HEAD_LENGTH)
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in (*edge.points[:-1], base))
    wing = [(base[0] - uy * HEAD_HALF, base[1] + ux * HEAD_HALF), (base[0] + uy * HEAD_HALF, base[1] - ux * HEAD_HALF)]
    head = f"M{x1:.2f} {y1:.2f}L{wing[0][0]:.2f} {wing[0][1]:.2f}L{wing[1][0]:.2f} {wing[1][1]:.2f}z"
    line = f"<polyline points='{points}' fill='none' stroke='{INK}' stroke-width='.28'/>"
    return f"{line}<path d='{head}' fill='{INK}'/>"


def _shape_svg(box: Box) -> str:
    if box.role not in ("shape", "side", "letter"):
        return ""
    x, y, w, h = box.x, box.y, box.width, box.height
    stroke = f"stroke='{INK}' stroke-width='.32'"
    if box.role == "letter":
        return f"<circle cx='{x + w / 2:.2f}' cy='{y + h / 2:.2f}' r='{w / 2:.2f}' fill='#fff' {stroke}/>"
    if box.shape == "decision":
        path = (
            f"M{x + w / 2:.2f} {y:.2f}L{x + w:.2f} {y + h / 2:.2f}L{x + w / 2:.2f} {y + h:.2f}L{x:.2f} {y + h / 2:.2f}z"
        )
        return f"<path d='{path}' fill='#fff' {stroke}/>"
    if box.shape == "document":
        return f"<path d='{_document_path(x, y, w, h)}' fill='#fff' {stroke}/>"
    rounded, fill = ("", "#fff")
    if box.shape in ("start", "end", "connector"):
        rounded, fill = f"rx='{min(h / 2, 6):.2f}' ", TINT
    return f"<rect x='{x:.2f}' y='{y:.2f}' width='{w:.2f}' height='{h:.2f}' {rounded}fill='{fill}' {stroke}/>"


def _document_path(x: float, y: float, w: float, h: float) -> str:
    """A sheet with a wavy lower edge, 3 mm deep."""
    low = y + h - 1.5
    wave = f"C{x + w * 0.75:.2f} {low - 3:.2f} {x + w * 0.75:.2f} {low - 3:.2f} {x + w / 2:.2f} {low:.2f}"
    wave += f"S{x + w * 0.25:.2f} {low + 3:.2f} {x:.2f} {low:.2f}"
    return f"M{x:.2f} {y:.2f}H{x + w:.2f}V{low:.2f}{wave}z"


def _box_html(box: Box, typesetter: Typesetter) -> str:
    classes = {"shape": "", "side": "small", "letter": "letter", "who": "who", "note": "note left", "word": "word"}[
        box.role
    ]
    if box.role == "shape" and box.shape == "decision":
        classes = "ask"
    if box.align == "left" and box.role == "word":
        classes += " left"
    x, y, width, height = _inner(box)
    place = f"left:{x:.2f}mm;top:{y:.2f}mm;width:{width:.2f}mm;height:{height:.2f}mm"
    return f'<div class="{classes}" style="{place}"><span>{_words(box, typesetter)}</span></div>'


def _inner(box: Box) -> tuple[float, float, float, float]:
    """Where the words of a box stand."""
    if box.role in ("word", "letter", "note", "who"):
        return box.x, box.y, box.width, box.height
    if box.shape == "decision":
        width = min(37.0, box.width)
        return box.x + (box.width - width) / 2, box.y, width, box.height
    inset = 1.2 if box.role == "side" else 2.0
    low = 3.0 if box.shape == "document" else 0.0
    return box.x + inset, box.y, box.width - 2 * inset, box.height - low


def _words(box: Box, typesetter: Typesetter) -> str:
    words = typesetter.tight(box.text)
    if box.role == "who":
        words = f"<b>{words}</b>" if words else ""
        return "<br>".join(part for part in (words, typesetter.tight(box.actor)) if part)
    if box.role == "side":
        actor = f'<br><span class="quiet">{typesetter.tight(box.actor)}</span>' if box.actor else ""
        return f'<span class="nr">{typesetter.text(box.label)}</span> {words}{actor}' if box.label else words + actor
    return words


# ---------- the chart column of the summary table (millimetres from the padding edge of the cell) ----------
COLUMN = 40.0
LANE = 3.0
SHAPE_WIDTH = {"decision": 27.0}
BOX_WIDTH = 23.0


def cell_style(cell: ChartCell) -> str:
    """The lines of a cell as backgrounds: they follow the height of the row and run over page breaks."""
    layers: list[tuple[str, str, str]] = []
    if cell.above and cell.below:
        layers.append(("--line", "center", ".8pt 100%"))
    elif cell.above or cell.below:
        layers.append(("--line", "center top" if cell.above else "center bottom", ".8pt 50%"))
    edge = (COLUMN - 0.35 - SHAPE_WIDTH.get(cell.step.shape, BOX_WIDTH)) / 2
    layers += _side_lines(cell.back, edge, "left", "top", "bottom")
    layers += _side_lines(cell.ahead, edge, "right", "bottom", "top")
    if not layers:
        return ""
    images = ",".join(f"var({image})" for image, _, _ in layers)
    places = ",".join(place for _, place, _ in layers)
    sizes = ",".join(size for _, _, size in layers)
    return f"background-image:{images};background-position:{places};background-size:{sizes}"


def _side_lines(parts: frozenset[str], edge: float, side: str, leaves: str, arrives: str) -> list[tuple[str, str, str]]:
    """A line at `LANE` from one side of the cell; a source leaves towards `leaves`, a target is reached from
    `arrives`. `edge` is the distance from the cell's side to the shape."""
    layers = []
    if "through" in parts:
        layers.append(("--line", f"{side} {LANE}mm top", ".8pt 100%"))
    if "source" in parts:
        layers.append(("--line", f"{side} {LANE}mm {leaves}", ".8pt 50%"))
        layers.append(("--line", f"{side} {LANE}mm center", f"{edge - LANE:.2f}mm .8pt"))
    if "target" in parts:
        head = "--head-right" if side == "left" else "--head-left"
        layers.append(("--line", f"{side} {LANE}mm {arrives}", ".8pt 50%"))
        layers.append(("--line", f"{side} {LANE}mm center", f"{edge - LANE - 2.2:.2f}mm .8pt"))
        layers.append((head, f"{side} {edge - 2.2:.2f}mm center", "2.2mm 1.8mm"))
    return layers
