"""One document printed by WeasyPrint: PDF bytes and what the book needs to know about them. Imports no Django."""

import hashlib
import io
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

import pikepdf
from weasyprint import CSS, HTML
from weasyprint.formatting_structure import boxes
from weasyprint.text.fonts import FontConfiguration

from .charts import ChartSource
from .fetcher import BookFetcher
from .fitting import end_tables_at_their_rows, lay_out_full_pages
from .line_breaks import install_line_breaks
from .lines_overleaf import lead_lines_overleaf
from .manifest import (
    POINT,
    GlyphText,
    Heading,
    Manifest,
    NumberField,
    PagePosition,
    PageSize,
    PrintedDocument,
)
from .structure import (
    finish_structure,
    first_content,
    install_structure,
    structure_elements,
)
from .text_layer import install_text_layer

LINE_HEIGHT, ASCENT = 1.3, 1.068  # of Sarabun, in em
NUMBER_FIELD_PREFIX = "pn-"  # of the ids of empty fields for page numbers
# 60 letters without a space: in ten centimetres at 16 pt they must take two lines or more
UNBROKEN = "สำนักงานเขตพื้นที่การศึกษาจัดทำคู่มือการปฏิบัติงานของข้าราชการ"


class PrintRefused(RuntimeError):
    """A document asked for something outside the book, or the machine cannot print Thai."""


class FieldArea(NamedTuple):
    """Where an empty field stands: its page, and its edges in CSS pixels."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


@cache
def style_sheet() -> tuple[CSS, FontConfiguration]:
    """The style sheet and its fonts, read once in a process."""
    fonts = FontConfiguration()
    fetcher = BookFetcher()
    return CSS(
        url="book:book.css",
        url_fetcher=fetcher,
        font_config=fonts,
    ), fonts


def render_chunk(
    html: str,
    pictures: Mapping[str, tuple[str, bytes]] | None = None,
    *,
    tagged: bool = True,
    chart: ChartSource | None = None,
) -> PrintedDocument:
    """Print one HTML document. `pictures` are {key: (media type, bytes)} for `book:picture/KEY`; a `chart` is drawn
    so that it fills its pages.

    Raises PrintRefused, naming the address, when the document wants anything else.
    """
    install_text_layer()
    install_structure()
    fetcher = BookFetcher(pictures)
    document = lay_out_full_pages(html, chart, lambda part: lay_out(part, fetcher))
    end_tables_at_their_rows(document)
    lead_lines_overleaf(document)
    mark = hashlib.sha256(html.encode()).hexdigest()[:10]
    pdf = document.write_pdf(
        pdf_tags=tagged,
        pdf_version="1.7",
        finisher=lambda _, file: finish_structure(file, mark),
    )
    if fetcher.refused:
        raise PrintRefused(f"the document wants to read {fetcher.refused[0]!r}")
    return PrintedDocument(pdf, read_manifest(document, pdf))


def lay_out(html: str, fetcher: BookFetcher) -> Any:
    """WeasyPrint's pages of an HTML document, not drawn yet."""
    install_line_breaks()
    style, fonts = style_sheet()
    return HTML(string=html, base_url="book:", url_fetcher=fetcher).render(
        stylesheets=[style],
        font_config=fonts,
    )


def read_manifest(document: Any, pdf: bytes) -> Manifest:
    """What stands where, from WeasyPrint's pages and, for the empty fields, from the PDF."""
    manifest = Manifest()
    field_areas: dict[str, FieldArea] = {}
    for number, page in enumerate(document.pages):
        size = PageSize(
            width=page.width * POINT,
            height=page.height * POINT,
        )
        manifest.pages.append(size)
        for name, edges in page.anchors.items():
            if name.startswith(NUMBER_FIELD_PREFIX):
                field_areas[name] = FieldArea(number, *edges)
            elif name not in manifest.anchors:
                _, top, _, _ = edges
                manifest.anchors[name] = PagePosition(number, top * POINT)
        for level, title, (_, top), _ in page.bookmarks:
            heading = Heading(
                level=level,
                title=" ".join(title.split()),
                page=number,
                top=top * POINT,
            )
            manifest.headings.append(heading)
    for font in document.fonts.values():
        alone = font.__dict__.get("glyphs_alone", {})
        glyphs = {}
        for glyph, text in font.to_unicode.items():
            glyphs[glyph] = GlyphText(text, is_alone=glyph in alone)
        name = font.name.decode().lstrip("/")
        manifest.glyphs[name] = glyphs
    if field_areas:
        manifest.number_fields = find_number_fields(field_areas, pdf)
    return manifest


def find_number_fields(
    areas: Mapping[str, FieldArea], pdf: bytes
) -> dict[str, NumberField]:
    """The marked content of each empty field, found by its id in the structure tree."""
    fields = {}
    with pikepdf.open(io.BytesIO(pdf)) as file:
        for element in structure_elements(file):
            name = str(element.get("/ID", ""))
            if name not in areas:
                continue
            mcid = first_content(element)
            if mcid is None:
                continue
            area = areas[name]
            # A line is as high as the field; its letters stand ASCENT below its top
            height = area.bottom - area.top
            size = height / LINE_HEIGHT * POINT
            fields[name] = NumberField(
                page=area.page,
                mcid=mcid,
                left=area.left * POINT,
                right=area.right * POINT,
                baseline=area.top * POINT + ASCENT * size,
                size=size,
            )
    return fields


def thai_lines_break() -> bool:
    """True when a Thai sentence without spaces is broken into lines: libthai has its dictionary here."""
    style, fonts = style_sheet()
    html = f'<html lang="th"><div style="width:10cm;font:16pt Sarabun">{UNBROKEN}</div></html>'
    document = HTML(string=html, url_fetcher=BookFetcher()).render(
        stylesheets=[style],
        font_config=fonts,
    )
    lines = 0
    for box in document.pages[0]._page_box.descendants():
        if isinstance(box, boxes.LineBox):
            lines += 1
    return lines > 1
