"""Pages that fill: the chart of a process cut to the room it finds, a nearly empty page spared by tighter lines.

How much room the clauses leave for the chart is known only once they are laid out. So they are laid out alone before
the whole document is, which takes a tenth of its time; the chart is then drawn again where that fills the page.
"""

from collections.abc import Callable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from manuals.flowchart import Chart

from .charts import CHART_BEGIN, CHART_END, ChartSource, chart_html, draw_chart
from .long_rows import LongRows, find_long_rows, let_run_on

LayOut = Callable[[str], Any]  # HTML → WeasyPrint's document
MILLIMETRE = 96 / 25.4  # CSS pixels
# All in millimetres of an upright page
TOP, BOTTOM = 27.0, 270.0  # where its text begins and ends, from its top
HEADING = 18.0  # the heading of part 6 with the space around it
LEGEND = 16.5
LEAST_ROOM = 120.0  # with less than this below the clauses, a chart that fits on a page of its own stays whole
LEAST_ROOM_IF_CUT = 75.0  # the same where the chart has several panels anyway
LONGEST_TAIL = 36.0  # on the last page, that tighter lines may bring back
LEAST_ROWS = 3  # of a first panel
# Of the document's outer element, which gets the class "tight"
FIRST_CLASS = ' class="'
TIGHT_CLASS = ' class="tight '
CHART_MARK = "chart-begins"


def lay_out_full_pages(html: str, chart: ChartSource | None, lay_out: LayOut) -> Any:
    """The document with its chart cut to the room it finds, set tighter when that spares a nearly empty page."""
    html, document = lay_out_long_rows(html, chart, lay_out)
    tail = tail_height(document)
    if tail <= 0 or tail > LONGEST_TAIL:
        return document
    tight_html = html.replace(FIRST_CLASS, TIGHT_CLASS, 1)
    # Tighter lines leave the chart more room: it is fitted anew
    _, tighter = lay_out_long_rows(tight_html, chart, lay_out)
    if len(tighter.pages) < len(document.pages):
        return tighter
    return document


def lay_out_long_rows(
    html: str, chart: ChartSource | None, lay_out: LayOut
) -> tuple[str, Any]:
    """(the HTML in which rows that are longer than a page run on over its end, its document)."""
    running_on = html
    known = LongRows()
    while True:
        document = lay_out(fitted_html(running_on, chart, lay_out))
        # The chart has no tables: they are counted alike with it and without it
        long_rows = known.and_those_of(find_long_rows(document))
        if long_rows == known:
            return running_on, document
        known = long_rows
        running_on = let_run_on(html, known)


def fitted_html(html: str, source: ChartSource | None, lay_out: LayOut) -> str:
    """The HTML with the chart that suits its page."""
    before, begin, rest = html.partition(CHART_BEGIN)
    if not begin or source is None:
        return html
    room = room_below_clauses(before, lay_out)
    chart = suiting_chart(source, room)
    drawn = chart_html(source, chart.panels)
    _, _, after = rest.partition(CHART_END)
    return f"{before}{drawn}{after}"


def suiting_chart(source: ChartSource, room: float) -> Chart:
    """The chart for `room` millimetres below its heading: whole panels, or a first one as high as the room."""
    whole = draw_chart(source)
    needed = whole.panels[0].height
    least_room = LEAST_ROOM_IF_CUT
    if len(whole.panels) == 1:
        # The legend stands below the last panel
        needed += LEGEND
        least_room = LEAST_ROOM
    if needed <= room or room < least_room:
        return whole
    cut = draw_chart(source, room)
    first = cut.panels[0]
    # A single row stays on its panel even where it is higher than the room
    if first.height > room + 0.1:
        return whole
    rows = 0
    for box in first.boxes:
        if box.role == "shape":
            rows += 1
    if rows < LEAST_ROWS:
        return whole
    return cut


def room_below_clauses(before: str, lay_out: LayOut) -> float:
    """Millimetres for a panel on the page where the clauses end; `before` is the HTML up to the chart."""
    document = lay_out(f'{before}<div id="{CHART_MARK}"></div></article></body></html>')
    for page in reversed(document.pages):
        if CHART_MARK in page.anchors:
            _, top, _, _ = page.anchors[CHART_MARK]
            clauses_end = float(top) / MILLIMETRE
            return BOTTOM - clauses_end - HEADING
    raise LookupError("the mark at the end of the clauses stands on no page")


def tail_height(document: Any) -> float:
    """Millimetres of text on the last upright page, which part 9 may follow; 0 for the only one."""
    upright = [page for page in document.pages if page.height > page.width]
    if len(upright) < 2:
        return 0.0
    lowest = 0.0
    for box in body_boxes(upright[-1]):
        if isinstance(box, boxes.LineBox | boxes.ReplacedBox):
            bottom = box.position_y + box.height
            lowest = max(lowest, bottom)
    return lowest / MILLIMETRE - TOP


def body_boxes(page: Any) -> Iterator[Any]:
    """The boxes of a page without its running head."""
    body = page._page_box.children[0]
    yield from body.descendants()


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
            group_height = end - group.position_y
            table_height = end - table.content_box_y()
            group.height = min(group.height, group_height)
            table.height = min(table.height, table_height)
