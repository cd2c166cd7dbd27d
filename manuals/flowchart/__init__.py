"""Part 6 drawn from the rows of part 9: where every shape, arrow and word of a flow chart stands.

Pure geometry, in the order of its steps:

    steps.py           the rows of part 9 as FlowSteps, and what the picture says to somebody who cannot see it
    flow.py            steps → Flow: which step leads where, which stand on the main line, which beside a decision
    routes.py          Flow → PanelRoutes: which line every branch takes on a panel, or its lettered circle
    row_heights.py     PanelRoutes → PanelPlan: how high every row is, and the gap above it
    drawing.py         PanelPlan → PanelDrawing: the rows at their heights, ready for boxes and edges
    boxes.py           the shapes, actors, lettered circles and notes
    edges.py           the arrows
    branch_labels.py   the words on the arrows ("ครบ", "ไม่ครบ")
    panels.py          `layout`: all of this for each page, or once for the screen → Chart of Panels
    paths.py           shapes and arrow heads as SVG paths
    svg.py             a Panel as SVG for the screen; manuals/pdf/charts.py prints one
    summary_column.py  the chart column of the summary table, whose lines follow the height of the rows
    total_time.py      how long the longest way through the chart takes

chart.py has what comes out (Chart, Panel, Box, Edge), media.py the columns and sizes of the two media: millimetres for
print (160 wide), units for the screen (340 wide, one pixel each on a telephone); measure.py says how much room words
take. Nothing here fails on odd input: what cannot be drawn stands in `problems`.
"""

from .chart import Box, Chart, Edge, Panel, Point
from .measure import short_text, text_width
from .media import MEDIA, PRINT, SCREEN, Medium
from .panels import layout
from .steps import FlowStep, alt_text, step_text, steps_from_entries
from .summary_column import ChartCell, chart_column
from .total_time import TotalTime, read_time, total_time

__all__ = [
    "MEDIA",
    "PRINT",
    "SCREEN",
    "Box",
    "Chart",
    "ChartCell",
    "Edge",
    "FlowStep",
    "Medium",
    "Panel",
    "Point",
    "TotalTime",
    "alt_text",
    "chart_column",
    "layout",
    "read_time",
    "short_text",
    "step_text",
    "steps_from_entries",
    "text_width",
    "total_time",
]
