"""A panel of the flow chart as HTML: one picture of shapes and arrows, the words as boxes over it.

WeasyPrint draws the text of an SVG letter by letter, with dotted circles under Thai marks, and gives inline SVG no
alternative text: so the picture is an <img> with `alt`, and no word stands in it. Imports no Django.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import quote

from hearing_portal.thai.numbering import Digits
from manuals.flowchart import Box, Chart, Edge, FlowStep, Panel, alt_text, layout
from manuals.flowchart.paths import PathWriter, arrow_head, text_area

from .chart_words import Line, box_lines
from .typesetter import Html, Typesetter, as_html

INK, TINT = "#14181f", "#eef1f5"
PATHS = PathWriter(decimals=2)
CHART_BEGIN, CHART_END = (
    "<!--chart-->",
    "<!--/chart-->",
)  # around the panels in the HTML of a process

# Sizes in millimetres
FIRST_PANEL_HEIGHT, PANEL_HEIGHT = (
    205.0,
    211.0,
)  # of a page of its own, the legend below the last
MARGIN = 0.5  # so that strokes on the edge of the panel are not cut
HEAD_LENGTH, HEAD_HALF = 2.3, 0.95  # of an arrow
WAVE = 3.0  # depth of the wave below a document, and of the point below a connector
MOST_RADIUS = 6  # of a start or end
DECISION_TEXT_WIDTH = 37.0


@dataclass(frozen=True, slots=True)
class ChartSource:
    """What part 6 is drawn from: its heading ("6", "Flow Chart …") and the rows of part 9 of the process `name`."""

    number: str
    heading: str
    name: str
    steps: tuple[FlowStep, ...]
    digits: Digits


@dataclass(frozen=True, slots=True)
class LegendSymbol:
    """A shape of the charts, as the legend shows it: its name for those who cannot see it, and what it means."""

    name: str
    meaning: str
    drawing: str  # SVG in a field of 9 × 5

    @property
    def picture(self) -> str:
        return data_uri(
            f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 5'>{self.drawing}</svg>"
        )


LEGEND_STROKE = f"stroke='{INK}' stroke-width='.3'"
CHART_LEGEND = [
    LegendSymbol(
        name="วงรี",
        meaning="เริ่มต้นและสิ้นสุด",
        drawing=f"<rect x='.3' y='.3' width='8.4' height='4.4' rx='2.2' fill='{TINT}' {LEGEND_STROKE}/>",
    ),
    LegendSymbol(
        name="สี่เหลี่ยมผืนผ้า",
        meaning="กิจกรรม",
        drawing=f"<rect x='.3' y='.3' width='8.4' height='4.4' fill='#fff' {LEGEND_STROKE}/>",
    ),
    LegendSymbol(
        name="สี่เหลี่ยมขนมเปียกปูน",
        meaning="การตัดสินใจ",
        drawing=f"<path d='M4.5 .2L8.8 2.5L4.5 4.8L.2 2.5z' fill='#fff' {LEGEND_STROKE}/>",
    ),
    LegendSymbol(
        name="สี่เหลี่ยมขอบล่างเป็นคลื่น",
        meaning="เอกสาร",
        drawing=f"<path d='M.3 .3H8.7V3.9C6.6 2.6 6.6 2.6 4.5 3.9S2.4 5.2 .3 3.9z' fill='#fff' {LEGEND_STROKE}/>",
    ),
    LegendSymbol(
        name="ห้าเหลี่ยมปลายแหลมลง",
        meaning="ต่อกระบวนงานอื่น",
        drawing=f"<path d='M.3 .3H8.7V3.1L4.5 4.7L.3 3.1z' fill='#fff' {LEGEND_STROKE}/>",
    ),
    LegendSymbol(
        name="ลูกศร",
        meaning="ทิศทางของงาน",
        drawing=f"<path d='M.5 2.5H6.4' {LEGEND_STROKE}/><path d='M8.6 2.5L6.2 1.5V3.5z' fill='{INK}'/>",
    ),
    LegendSymbol(
        name="วงกลม",
        meaning="จุดเชื่อมต่อ",
        drawing=f"<circle cx='4.5' cy='2.5' r='2.2' fill='#fff' {LEGEND_STROKE}/>",
    ),
]


def draw_chart(source: ChartSource, first_height: float = FIRST_PANEL_HEIGHT) -> Chart:
    """The panels; the first may be `first_height` millimetres high, each other one has a page."""
    return layout(
        source.steps,
        "print",
        first_height=first_height,
        panel_height=PANEL_HEIGHT,
    )


def chart_html(source: ChartSource, panels: Sequence[Panel]) -> str:
    """All panels between CHART_BEGIN and CHART_END, each below its heading; "" without steps."""
    if not panels:
        return ""
    typesetter = Typesetter(source.digits)
    heading_number = typesetter.text(source.number)
    heading_text = typesetter.text(source.heading)
    heading = f'<span class="no">{heading_number}</span> {heading_text}'
    blocks = []
    for number, panel in enumerate(panels, start=1):
        on_panel = {box.uuid for box in panel.boxes}
        steps = [step for step in source.steps if step.uuid in on_panel]
        alt = alt_text(steps, source.name, number, len(panels))
        title = f"<h3>{heading}</h3>"
        page_class = "chart-page"
        if number > 1:
            title = f'<h3 class="again">{heading} (ต่อ)</h3>'
            page_class = "chart-page next"
        drawn = panel_html(panel, typesetter, alt)
        blocks.append(f'<div class="{page_class}">{title}\n{drawn}\n</div>')
    return f"{CHART_BEGIN}{''.join(blocks)}{CHART_END}"


def panel_html(panel: Panel, typesetter: Typesetter, alt: str) -> str:
    """The panel as a `.chart` block of its own size in millimetres."""
    picture = escape(data_uri(panel_svg(panel)))
    width = panel.width + 2 * MARGIN
    height = panel.height + 2 * MARGIN
    style = f"width:{width:.2f}mm;height:{height:.2f}mm"
    shown_alt = escape(typesetter.plain_text(alt))
    image = f'<img alt="{shown_alt}" style="{style}" src="{picture}">'
    boxes = ""
    for box in panel.boxes:
        boxes += box_html(box, typesetter.digits)
    return (
        f'<div class="chart" style="height:{panel.height:.2f}mm">{image}{boxes}</div>'
    )


def data_uri(svg: str) -> str:
    return "data:image/svg+xml," + quote(svg, safe=" ='<>/:.,-()")


# ---------- the picture ----------
def panel_svg(panel: Panel) -> str:
    width = panel.width + 2 * MARGIN
    height = panel.height + 2 * MARGIN
    drawn = []
    for edge in panel.edges:
        drawn.append(edge_svg(edge))
    for box in panel.boxes:
        drawn.append(shape_svg(box))
    view = f"{-MARGIN} {-MARGIN} {width:.2f} {height:.2f}"
    return f"<svg xmlns='http://www.w3.org/2000/svg' viewBox='{view}'>{''.join(drawn)}</svg>"


def edge_svg(edge: Edge) -> str:
    """A line that ends at the base of its arrow head."""
    head = arrow_head(edge, HEAD_LENGTH, HEAD_HALF)
    line = [*edge.points[:-1], head.base]
    points = " ".join(f"{x:.2f},{y:.2f}" for x, y in line)
    return (
        f"<polyline points='{points}' fill='none' stroke='{INK}' stroke-width='.28'/>"
        f"<path d='{PATHS.head(head)}' fill='{INK}'/>"
    )


def shape_svg(box: Box) -> str:
    """The outline of a shape or circle; "" for mere words."""
    stroke = f"stroke='{INK}' stroke-width='.32'"
    if box.role == "letter":
        radius = box.width / 2
        middle_x = box.x + radius
        middle_y = box.y + box.height / 2
        return f"<circle cx='{middle_x:.2f}' cy='{middle_y:.2f}' r='{radius:.2f}' fill='#fff' {stroke}/>"
    if box.role not in ("shape", "side"):
        return ""
    if box.shape == "decision":
        return f"<path d='{PATHS.diamond(box)}' fill='#fff' {stroke}/>"
    if box.shape == "document":
        return f"<path d='{PATHS.document(box, WAVE)}' fill='#fff' {stroke}/>"
    if box.shape == "connector":
        return f"<path d='{PATHS.connector(box, WAVE)}' fill='#fff' {stroke}/>"
    rounded = ""
    fill = "#fff"
    if box.shape in ("start", "end"):
        radius = min(box.height / 2, MOST_RADIUS)
        rounded = f"rx='{radius:.2f}' "
        fill = TINT
    position = f"x='{box.x:.2f}' y='{box.y:.2f}' width='{box.width:.2f}' height='{box.height:.2f}'"
    return f"<rect {position} {rounded}fill='{fill}' {stroke}/>"


# ---------- the words over it ----------
BOX_CLASSES = {
    "shape": "",
    "side": "small",
    "letter": "letter",
    "who": "who",
    "note": "note left",
    "word": "word",
}


def box_html(box: Box, digits: Digits) -> str:
    classes = BOX_CLASSES[box.role]
    inset = 2.0
    if box.role == "side":
        inset = 1.2
    elif box.role == "shape" and box.shape == "decision":
        classes = "ask"
    elif box.role == "word" and box.align == "left":
        classes = "word left"
    area = text_area(
        box,
        decision_width=DECISION_TEXT_WIDTH,
        inset=inset,
        wave=WAVE,
    )
    style = f"left:{area.x:.2f}mm;top:{area.y:.2f}mm;width:{area.width:.2f}mm;height:{area.height:.2f}mm"
    words = box_words(box, digits)
    return f'<div class="{classes}" style="{style}"><span>{words}</span></div>'


def box_words(box: Box, digits: Digits) -> Html:
    """In the lines that the size of the box was counted with: the printer parts none of them."""
    return Html("<br>".join(line_html(line, box) for line in box_lines(box, digits)))


def line_html(line: Line, box: Box) -> str:
    html = ""
    for run in line:
        words = as_html(run.text)
        if run.look == "caption" and box.role == "who":
            html += f"<b>{words}</b>"
        elif run.look == "caption":
            html += f'<span class="nr">{words}</span>'
        elif run.look == "quiet" and box.role == "side":
            html += f'<span class="quiet">{words}</span>'
        else:
            html += words
    return html
