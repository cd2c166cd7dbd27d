"""The flow chart of a process as pictures, for documents that are not printed: the panels of the book."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from hearing_portal.thai.numbering import Digits, display_digits
from manuals.entries import EntryView
from manuals.flowchart import Panel, alt_text

from .chart_painting import paint_panel
from .charts import MARGIN, ChartSource, draw_chart
from .process import chart_source


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A panel as PNG, with its size on paper in millimetres and what it says to somebody who cannot see it."""

    png: bytes
    alt: str
    width: float
    height: float


def draw_chart_pictures(
    processes: Mapping[UUID, tuple[EntryView, Sequence[EntryView]]],
    digits: Digits,
    *,
    progress: Callable[[int, int], None] | None = None,
) -> dict[UUID, list[ChartPicture]]:
    """{process: its pictures} of processes and their clauses; without steps there are none."""
    pictures = {}
    for number, (uuid, (section, entries)) in enumerate(processes.items(), start=1):
        source = chart_source(section, entries, digits)
        panels = draw_chart(source).panels
        if panels:
            pictures[uuid] = _picture_panels(source, panels)
        if progress is not None:
            progress(number, len(processes))
    return pictures


def _picture_panels(source: ChartSource, panels: Sequence[Panel]) -> list[ChartPicture]:
    pictures = []
    for number, panel in enumerate(panels, start=1):
        alt = display_digits(_alt_of(source, panels, number), source.digits)
        pictures.append(
            ChartPicture(
                paint_panel(panel, source.digits),
                alt,
                panel.width + 2 * MARGIN,
                panel.height + 2 * MARGIN,
            )
        )
    return pictures


def _alt_of(source: ChartSource, panels: Sequence[Panel], number: int) -> str:
    on_panel = {box.uuid for box in panels[number - 1].boxes}
    steps = [step for step in source.steps if step.uuid in on_panel]
    return alt_text(steps, source.name, number, len(panels))
