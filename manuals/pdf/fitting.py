"""Pages that fill: the chart of a process cut to the room it finds, a nearly empty page spared by tighter lines.

How much room the clauses leave for the chart is known only once they are laid out. So they are laid out alone before
the whole document is, which takes a tenth of its time; the chart is then drawn again where that fills the page.
"""

from collections.abc import Callable, Iterator
from typing import Any

from weasyprint.formatting_structure import boxes

from manuals.flowchart import Chart

from .charts import BEGIN, END, ChartSource, chart_html, draw

LayOut = Callable[[str], Any]  # HTML → WeasyPrint's document
MILLIMETRE = 96 / 25.4  # CSS pixels
TOP, BOTTOM = 27.0, 270.0  # where the text of an upright page begins and ends, in millimetres from its top
HEADING = 18.0  # the heading of part 6 with the space around it
LEGEND = 12.0
WORTH = 120.0  # leave less than this below the clauses, and a chart that has a page of its own stays whole
WORTH_CUT = 75.0  # the same where the chart has several panels anyway
LEAST_ROWS = 3  # of a first panel
TAIL = 36.0  # millimetres on the last upright page that tighter lines may bring back
TIGHT = ' class="tight '
_MARK = "chart-begins"


def lay_out_full_pages(html: str, chart: ChartSource | None, lay_out: LayOut) -> Any:
    """The document with its chart cut to the room it finds, set tighter when that spares a nearly empty page."""
    document = lay_out(fitted_html(html, chart, lay_out))
    if not 0 < _tail(document) <= TAIL:
        return document
    tighter = lay_out(fitted_html(html.replace(' class="', TIGHT, 1), chart, lay_out))
    return tighter if len(tighter.pages) < len(document.pages) else document


def fitted_html(html: str, source: ChartSource | None, lay_out: LayOut) -> str:
    """The HTML with the chart that suits its page."""
    before, begin, rest = html.partition(BEGIN)
    if not begin or source is None:
        return html
    chart = suiting_chart(source, _room(before, lay_out))
    _, _, after = rest.partition(END)
    return f"{before}{chart_html(source, chart.panels)}{after}"


def suiting_chart(source: ChartSource, room: float) -> Chart:
    """The chart for `room` millimetres below its heading: whole panels, or a first one as high as the room."""
    whole = draw(source)
    is_single = len(whole.panels) == 1
    needed = whole.panels[0].height + (LEGEND if is_single else 0)
    if needed <= room or room < (WORTH if is_single else WORTH_CUT):
        return whole
    cut = draw(source, room)
    first = cut.panels[0]
    rows = sum(box.role == "shape" for box in first.boxes)
    return cut if first.height <= room + 0.1 and rows >= LEAST_ROWS else whole


def _room(before: str, lay_out: LayOut) -> float:
    """Millimetres for a panel on the page where the clauses end."""
    pages = lay_out(f'{before}<div id="{_MARK}"></div></article></body></html>').pages
    top = next(page.anchors[_MARK][1] for page in reversed(pages) if _MARK in page.anchors)
    return BOTTOM - top / MILLIMETRE - HEADING


def _tail(document: Any) -> float:
    """Millimetres of text on the last upright page, which part 9 may follow; 0 for the only one."""
    upright = [page for page in document.pages if page.height > page.width]
    if len(upright) < 2:
        return 0.0
    lines = [box for box in _body(upright[-1]) if isinstance(box, boxes.LineBox | boxes.ReplacedBox)]
    return max((box.position_y + box.height for box in lines), default=0.0) / MILLIMETRE - TOP


def _body(page: Any) -> Iterator[Any]:
    """The boxes of a page without its running head."""
    return page._page_box.children[0].descendants()


def end_tables_at_their_rows(document: Any) -> None:
    """WeasyPrint keeps the height of rows it moves overleaf: the closing rule stood below a gap."""
    for page in document.pages:
        for table in _body(page):
            if isinstance(table, boxes.TableBox) and table.children and table.children[-1].children:
                group = table.children[-1]
                end = max(row.position_y + row.height for row in group.children)
                group.height = min(group.height, end - group.position_y)
                table.height = min(table.height, end - table.content_box_y())
