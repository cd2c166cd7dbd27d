"""One document printed by WeasyPrint: PDF bytes and what the book needs to know about them. Imports no Django."""

import hashlib
import io
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cache
from typing import Any

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from . import structure, text_layer
from .charts import ChartSource
from .fetcher import BookFetcher
from .fitting import end_tables_at_their_rows, lay_out_full_pages

POINT = 0.75  # points in a CSS pixel
LINE_HEIGHT, ASCENT = 1.3, 1.068  # of Sarabun, in em
SLOT = "pn-"
# 60 letters without a space: in ten centimetres at 16 pt they must take two lines or more
UNBROKEN = "สำนักงานเขตพื้นที่การศึกษาจัดทำคู่มือการปฏิบัติงานของข้าราชการ"


class PrintRefused(RuntimeError):
    """A document asked for something outside the book, or the machine cannot print Thai."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A place left empty for a page number: points from the top left corner; `mcid` is its marked content."""

    page: int
    mcid: int
    left: float
    right: float
    baseline: float
    size: float


@dataclass(slots=True)
class Manifest:
    """What stands where in a printed chunk. Pages count from 0, distances are points from the top left."""

    pages: list[tuple[float, float]] = field(default_factory=list)
    anchors: dict[str, tuple[int, float]] = field(default_factory=dict)
    headings: list[tuple[int, str, int, float]] = field(default_factory=list)
    slots: dict[str, Slot] = field(default_factory=dict)
    glyphs: dict[str, dict[int, tuple[str, bool]]] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps(asdict(self), ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        values = json.loads(text)
        values["pages"] = [tuple(size) for size in values["pages"]]
        values["anchors"] = {name: tuple(place) for name, place in values["anchors"].items()}
        values["headings"] = [tuple(heading) for heading in values["headings"]]
        values["slots"] = {name: Slot(**slot) for name, slot in values["slots"].items()}
        values["glyphs"] = {
            font: {int(glyph): tuple(known) for glyph, known in glyphs.items()}
            for font, glyphs in values["glyphs"].items()
        }
        return cls(**values)


@dataclass(frozen=True, slots=True)
class Printed:
    pdf: bytes
    manifest: Manifest


@cache
def _style() -> tuple[CSS, FontConfiguration]:
    """The style sheet and its fonts, read once in a process."""
    fonts = FontConfiguration()
    fetcher = BookFetcher()
    return CSS(url="book:book.css", url_fetcher=fetcher, font_config=fonts), fonts


def render_chunk(
    html: str,
    pictures: Mapping[str, tuple[str, bytes]] | None = None,
    *,
    tagged: bool = True,
    chart: ChartSource | None = None,
) -> Printed:
    """Print one HTML document. `pictures` are {key: (media type, bytes)} for `book:picture/KEY`; a `chart` is drawn
    so that it fills its pages.

    Raises PrintRefused, naming the address, when the document wants anything else.
    """
    text_layer.install()
    structure.install()
    fetcher = BookFetcher(pictures)
    document = lay_out_full_pages(html, chart, lambda part: lay_out(part, fetcher))
    end_tables_at_their_rows(document)
    mark = hashlib.sha256(html.encode()).hexdigest()[:10]
    pdf = document.write_pdf(pdf_tags=tagged, pdf_version="1.7", finisher=lambda _, file: structure.finish(file, mark))
    if fetcher.refused:
        raise PrintRefused(f"the document wants to read {fetcher.refused[0]!r}")
    return Printed(pdf, _manifest(document, pdf))


def lay_out(html: str, fetcher: BookFetcher) -> Any:
    """WeasyPrint's pages of an HTML document, not drawn yet."""
    style, fonts = _style()
    return HTML(string=html, base_url="book:", url_fetcher=fetcher).render(stylesheets=[style], font_config=fonts)


def _manifest(document: Any, pdf: bytes) -> Manifest:
    manifest = Manifest()
    spots: dict[str, tuple[int, tuple[float, float, float, float]]] = {}
    for number, page in enumerate(document.pages):
        manifest.pages.append((page.width * POINT, page.height * POINT))
        for name, rectangle in page.anchors.items():
            if name.startswith(SLOT):
                spots[name] = (number, rectangle)
            elif name not in manifest.anchors:
                manifest.anchors[name] = (number, rectangle[1] * POINT)
        for level, title, point, _ in page.bookmarks:
            manifest.headings.append((level, " ".join(title.split()), number, point[1] * POINT))
    for font in document.fonts.values():
        alone = font.__dict__.get("glyphs_alone", {})
        known = {glyph: (text, glyph in alone) for glyph, text in font.to_unicode.items()}
        manifest.glyphs[font.name.decode().lstrip("/")] = known
    if spots:
        manifest.slots = _slots(spots, pdf)
    return manifest


def _slots(spots: Mapping[str, tuple[int, tuple[float, ...]]], pdf: bytes) -> dict[str, Slot]:
    """The marked content of each empty place, found by its id in the structure tree."""
    slots = {}
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for element in structure.structure_elements(file):
            name = str(element.get("/ID", ""))
            if name not in spots:
                continue
            mcid = structure.first_content(element)
            page, (x1, y1, x2, y2) = spots[name]
            if mcid is not None:
                size = (y2 - y1) / LINE_HEIGHT * POINT
                slots[name] = Slot(page, mcid, x1 * POINT, x2 * POINT, y1 * POINT + ASCENT * size, size)
    return slots


def thai_lines_break() -> bool:
    """True when a Thai sentence without spaces is broken into lines: libthai has its dictionary here."""
    style, fonts = _style()
    html = f'<html lang="th"><div style="width:10cm;font:16pt Sarabun">{UNBROKEN}</div></html>'
    page = HTML(string=html, url_fetcher=BookFetcher()).render(stylesheets=[style], font_config=fonts).pages[0]
    return sum(isinstance(box, boxes.LineBox) for box in page._page_box.descendants()) > 1
