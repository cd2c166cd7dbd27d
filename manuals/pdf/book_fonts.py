"""One font program for each weight of the whole book: chunks keep glyph numbers, so theirs can be replaced."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from .fetcher import bundled_file
from .manifest import GlyphText, Manifest

REGULAR, BOLD = "Sarabun", "Sarabun-Bold"
FONT_FILES = {
    REGULAR: "fonts/Sarabun_400Regular.woff2",
    BOLD: "fonts/Sarabun_700Bold.woff2",
}
# Page numbers are written with these, whatever else the chunks contain
NUMBER_LETTERS = "0123456789๐๑๒๓๔๕๖๗๘๙กขคงจฉชซฌญฎฏฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"
LAYOUT_TABLES = ("GSUB", "GPOS", "GDEF", "DSIG")
# Of Sarabun, in thousandths of an em
ASCENT, DESCENT, CAP_HEIGHT, STEM = 1068, -232, 700, 80
SYMBOLIC = 4  # flag of a font descriptor: letters beyond those of Latin
_SUBSET_TAG = re.compile(r"^/?[A-Z]{6}\+")


class BookFonts:
    """The two faces in the new file, with what their glyphs say in any of the chunks."""

    def __init__(self, out: Pdf, manifests: Iterable[Manifest]) -> None:
        self.out = out
        self.known: dict[str, dict[int, str]] = {}  # face → glyph → text
        for face in FONT_FILES:
            self.known[face] = {}
        for manifest in manifests:
            for font_name, glyphs in manifest.glyphs.items():
                face = face_of(font_name)
                if face in self.known:
                    learn_glyphs(self.known[face], glyphs)
        self.fonts = {face: self._make_font(face) for face in FONT_FILES}

    def take_out(self, source: Pdf) -> dict[str, str]:
        """Remove our faces from a chunk's resources; returns {resource name: face}. Other fonts stay."""
        resources = source.pages[0].obj.Resources
        fonts = resources.get("/Font", Dictionary())
        taken = {}
        for name, font in list(fonts.items()):
            face = face_of(str(font.BaseFont))
            if face in FONT_FILES:
                taken[name] = face
                del fonts[name]
        return taken

    def put_in(self, resources: Object, taken: Mapping[str, str]) -> None:
        """Where `take_out` took them out."""
        if "/Font" not in resources:
            resources.Font = Dictionary()
        for name, face in taken.items():
            resources.Font[name] = self.fonts[face]

    def _make_font(self, face: str) -> Object:
        program = font_program(face)
        known = self.known[face]
        for letter in NUMBER_LETTERS:
            glyph = program.glyph_of[ord(letter)]
            known.setdefault(glyph, letter)
        name = Name("/" + program.name)
        # FontFile2 is a TrueType program, and wants its length before compression
        program_stream = Stream(
            self.out,
            program.data,
            Length1=len(program.data),
        )
        descriptor = Dictionary(
            Type=Name.FontDescriptor,
            FontName=name,
            Flags=SYMBOLIC,
            FontBBox=Array(program.box),
            ItalicAngle=0,
            Ascent=ASCENT,
            Descent=DESCENT,
            CapHeight=CAP_HEIGHT,
            StemV=STEM,
            FontFile2=program_stream,
        )
        system_info = Dictionary(
            Registry=String("Adobe"),
            Ordering=String("Identity"),
            Supplement=0,
        )
        descendant = Dictionary(
            Type=Name.Font,
            Subtype=Name.CIDFontType2,
            BaseFont=name,
            CIDToGIDMap=Name.Identity,
            CIDSystemInfo=system_info,
            FontDescriptor=self.out.make_indirect(descriptor),
            W=Array([0, Array(program.widths)]),
            DW=0,
        )
        descendant = self.out.make_indirect(descendant)
        to_unicode = Stream(self.out, unicode_map(known))
        font = Dictionary(
            Type=Name.Font,
            Subtype=Name.Type0,
            BaseFont=name,
            Encoding=Name("/Identity-H"),
            DescendantFonts=Array([descendant]),
            ToUnicode=self.out.make_indirect(to_unicode),
        )
        return self.out.make_indirect(font)


def face_of(font_name: str) -> str:
    """ "/ABCDEF+Sarabun-Bold" → "Sarabun-Bold"."""
    return _SUBSET_TAG.sub("", font_name).lstrip("/").replace("-Regular", "")


def learn_glyphs(known: dict[int, str], glyphs: Mapping[int, GlyphText]) -> None:
    """What a glyph says alone counts more than what it says inside a cluster."""
    for glyph, said in glyphs.items():
        if said.is_alone:
            known[glyph] = said.text
        else:
            known.setdefault(glyph, said.text)


@dataclass(frozen=True, slots=True)
class FontProgram:
    name: str
    data: bytes
    widths: list[int]  # of every glyph, in thousandths of an em
    glyph_of: dict[int, int]  # code point → glyph
    box: list[int]

    def hex_glyphs(self, text: str) -> str:
        """The text as hexadecimal glyph numbers; digits and letters need no shaping."""
        glyphs = ""
        for letter in text:
            glyph = self.glyph_of[ord(letter)]
            glyphs += f"{glyph:04x}"
        return glyphs

    def width(self, text: str) -> float:
        """In em."""
        total = 0
        for letter in text:
            glyph = self.glyph_of[ord(letter)]
            total += self.widths[glyph]
        return total / 1000


@cache
def font_program(face: str) -> FontProgram:
    """The bundled face as TrueType without its layout tables, which a PDF does not use."""
    file = bundled_file(FONT_FILES[face])
    font = TTFont(io.BytesIO(file))
    head = font["head"]
    scale = 1000 / head.unitsPerEm
    widths = []
    for glyph_name in font.getGlyphOrder():
        advance, _ = font["hmtx"][glyph_name]
        widths.append(round(advance * scale))
    glyph_of = {}
    for code, glyph_name in font.getBestCmap().items():
        glyph_of[code] = font.getGlyphID(glyph_name)
    box = []
    for edge in (head.xMin, head.yMin, head.xMax, head.yMax):
        box.append(round(edge * scale))
    postscript_name = font["name"].getDebugName(6)
    for table in LAYOUT_TABLES:
        if table in font:
            del font[table]
    font.flavor = None
    font.recalcTimestamp = False
    data = io.BytesIO()
    font.save(data)
    return FontProgram(
        postscript_name,
        data.getvalue(),
        widths,
        glyph_of,
        box,
    )


def unicode_map(known: Mapping[int, str]) -> bytes:
    """A ToUnicode CMap, which may have at most 100 lines in a block."""
    lines = []
    for glyph, text in sorted(known.items()):
        utf16 = text.encode("utf-16-be").hex()
        lines.append(f"<{glyph:04x}> <{utf16}>")
    blocks = []
    for at in range(0, len(lines), 100):
        block = lines[at : at + 100]
        blocks += [f"{len(block)} beginbfchar", *block, "endbfchar"]
    body = "\n".join(blocks)
    return (
        "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n"
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n"
        "/CMapName /Adobe-Identity-UCS def\n/CMapType 2 def\n"
        f"1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n{body}\n"
        "endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend"
    ).encode()
