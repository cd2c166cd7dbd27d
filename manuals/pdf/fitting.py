"""Pages that fill: the chart of a process cut to the room it finds, a nearly empty page spared by tighter lines.

How much room the clauses leave for the chart is known only once they are laid out. So they are laid out alone before
the whole document is, which takes a tenth of its time; the chart is then drawn again where that fills the page.
"""

from collections.abc import Callable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from manuals.flowchart import Chart

from .charts import CHART_BEGIN, CHART_END, ChartSource, chart_html, draw_chart

LayOut = Callable[[str], Any]  # HTML → WeasyPrint's document
MILLIMETRE = 96 / 25.4  # CSS pixels
# All in millimetres of an upright page
TOP, BOTTOM = 27.0, 270.0  # where its text begins and ends, from its top
HEADING = 18.0  # the heading of part 6 with the space around it
LEGEND = 12.0
LEAST_ROOM = 120.0  # with less than this below the clauses, a chart that fits on a page of its own stays whole
LEAST_ROOM_IF_CUT = 75.0  # the same where the chart has several panels anyway
LONGEST_TAIL = 36.0  # on the last page, that tighter lines may bring back
LEAST_ROWS = 3  # of a first panel
FIRST_CLASS = ' class="'  # of the document's outer element, which gets the class "tight"
TIGHT_CLASS = ' class="tight '
CHART_MARK = "chart-begins"


def lay_out_full_pages(html: str, chart: ChartSource | None, lay_out: LayOut) -> Any:
    """The document with its chart cut to the room it finds, set tighter when that spares a nearly empty page."""
    document = lay_out(fitted_html(html, chart, lay_out))
    tail = tail_height(document)
    if tail <= 0 or tail > LONGEST_TAIL:
        return document
    tight_html = html.replace(FIRST_CLASS, TIGHT_CLASS, 1)
    tighter = lay_out(fitted_html(tight_html, chart, lay_out))
    if len(tighter.pages) < len(document.pages):
        return tighter
    return document


def fitted_html(html: str, source: ChartSource | None, lay_out: LayOut) -> str:
    """The HTML with the chart that suits its page."""
    before, begin, rest = html.partition(CHART_BEGIN)
    if not begin or source is None:
        return html
    chart = suiting_chart(source, room_below_clauses(before, lay_out))
    _, _, after = rest.partition(CHART_END)
    return f"{before}{chart_html(source, chart.panels)}{after}"


def suiting_chart(source: ChartSource, room: float) -> Chart:
    """The chart for `room` millimetres below its heading: whole panels, or a first one as high as the room."""
    whole = draw_chart(source)
    needed = whole.panels[0].height
    least_room = LEAST_ROOM_IF_CUT
    if len(whole.panels) == 1:
        needed += LEGEND
        least_room = LEAST_ROOM
    if needed <= room or room < least_room:
        return whole
    cut = draw_chart(source, room)
    first = cut.panels[0]
    rows = [box for box in first.boxes if box.role == "shape"]
    if first.height <= room + 0.1 and len(rows) >= LEAST_ROWS:
        return cut
    return whole


def room_below_clauses(before: str, lay_out: LayOut) -> float:
    """Millimetres for a panel on the page where the clauses end; `before` is the HTML up to the chart."""
    document = lay_out(f'{before}<div id="{CHART_MARK}"></div></article></body></html>')
    for page in reversed(document.pages):
        if CHART_MARK in page.anchors:
            _, top, _, _ = page.anchors[CHART_MARK]
            return BOTTOM - float(top) / MILLIMETRE - HEADING
    raise LookupError("the mark at the end of the clauses stands on no page")


def tail_height(document: Any) -> float:
    """Millimetres of text on the last upright page, which part 9 may follow; 0 for the only one."""
    upright = [page for page in document.pages if page.height > page.width]
    if len(upright) < 2:
        return 0.0
    lowest = 0.0
    for box in body_boxes(upright[-1]):
        if isinstance(box, boxes.LineBox | boxes.ReplacedBox):
            lowest = max(lowest, box.position_y + box.height)
    return lowest / MILLIMETRE - TOP


def body_boxes(page: Any) -> Iterator[Any]:
    """The boxes of a page without its running head."""
    yield from page._page_box.children[0].descendants()


def end_tables_at_their_rows(document: Any) -> None:
    """WeasyPrint keeps the height of rows it moves overleaf: the closing rule stood below a gap."""
    for page in document.pages:
        for table in body_boxes(page):
            if not isinstance(table, boxes.TableBox) or not table.children:
                continue
            group = table.children[-1]
            if not group.children:
                continue
            end = max(row.position_y + row.height for row in group.children)
            group.height = min(group.height, end - group.position_y)
            table.height = min(table.height, end - table.content_box_y())
