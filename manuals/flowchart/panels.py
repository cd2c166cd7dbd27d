"""The chart of a process: panels that fit on their pages, or one for the screen."""

from collections.abc import Sequence
from typing import Literal

from hearing_portal.thai.numbering import letter_for

from .boxes import add_actor, add_main_shape
from .chart import Chart, Panel
from .drawing import ConnectorLetters, PanelDrawing
from .edges import (
    draw_branch,
    draw_circle_into_row,
    draw_line_from_page_before,
    draw_right_of_shape,
)
from .flow import Flow, FlowRow
from .media import MEDIA
from .routes import PanelRoutes, RouteKind
from .row_heights import PanelPlan
from .steps import FlowStep

FIRST_PANEL, PANEL = 205.0, 228.0  # millimetres on a page
FEWEST_LAST_ROWS = 3  # on the last page
MOST_EXTRA_GAP = 4.0  # millimetres between two rows, where a page has room to spare


def layout(
    steps: Sequence[FlowStep],
    medium: Literal["print", "screen"] = "print",
    *,
    first_height: float = FIRST_PANEL,
    panel_height: float = PANEL,
) -> Chart:
    """The chart of the steps in reading order. The screen has one panel of any height; no steps, no panel."""
    flow = Flow(steps, MEDIA[medium])
    problems = tuple(flow.problems)
    if not flow.steps:
        return Chart((), problems)
    rows = flow.rows()
    ranges = [(0, len(rows))]
    if medium == "print":
        ranges = page_ranges(flow, rows, first_height, panel_height)
    plans = [plan_panel(flow, rows, start, end) for start, end in ranges]
    letters = connector_letters(plans)
    panels = []
    page_height = first_height
    for plan in plans[:-1]:
        # A page that goes on overleaf is filled to its foot
        spare = page_height - plan.height
        gaps = max(1, len(plan.heights) - 1)
        extra_gap = min(MOST_EXTRA_GAP, spare / gaps)
        extra_gap = max(0.0, extra_gap)
        panels.append(draw_plan(plan, letters, extra_gap))
        page_height = panel_height
    panels.append(draw_plan(plans[-1], letters, extra_gap=0.0))
    return Chart(tuple(panels), problems)


def plan_panel(
    flow: Flow,
    rows: Sequence[FlowRow],
    start: int,
    end: int,
) -> PanelPlan:
    routes = PanelRoutes(flow, rows, start, end)
    return PanelPlan(routes)


def page_ranges(
    flow: Flow,
    rows: Sequence[FlowRow],
    first_height: float,
    panel_height: float,
) -> list[tuple[int, int]]:
    """(first row, row after the last) of each page: as many as fit, but never one or two alone on the last."""
    ranges: list[tuple[int, int]] = []
    start = 0
    limit = first_height
    while start < len(rows):
        end = start + 1
        while end < len(rows):
            with_next_row = plan_panel(flow, rows, start, end + 1)
            if with_next_row.height > limit:
                break
            end += 1
        ranges.append((start, end))
        start = end
        limit = panel_height
    if len(ranges) < 2:
        return ranges
    start_before_last, _ = ranges[-2]
    last_start, last_end = ranges[-1]
    if last_end - last_start < FEWEST_LAST_ROWS:
        # Rows of the page before are taken along, where it keeps as many itself
        new_start = last_end - FEWEST_LAST_ROWS
        leaves_enough = new_start - start_before_last >= FEWEST_LAST_ROWS
        if not leaves_enough:
            return ranges
        new_last = plan_panel(flow, rows, new_start, last_end)
        if new_last.height <= panel_height:
            ranges[-2:] = [
                (start_before_last, new_start),
                (new_start, last_end),
            ]
    return ranges


def connector_letters(plans: Sequence[PanelPlan]) -> ConnectorLetters:
    """A letter for each page break, then for each shape that circles lead into, in order of use."""
    letters = ConnectorLetters()
    number = 0
    for plan in plans:
        route = plan.routes.next_page_route
        if route is not None:
            number += 1
            letters.page_breaks[route.target] = letter_for(number)
    for plan in plans:
        for route in plan.routes.routes:
            if route.kind is RouteKind.LETTER and route.target not in letters.targets:
                number += 1
                letters.targets[route.target] = letter_for(number)
    return letters


def draw_plan(plan: PanelPlan, letters: ConnectorLetters, extra_gap: float) -> Panel:
    drawing = PanelDrawing(plan, letters, extra_gap)
    routes = plan.routes
    for number in range(len(routes.rows)):
        add_main_shape(drawing, number)
        add_actor(drawing, number)
        draw_right_of_shape(drawing, number)
    if routes.comes_from_page_before:
        draw_line_from_page_before(drawing)
    for number in sorted(routes.rows_with_circle):
        draw_circle_into_row(drawing, number)
    for route in routes.routes:
        draw_branch(drawing, route)
    return drawing.panel
