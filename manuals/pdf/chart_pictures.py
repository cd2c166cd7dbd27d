"""The flow chart of a process as pictures, for documents that are not printed: the panels of the book, drawn by the
same printer, each cut out of its page."""

import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pypdfium2

from hearing_portal.thai.numbering import Digits
from manuals.entries import EntryView
from manuals.flowchart import Panel, alt_text

from .charts import MARGIN, ChartSource, draw_chart, panel_html
from .fetcher import BookFetcher
from .process import chart_source
from .render import lay_out
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


def draw_chart_pictures(
    section: EntryView, entries: Sequence[EntryView], digits: Digits
) -> list[ChartPicture]:
    """Of a process and its clauses; none without steps."""
    source = chart_source(section, entries, digits)
    panels = draw_chart(source).panels
    if not panels:
        return []
    typesetter = Typesetter(digits)
    alts = [_alt_of(source, panels, number) for number in range(1, len(panels) + 1)]
    pages = ""
    for panel, alt in zip(panels, alts, strict=True):
        pages += (
            f'<div class="chart-picture">{panel_html(panel, typesetter, alt)}</div>'
        )
    html = f'<html lang="th"><body>{pages}</body></html>'
    pdf = pypdfium2.PdfDocument(_print(html))
    try:
        pictures = []
        for page, panel, alt in zip(pdf, panels, alts, strict=True):
            width = panel.width + 2 * MARGIN
            height = panel.height + 2 * MARGIN
            png = _cut_out(page, width, height)
            shown = typesetter.plain_text(alt)
            pictures.append(ChartPicture(png, shown, width, height))
        return pictures
    finally:
        pdf.close()


def _alt_of(source: ChartSource, panels: Sequence[Panel], number: int) -> str:
    on_panel = {box.uuid for box in panels[number - 1].boxes}
    steps = [step for step in source.steps if step.uuid in on_panel]
    return alt_text(steps, source.name, number, len(panels))


def _print(html: str) -> bytes:
    document = lay_out(html, BookFetcher())
    pdf: bytes = document.write_pdf()
    return pdf


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
