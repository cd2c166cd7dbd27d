"""Part 6 drawn from the rows of part 9: where every shape, arrow and word of a flow chart stands.

Pure geometry. `layout` gives panels of boxes and edges, in millimetres for print (160 wide) or in units for the
screen (340 wide, one pixel each on a telephone). `column` gives the chart column of the summary table, whose lines
follow the height of the rows. Nothing here fails on odd input: what cannot be drawn stands in `problems`.
"""

from .chart import MEDIA, PRINT, SCREEN, Box, Chart, Edge, FlowStep, Medium, Panel, Point
from .column import ChartCell, column
from .layout import alt_text, layout, steps_from_entries
from .measure import short_text, text_width

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
    "alt_text",
    "column",
    "layout",
    "short_text",
    "steps_from_entries",
    "text_width",
]
