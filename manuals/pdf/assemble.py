"""Printed chunks joined into one book: numbers and codes stamped, links, outline, structure and fonts made one.

Chunks know no page number. Everything that depends on the place in the book is laid over the pages here, as an
artefact, so a page that moves is never printed again. Page numbers inside contents and overviews are real content:
they fill the empty marked content that the chunk keeps for them.
"""

import hashlib
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

import pikepdf
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, OutlineItem, Pdf, Stream, String

from hearing_portal.thai.numbering import Digits, display_digits, letter_for

from .fetcher import bundled
from .render import Printed, Slot

MM = 72 / 25.4
LINK = "book:to/"
PIXEL = 0.75  # points
A4 = (210 * MM, 297 * MM)
MIRRORED = 10 * MM  # a left-hand page has 20 millimetres at its left and 30 at its right
INK, ACCENT = "0.078 0.094 0.122", "0.114 0.208 0.341"
NUMBER_SIZE, TAB_SIZE = 12.0, 10.5
STAMP = {"Sarabun": "StampRegular", "Sarabun-Bold": "StampBold"}
FACES = {"Sarabun": "fonts/Sarabun_400Regular.woff2", "Sarabun-Bold": "fonts/Sarabun_700Bold.woff2"}
_SUBSET = re.compile(r"^/?[A-Z]{6}\+")


@dataclass(frozen=True, slots=True)
class Chunk:
    """A printed document in its place. `numbered`: "" (cover), "letters" (front matter) or "figures" (body)."""

    printed: Printed
    numbered: Literal["", "letters", "figures"] = "figures"
    level: int = 0  # added to the level of its headings in the outline
    heading: str = ""  # an outline entry of its own at the first page
    group_no: int = 0  # the thumb tab of its upright pages
    opens: bool = False  # its first page has no thumb tab; printed on both sides, it is a right-hand page


@dataclass(frozen=True, slots=True)
class Book:
    pdf: bytes
    pages: int
    sha256: str


@dataclass(slots=True)
class _Numbers:
    """The printed number of every page and of everything that has a name."""

    of_page: list[str] = field(default_factory=list)
    first: list[int] = field(default_factory=list)  # page of each chunk
    blank: dict[int, bool] = field(default_factory=dict)  # pages between chunks: do they have a foot
    of_name: dict[str, str] = field(default_factory=dict)
    destination: dict[str, tuple[int, float]] = field(default_factory=dict)


def assemble(
    chunks: Sequence[Chunk],
    stamps: Printed,
    *,
    title: str,
    digits: Digits = "thai",
    counts: Mapping[str, str] | None = None,
    sides: Literal[1, 2] = 1,
) -> Book:
    """One tagged PDF. `stamps` has a portrait and a landscape page; `counts` fills places that are no page numbers
    ({name: text}). For print on both `sides` left-hand pages have their margins mirrored, and what opens does so on
    the right. The same chunks give the same bytes."""
    numbers = _count(chunks, digits, sides)
    numbers.of_name.update(counts or {})
    out = pikepdf.new()
    fonts = _Fonts(out, [chunk.printed for chunk in chunks] + [stamps])
    overlay = _Overlay(out, stamps, fonts, digits, sides)
    structure = _Structure(out)
    for chunk, first in zip(chunks, numbers.first, strict=True):
        if len(out.pages) < first:
            _add_blank(out, numbers, overlay)
        with pikepdf.open(io.BytesIO(chunk.printed.pdf)) as source:
            _add_chunk(out, source, chunk, first, numbers, fonts, overlay, structure)
    structure.close()
    _name_destinations(out, numbers)
    _add_outline(out, chunks, numbers.first)
    _label_pages(out, numbers)
    pdf = _save(out, title)
    return Book(pdf, len(numbers.of_page), hashlib.sha256(pdf).hexdigest())


def page_numbers(chunks: Sequence[Chunk], digits: Digits, sides: Literal[1, 2] = 1) -> dict[str, str]:
    """{anchor: the number of its page}, as printed."""
    return _count(chunks, digits, sides).of_name


def _count(chunks: Sequence[Chunk], digits: Digits, sides: Literal[1, 2]) -> _Numbers:
    numbers = _Numbers()
    counted = {"letters": 0, "figures": 0}

    def add_page(numbered: str) -> None:
        if numbered:
            counted[numbered] += 1
        number = counted.get(numbered, 0)
        shown = letter_for(number) if numbered == "letters" else display_digits(str(number), digits)
        numbers.of_page.append(shown if numbered else "")

    before: str = ""
    for chunk in chunks:
        if sides == 2 and chunk.opens and len(numbers.of_page) % 2:
            numbers.blank[len(numbers.of_page)] = bool(before)
            add_page(before)
        first, manifest = len(numbers.of_page), chunk.printed.manifest
        numbers.first.append(first)
        for _ in manifest.pages:
            add_page(chunk.numbered)
        for name, (page, top) in manifest.anchors.items():
            numbers.of_name.setdefault(name, numbers.of_page[first + page])
            numbers.destination.setdefault(name, (first + page, manifest.pages[page][1] - top))
        before = chunk.numbered
    return numbers


def _add_blank(out: Pdf, numbers: _Numbers, overlay: "_Overlay") -> None:
    """The empty left-hand page before something that opens on the right."""
    number = len(out.pages)
    page = out.add_blank_page(page_size=A4).obj
    page.Resources = Dictionary(Font=Dictionary())
    page.Contents = Stream(out, b"")
    if numbers.blank[number]:
        overlay.prepare(page.Resources)
        overlay.lay_over(page, A4, number, numbers.of_page[number])


def _add_chunk(
    out: Pdf,
    source: Pdf,
    chunk: Chunk,
    first: int,
    numbers: _Numbers,
    fonts: "_Fonts",
    overlay: "_Overlay",
    structure: "_Structure",
) -> None:
    manifest = chunk.printed.manifest
    kept = fonts.take_out(source)
    out.pages.extend(source.pages)
    pages = [out.pages[first + number].obj for number in range(len(manifest.pages))]
    resources = pages[0].Resources
    fonts.put_in(resources, kept)
    overlay.prepare(resources)
    slots: dict[int, list[tuple[str, Slot, str]]] = {}
    for name, slot in manifest.slots.items():
        target = name.partition("--")[2]
        if target in numbers.of_name:
            slots.setdefault(slot.page, []).append((target, slot, numbers.of_name[target]))
    for number, page in enumerate(pages):
        if number in slots:
            _fill_slots(page, slots[number], fonts)
        if chunk.numbered:
            tab = 0 if chunk.opens and not number else chunk.group_no
            overlay.lay_over(page, manifest.pages[number], first + number, numbers.of_page[first + number], tab)
        _point_links(page, numbers, out)
    structure.add(source, pages)


def _fill_slots(page: Dictionary, filled: Sequence[tuple[str, Slot, str]], fonts: "_Fonts") -> None:
    """Write numbers into the empty marked content that waits for them (pixels from the top left corner)."""
    content = page.Contents.read_bytes()
    for target, slot, text in filled:
        face = "Sarabun-Bold" if target.startswith(("group-", "count-")) else "Sarabun"
        size = slot.size / PIXEL
        x = slot.right / PIXEL - fonts.width(face, text) * size
        if target.startswith("count-"):
            x = slot.left / PIXEL
        shown = (
            f"BT\n{INK} rg\n1 0 0 -1 {x:.3f} {slot.baseline / PIXEL:.3f} Tm\n"
            f"/{STAMP[face]} {size:.3f} Tf\n<{fonts.glyphs(face, text)}> Tj\nET"
        )
        pattern = rb"(/Span\s+<<\s*/MCID %d\s*>>\s+BDC\s+(?:[^\n()<>\[\]]+(?:gs|rg)\s+)*)BT\s+ET(\s+EMC)" % slot.mcid
        content, found = re.subn(pattern, rb"\1q\n" + shown.encode() + rb"\nQ\2", content, count=1)
        if not found:
            raise ValueError(f"the page keeps no place for the number of {target}")
    page.Contents.write(content)


def _point_links(page: Dictionary, numbers: _Numbers, out: Pdf) -> None:
    """Links between chunks become places in this file; one that leads nowhere is taken away."""
    if "/Annots" not in page:
        return
    kept = []
    for annotation in page.Annots:
        action = annotation.get("/A")
        address = str(action.get("/URI", "")) if action is not None else ""
        if address.startswith(LINK):
            name = address.removeprefix(LINK)
            if name not in numbers.destination:
                continue
            del annotation["/A"]
            annotation.Dest = String(name)
            annotation.Contents = String(f"ไปหน้า {numbers.of_name.get(name, '')}".strip())
        kept.append(annotation)
    if kept:
        page.Annots = Array(kept)
    else:
        del page["/Annots"]


class _Overlay:
    """Number, code and draft mark of a page, as one artefact over what the chunk printed."""

    def __init__(self, out: Pdf, stamps: Printed, fonts: "_Fonts", digits: Digits, sides: Literal[1, 2]) -> None:
        self.out, self.fonts, self.digits, self.sides = out, fonts, digits, sides
        with pikepdf.open(io.BytesIO(stamps.pdf)) as source:
            kept = fonts.take_out(source)
            self.forms = [out.copy_foreign(page.as_form_xobject()) for page in source.pages]
        for form in self.forms:
            fonts.put_in(form.Resources, kept)
        self.before = out.make_indirect(Stream(out, b"q\n"))
        self.before_left = out.make_indirect(Stream(out, f"q 1 0 0 1 {-MIRRORED:.2f} 0 cm\n".encode()))

    def prepare(self, resources: Dictionary) -> None:
        if "/XObject" not in resources:
            resources.XObject = Dictionary()
        resources.XObject.StampPortrait = self.forms[0]
        resources.XObject.StampLandscape = self.forms[1]
        for face, name in STAMP.items():
            resources.Font["/" + name] = self.fonts.font(face)

    def lay_over(
        self, page: Dictionary, size: tuple[float, float], position: int, number: str, group_no: int = 0
    ) -> None:
        """`position` is that in the file, from 0. WeasyPrint leaves its own matrix behind, so its content is wrapped
        in q … Q first."""
        wide = size[0] > size[1]
        is_left = self.sides == 2 and position % 2 == 1 and not wide
        form = "StampLandscape" if wide else "StampPortrait"
        right, top = (277 * MM, 196.9 * MM) if wide else (190 * MM, 280.9 * MM)
        x = right - self.fonts.width("Sarabun-Bold", number) * NUMBER_SIZE
        tab = self._tab(group_no, size, is_left) if group_no and not wide else ""
        shift = f"1 0 0 1 {-MIRRORED:.2f} 0 cm " if is_left else ""
        after = (
            f"Q\n/Artifact BMC\n{tab}q {shift}/{form} Do "
            f"{self._text(number, NUMBER_SIZE, INK, x, size[1] - top)}Q\nEMC\n"
        )
        stamp = self.out.make_indirect(Stream(self.out, after.encode()))
        page.Contents = Array([self.before_left if is_left else self.before, page.Contents, stamp])
        for annotation in page.get("/Annots", Array()) if is_left else ():
            left, low, right, high = (float(edge) for edge in annotation.Rect)
            annotation.Rect = Array([round(left - MIRRORED, 2), low, round(right - MIRRORED, 2), high])

    def _tab(self, group_no: int, size: tuple[float, float], is_left: bool) -> str:
        """The group's number on its height at the outer edge: the cover is the key to it."""
        width, height, top = 8 * MM, 14 * MM, (36 + 22.6 * (group_no - 1)) * MM
        left, low = 0 if is_left else size[0] - width, size[1] - top - height
        number = display_digits(str(group_no), self.digits)
        x = left + (width - self.fonts.width("Sarabun-Bold", number) * TAB_SIZE) / 2
        text = self._text(number, TAB_SIZE, "1 1 1", x, low + height / 2 - 0.3 * TAB_SIZE)
        return f"q {ACCENT} rg {left:.2f} {low:.2f} {width:.2f} {height:.2f} re f {text}Q\n"

    def _text(self, text: str, size: float, colour: str, x: float, y: float) -> str:
        glyphs = self.fonts.glyphs("Sarabun-Bold", text)
        return f"q BT {colour} rg /StampBold {size} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm <{glyphs}> Tj ET Q "


class _Fonts:
    """One font program for each weight of the whole book: chunks keep glyph numbers, so theirs can be replaced."""

    def __init__(self, out: Pdf, printed: Sequence[Printed]) -> None:
        self.out = out
        self.known: dict[str, dict[int, str]] = {face: {} for face in FACES}
        self.sample: dict[str, Dictionary] = {}
        for each in printed:
            for name, glyphs in each.manifest.glyphs.items():
                known = self.known.get(face_of(name))
                if known is not None:
                    _learn(known, glyphs)
        self.made = {face: self._make(face) for face in FACES}

    def font(self, face: str) -> Dictionary:
        return self.made[face]

    def glyphs(self, face: str, text: str) -> str:
        """The text as hexadecimal glyph numbers; digits and letters need no shaping."""
        return "".join(f"{font_program(face).glyph_of[ord(letter)]:04x}" for letter in text)

    def width(self, face: str, text: str) -> float:
        """In em."""
        program = font_program(face)
        return sum(program.widths[program.glyph_of[ord(letter)]] for letter in text) / 1000

    def take_out(self, source: Pdf) -> dict[str, str]:
        """Remove our faces from a chunk's resources; returns {resource name: face}. Other fonts stay."""
        resources = source.pages[0].obj.Resources
        fonts = resources.get("/Font", Dictionary())
        taken = {}
        for name, font in list(fonts.items()):
            face = face_of(str(font.BaseFont))
            if face in FACES:
                taken[name] = face
                del fonts[name]
        return taken

    def put_in(self, resources: Dictionary, taken: Mapping[str, str]) -> None:
        if "/Font" not in resources:
            resources.Font = Dictionary()
        for name, face in taken.items():
            resources.Font[name] = self.made[face]

    def _make(self, face: str) -> Dictionary:
        out, program = self.out, font_program(face)
        for letter in "0123456789๐๑๒๓๔๕๖๗๘๙กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ":
            self.known[face].setdefault(program.glyph_of[ord(letter)], letter)
        name = Name("/" + program.name)
        descriptor = Dictionary(
            Type=Name.FontDescriptor, FontName=name, Flags=4, FontBBox=Array(program.box), ItalicAngle=0,
            Ascent=1068, Descent=-232, CapHeight=700, StemV=80,
            FontFile2=Stream(out, program.data, Length1=len(program.data)),
        )  # fmt: skip
        descendant = Dictionary(
            Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=name, CIDToGIDMap=Name.Identity,
            CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
            FontDescriptor=out.make_indirect(descriptor), W=Array([0, Array(program.widths)]), DW=0,
        )  # fmt: skip
        font = Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=name, Encoding=Name("/Identity-H"),
            DescendantFonts=Array([out.make_indirect(descendant)]),
            ToUnicode=out.make_indirect(Stream(out, _unicode_map(self.known[face]))),
        )  # fmt: skip
        return out.make_indirect(font)


def face_of(font_name: str) -> str:
    """ "/ABCDEF+Sarabun-Bold" → "Sarabun-Bold"."""
    return _SUBSET.sub("", font_name).lstrip("/").replace("-Regular", "")


def _learn(known: dict[int, str], glyphs: Mapping[int, tuple[str, bool]]) -> None:
    """What a glyph says alone counts more than what it says inside a cluster."""
    for glyph, (text, alone) in glyphs.items():
        if alone:
            known[glyph] = text
        else:
            known.setdefault(glyph, text)


@dataclass(frozen=True, slots=True)
class FontProgram:
    name: str
    data: bytes
    widths: list[int]  # of every glyph, in thousandths of an em
    glyph_of: dict[int, int]  # code point → glyph
    box: list[int]


@cache
def font_program(face: str) -> FontProgram:
    """The bundled face as TrueType without its layout tables, which a PDF does not use."""
    font = TTFont(io.BytesIO(bundled(FACES[face])))
    order = font.getGlyphOrder()
    number = {name: index for index, name in enumerate(order)}
    scale = 1000 / font["head"].unitsPerEm
    head = font["head"]
    widths = [round(font["hmtx"][name][0] * scale) for name in order]
    glyph_of = {code: number[name] for code, name in font.getBestCmap().items()}
    box = [round(edge * scale) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)]
    name = font["name"].getDebugName(6)
    for table in ("GSUB", "GPOS", "GDEF", "DSIG"):
        if table in font:
            del font[table]
    font.flavor = None
    font.recalcTimestamp = False
    data = io.BytesIO()
    font.save(data)
    return FontProgram(name, data.getvalue(), widths, glyph_of, box)


def _unicode_map(known: Mapping[int, str]) -> bytes:
    lines = [f"<{glyph:04x}> <{text.encode('utf-16-be').hex()}>" for glyph, text in sorted(known.items())]
    blocks = [lines[at : at + 100] for at in range(0, len(lines), 100)]
    body = "\n".join(f"{len(block)} beginbfchar\n" + "\n".join(block) + "\nendbfchar" for block in blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()


class _Structure:
    """The structure trees of the chunks as one: document → their top elements, with one parent tree."""

    def __init__(self, out: Pdf) -> None:
        self.out = out
        self.root = out.make_indirect(Dictionary(Type=Name.StructTreeRoot))
        self.document = out.make_indirect(Dictionary(Type=Name.StructElem, S=Name.Document, P=self.root, K=Array()))
        self.parents: list[object] = []
        self.names: dict[str, Dictionary] = {}

    def add(self, source: Pdf, pages: Sequence[Dictionary]) -> None:
        tree = source.Root.StructTreeRoot
        copied = self.out.copy_foreign(source.make_indirect(tree))
        document = copied.K[0] if isinstance(copied.K, Array) else copied.K
        for child in document.K:
            child.P = self.document
            self.document.K.append(child)
        if "/IDTree" in copied:
            names = copied.IDTree.Names
            self.names |= {str(names[at]): names[at + 1] for at in range(0, len(names), 2)}
        numbered = copied.ParentTree.Nums
        table = {int(numbered[at]): numbered[at + 1] for at in range(0, len(numbered), 2)}
        for page in pages:
            self._take(page, "/StructParents", table)
            for annotation in page.get("/Annots", Array()):
                self._take(annotation, "/StructParent", table)

    def _take(self, owner: Dictionary, key: str, table: Mapping[int, object]) -> None:
        if key in owner and int(owner[key]) in table:
            self.parents.append(table[int(owner[key])])
            owner[key] = len(self.parents) - 1

    def close(self) -> None:
        self.root.K = Array([self.document])
        nums = Array()
        for number, parents in enumerate(self.parents):
            nums.append(number)
            nums.append(parents)
        self.root.ParentTree = self.out.make_indirect(Dictionary(Nums=nums))
        self.root.ParentTreeNextKey = len(self.parents)
        names = Array()
        for name, element in sorted(self.names.items(), key=lambda item: item[0].encode()):
            names.append(String(name))
            names.append(element)
        self.root.IDTree = self.out.make_indirect(Dictionary(Names=names))
        self.out.Root.StructTreeRoot = self.root
        self.out.Root.MarkInfo = Dictionary(Marked=True)


def _name_destinations(out: Pdf, numbers: _Numbers) -> None:
    """Named places of the whole book, sorted as a name tree must be."""
    names = Array()
    for name, (page, height) in sorted(numbers.destination.items(), key=lambda item: item[0].encode()):
        names.append(String(name))
        names.append(Array([out.pages[page].obj, Name.XYZ, 0, round(height, 1), None]))
    if "/Names" not in out.Root:
        out.Root.Names = Dictionary()
    out.Root.Names.Dests = out.make_indirect(Dictionary(Names=names))


def _add_outline(out: Pdf, chunks: Sequence[Chunk], firsts: Sequence[int]) -> None:
    entries: list[tuple[int, str, int, float]] = []
    for chunk, first in zip(chunks, firsts, strict=True):
        manifest = chunk.printed.manifest
        if chunk.heading:
            entries.append((chunk.level, chunk.heading, first, manifest.pages[0][1]))
        for level, title, page, top in manifest.headings:
            entries.append((level + chunk.level, title, first + page, manifest.pages[page][1] - top))
    with out.open_outline() as outline:
        stack: list[tuple[int, OutlineItem]] = []
        for level, title, page, height in entries:
            item = OutlineItem(title, Array([out.pages[page].obj, Name.XYZ, 0, round(height, 1), None]))
            while stack and stack[-1][0] >= level:
                stack.pop()
            (stack[-1][1].children if stack else outline.root).append(item)
            item.is_closed = level >= 2
            stack.append((level, item))


def _label_pages(out: Pdf, numbers: _Numbers) -> None:
    """The printed numbers as page labels: viewers know no Thai digits, so each page has its own."""
    nums = Array()
    for index, number in enumerate(numbers.of_page):
        nums.append(index)
        nums.append(Dictionary(P=String(number or "ปก")))
    out.Root.PageLabels = Dictionary(Nums=nums)


def _save(out: Pdf, title: str) -> bytes:
    root = out.Root
    root.Lang = String("th")
    root.ViewerPreferences = Dictionary(DisplayDocTitle=True)
    root.PageMode = Name.UseOutlines
    with out.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False) as metadata:
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
