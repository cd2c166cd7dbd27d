"""Printed chunks joined into one book: numbers and codes stamped, links, outline, structure and fonts made one.

Chunks know no page number. Everything that depends on the position in the book is laid over the pages here, as an
artefact, so a page that moves is never printed again. Page numbers inside contents and overviews are real content:
they fill the empty marked content that the chunk keeps for them.
"""

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, OutlineItem, Pdf, Stream, String

from hearing_portal.thai.numbering import Digits

from .book_fonts import BOLD, REGULAR, BookFonts, font_program
from .book_source import Sides
from .book_structure import BookStructure
from .chunks import PrintedChunk
from .manifest import POINT, Heading, NumberField, PrintedDocument
from .page_numbers import BookNumbers, number_pages
from .page_overlay import A4, INK, STAMP_FONTS, PageOverlay

LINK_PREFIX = "book:to/"  # of links to anchors of other chunks


@dataclass(frozen=True, slots=True)
class AssembledBook:
    pdf: bytes
    pages: int
    sha256: str
    page_of: dict[str, str]  # {anchor: the number printed on the page where it stands}


@dataclass(frozen=True, slots=True)
class FilledField:
    """An empty field and what is written into it; `target` is the anchor whose page it names, or a count."""

    target: str
    field: NumberField
    text: str

    @property
    def is_count(self) -> bool:
        return self.target.startswith("count-")

    @property
    def face(self) -> str:
        if self.is_count or self.target.startswith("group-"):
            return BOLD
        return REGULAR


def assemble(
    chunks: Sequence[PrintedChunk],
    stamps: PrintedDocument,
    *,
    title: str,
    digits: Digits = "thai",
    counts: Mapping[str, str] | None = None,
    sides: Sides = 1,
) -> AssembledBook:
    """One tagged PDF. `stamps` has a portrait and a landscape page; `counts` fills fields that are no page numbers
    ({name: text}). For print on both `sides` left-hand pages have their margins mirrored, and what opens does so on
    the right. The same chunks give the same bytes."""
    numbers = number_pages(chunks, digits, sides)
    page_of = dict(numbers.of_name)
    numbers.of_name.update(counts or {})
    out = pikepdf.new()
    manifests = [chunk.document.manifest for chunk in chunks]
    manifests.append(stamps.manifest)
    fonts = BookFonts(out, manifests)
    overlay = PageOverlay(
        out,
        stamps,
        fonts,
        digits,
        sides,
    )
    structure = BookStructure(out)
    for chunk, first in zip(chunks, numbers.first_pages, strict=True):
        if len(out.pages) < first:
            add_blank_page(out)
        add_chunk(
            out,
            chunk,
            first,
            numbers,
            fonts,
            overlay,
            structure,
        )
    structure.close()
    name_destinations(out, numbers)
    add_outline(out, chunks, numbers.first_pages)
    label_pages(out, numbers)
    pdf = save_book(out, title)
    return AssembledBook(
        pdf=pdf,
        pages=len(numbers.of_page),
        sha256=hashlib.sha256(pdf).hexdigest(),
        page_of=page_of,
    )


def add_blank_page(out: Pdf) -> None:
    """The empty left-hand page before something that opens on the right: it is counted, and nothing stands on it."""
    page = out.add_blank_page(page_size=A4).obj
    page.Resources = Dictionary(Font=Dictionary())
    page.Contents = Stream(out, b"")


def add_chunk(
    out: Pdf,
    chunk: PrintedChunk,
    first: int,
    numbers: BookNumbers,
    fonts: BookFonts,
    overlay: PageOverlay,
    structure: BookStructure,
) -> None:
    """The pages of a chunk from the page `first` on, finished but for what the whole book has one of."""
    manifest = chunk.document.manifest
    filled = filled_fields(manifest.number_fields, numbers)
    with pikepdf.open(io.BytesIO(chunk.document.pdf)) as source:
        taken_fonts = fonts.take_out(source)
        out.pages.extend(source.pages)
        pages = [page.obj for page in out.pages[first:]]
        # WeasyPrint's pages share their resources
        resources = pages[0].Resources
        fonts.put_in(resources, taken_fonts)
        overlay.prepare(resources)
        for number, page in enumerate(pages):
            on_page = [each for each in filled if each.field.page == number]
            if on_page:
                fill_number_fields(page, on_page)
            layout = chunk.layout
            if layout.numbering:
                tab = layout.group_no
                if layout.opens and number == 0:
                    tab = 0
                position = first + number
                overlay.lay_over(
                    page,
                    manifest.pages[number],
                    position,
                    numbers.of_page[position],
                    tab,
                )
            point_links(page, numbers)
        structure.add_chunk(source, pages)


def filled_fields(
    fields: Mapping[str, NumberField], numbers: BookNumbers
) -> list[FilledField]:
    """A field's name ends with "--" and its target: the same target may stand in contents and overview."""
    filled = []
    for name, field in fields.items():
        _, _, target = name.partition("--")
        if target in numbers.of_name:
            text = numbers.of_name[target]
            filled.append(FilledField(target, field, text))
    return filled


def fill_number_fields(page: Object, filled: Sequence[FilledField]) -> None:
    """Write numbers into the empty marked content that waits for them (pixels from the top left corner)."""
    content = page.Contents.read_bytes()
    for each in filled:
        field = each.field
        program = font_program(each.face)
        size = field.size / POINT
        x = field.left / POINT
        if not each.is_count:
            # Page numbers end at the right
            width = program.width(each.text) * size
            x = field.right / POINT - width
        y = field.baseline / POINT
        font = STAMP_FONTS[each.face]
        glyphs = program.hex_glyphs(each.text)
        # y runs down here as in all of WeasyPrint's content; the -1 turns the letters upright again
        shown = f"BT\n{INK} rg\n1 0 0 -1 {x:.3f} {y:.3f} Tm\n/{font} {size:.3f} Tf\n<{glyphs}> Tj\nET"
        # The tag, then perhaps a graphics state or colour, then a text object without text
        empty = (
            rb"(/Span\s+<<\s*/MCID %d\s*>>\s+BDC\s+(?:[^\n()<>\[\]]+(?:gs|rg)\s+)*)BT\s+ET(\s+EMC)"
            % field.mcid
        )
        content, found = re.subn(
            empty,
            rb"\1q\n" + shown.encode() + rb"\nQ\2",
            content,
            count=1,
        )
        if not found:
            raise ValueError(f"the page keeps no room for the number of {each.target}")
    page.Contents.write(content)


def point_links(page: Object, numbers: BookNumbers) -> None:
    """Links between chunks become destinations in this file; one that leads nowhere is taken away."""
    if "/Annots" not in page:
        return
    kept = []
    for annotation in page.Annots:
        address = ""
        action = annotation.get("/A")
        if action is not None:
            address = str(action.get("/URI", ""))
        if address.startswith(LINK_PREFIX):
            name = address.removeprefix(LINK_PREFIX)
            if name not in numbers.destinations:
                continue
            del annotation["/A"]
            annotation.Dest = String(name)
            number = numbers.of_name.get(name, "")
            description = f"ไปหน้า {number}".strip()
            annotation.Contents = String(description)
        kept.append(annotation)
    if kept:
        page.Annots = Array(kept)
    else:
        del page["/Annots"]


# ---------- what the whole book has one of ----------
def destination_array(out: Pdf, page: int, height: float) -> Array:
    """A page and the height that a viewer scrolls to, at the zoom it has."""
    target = out.pages[page].obj
    left = 0
    top = round(height, 1)
    zoom = None  # as it is
    return Array([target, Name.XYZ, left, top, zoom])


def name_destinations(out: Pdf, numbers: BookNumbers) -> None:
    """Named destinations of the whole book, sorted as a name tree must be."""
    names = Array()
    for name in sorted(numbers.destinations, key=str.encode):
        destination = numbers.destinations[name]
        names.append(String(name))
        names.append(destination_array(out, destination.page, destination.height))
    if "/Names" not in out.Root:
        out.Root.Names = Dictionary()
    tree = Dictionary(Names=names)
    out.Root.Names.Dests = out.make_indirect(tree)


def add_outline(
    out: Pdf, chunks: Sequence[PrintedChunk], first_pages: Sequence[int]
) -> None:
    """The headings of all chunks as a tree; below the second level it is shown closed."""
    with out.open_outline() as outline:
        open_items: list[
            tuple[int, OutlineItem]
        ] = []  # (level, item) from the top to the one before
        for heading in book_headings(chunks, first_pages):
            destination = destination_array(out, heading.page, heading.top)
            item = OutlineItem(heading.title, destination)
            item.is_closed = heading.level >= 2
            while open_items and open_items[-1][0] >= heading.level:
                open_items.pop()
            siblings = outline.root
            if open_items:
                _, parent = open_items[-1]
                siblings = parent.children
            siblings.append(item)
            open_items.append((heading.level, item))


def book_headings(
    chunks: Sequence[PrintedChunk], first_pages: Sequence[int]
) -> list[Heading]:
    """The headings in the order of the book, with pages of the file and, as `top`, heights above the foot."""
    headings = []
    for chunk, first in zip(chunks, first_pages, strict=True):
        layout = chunk.layout
        pages = chunk.document.manifest.pages
        if layout.heading:
            own = Heading(
                level=layout.level,
                title=layout.heading,
                page=first,
                top=pages[0].height,
            )
            headings.append(own)
        for level, title, page, top in chunk.document.manifest.headings:
            heading = Heading(
                level=layout.level + level,
                title=title,
                page=first + page,
                top=pages[page].height - top,
            )
            headings.append(heading)
    return headings


def label_pages(out: Pdf, numbers: BookNumbers) -> None:
    """The printed numbers as page labels: viewers know no Thai digits, so each page has its own."""
    labels = Array()
    for index, number in enumerate(numbers.of_page):
        labels.append(index)
        labels.append(Dictionary(P=String(number or "ปก")))
    out.Root.PageLabels = Dictionary(Nums=labels)


def save_book(out: Pdf, title: str) -> bytes:
    root = out.Root
    root.Lang = String("th")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageMode = Name.UseOutlines
    with out.open_metadata(
        set_pikepdf_as_editor=False,
        update_docinfo=False,
    ) as metadata:
        metadata["dc:title"] = title
        metadata["dc:language"] = ["th"]
        metadata["pdf:Producer"] = "WeasyPrint, pikepdf"
    out.docinfo.Title = String(title)
    out.docinfo.Producer = String("WeasyPrint, pikepdf")
    data = io.BytesIO()
    out.save(
        data,
        object_stream_mode=pikepdf.ObjectStreamMode.generate,
        compress_streams=True,
        deterministic_id=True,
        linearize=False,
    )
    return data.getvalue()
