"""The flow chart of a process as pictures, for documents that are not printed: the panels of the book, drawn by the
same printer, each cut out of its page."""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pypdfium2

from hearing_portal.thai.numbering import Digits
from manuals.entries import EntryView
from manuals.flowchart import Panel, alt_text

from .charts import MARGIN, ChartSource, draw_chart, panel_html
from .chunks import Document
from .process import chart_source
from .render_pool import print_documents
from .typesetter import Typesetter

DOTS = 170  # an inch
POINTS_A_MILLIMETRE = 72 / 25.4


@dataclass(frozen=True, slots=True)
class ChartPicture:
    """A panel as PNG, with its size on paper in millimetres and what it says to somebody who cannot see it."""

    png: bytes
    alt: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class _DrawnChart:
    """The panels of a process before they are printed."""

    source: ChartSource
    panels: Sequence[Panel]
    alts: Sequence[str]  # as they are shown

    def document(self, digits: Digits) -> Document:
        typesetter = Typesetter(digits)
        pages = ""
        for panel, alt in zip(self.panels, self.alts, strict=True):
            drawn = panel_html(panel, typesetter, alt)
            pages += f'<div class="chart-picture">{drawn}</div>'
        html = f'<html lang="th"><body>{pages}</body></html>'
        return Document(self.source.name, html, tagged=False)


def draw_chart_pictures(
    processes: Mapping[UUID, tuple[EntryView, Sequence[EntryView]]],
    digits: Digits,
    *,
    cache_dir: Path | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> dict[UUID, list[ChartPicture]]:
    """{process: its pictures} of processes and their clauses; without steps there are none. Printed by the workers of
    the book, and kept where its chunks are."""
    typesetter = Typesetter(digits)
    charts = {}
    for uuid, (section, entries) in processes.items():
        source = chart_source(section, entries, digits)
        panels = draw_chart(source).panels
        if panels:
            alts = []
            for number in range(1, len(panels) + 1):
                alt = _alt_of(source, panels, number)
                alts.append(typesetter.plain_text(alt))
            charts[uuid] = _DrawnChart(source, panels, alts)
    documents = [chart.document(digits) for chart in charts.values()]
    printed, _ = print_documents(documents, cache_dir=cache_dir, progress=progress)
    pictures = {}
    for (uuid, chart), each in zip(charts.items(), printed, strict=True):
        pictures[uuid] = _cut_panels(each.pdf, chart)
    return pictures


def _cut_panels(raw: bytes, chart: _DrawnChart) -> list[ChartPicture]:
    pdf = pypdfium2.PdfDocument(raw)
    try:
        pictures = []
        for page, panel, alt in zip(pdf, chart.panels, chart.alts, strict=True):
            width = panel.width + 2 * MARGIN
            height = panel.height + 2 * MARGIN
            png = _cut_out(page, width, height)
            pictures.append(ChartPicture(png, alt, width, height))
        return pictures
    finally:
        pdf.close()


def _alt_of(source: ChartSource, panels: Sequence[Panel], number: int) -> str:
    on_panel = {box.uuid for box in panels[number - 1].boxes}
    steps = [step for step in source.steps if step.uuid in on_panel]
    return alt_text(steps, source.name, number, len(panels))


def _cut_out(page: Any, width: float, height: float) -> bytes:
    """The upper left corner of the page, this many millimetres wide and high."""
    page_width, page_height = page.get_size()
    right = max(0, page_width - width * POINTS_A_MILLIMETRE)
    bottom = max(0, page_height - height * POINTS_A_MILLIMETRE)
    # What is printed in colour there is nearly grey, and a grey picture is a third as large
    bitmap = page.render(scale=DOTS / 72, crop=(0, bottom, right, 0), grayscale=True)
    png = io.BytesIO()
    bitmap.to_pil().save(png, "PNG")
    return png.getvalue()
