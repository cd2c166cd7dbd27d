"""The cure of WeasyPrint's Thai text layer: what is printed can be searched, copied and read aloud.

WeasyPrint gives a glyph the text of the first cluster it is seen in. SARA AM is shaped as NIKHAHIT + SARA AA,
so คำ is copied as คา, or การ as กำร, by the order of the words on the page. Here a glyph gets its text only from
clusters of one glyph; every cluster of several glyphs carries its own text in `/Span <</ActualText …>>`.
"""

import io
import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

import weasyprint
from fontTools.ttLib import TTFont
from weasyprint.draw import text as weasyprint_text
from weasyprint.text.ffi import ffi, pango

SUPPORTED_VERSION = "70.0"
ORIGINAL_DRAW = weasyprint_text.draw_first_line
_SHOWN = re.compile(r"<([0-9a-f]*)>|[^<]+")
_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")  # with the tone mark before it
NIKHAHIT, SARA_AA = "\u0e4d", "\u0e32"


class TextLayerUnsupported(RuntimeError):
    """Another WeasyPrint than the one the cure was measured with: its text would be corrupt in silence."""


class GlyphCluster(NamedTuple):
    """A cluster of one line in drawing order: its text, its glyphs, and whether the font cannot say it alone."""

    text: str
    glyphs: list[int]
    needs_text: bool


class GlyphSpan(NamedTuple):
    """The glyphs that are drawn for the bytes `start` up to `end` of a Pango item."""

    start: int
    end: int
    glyphs: list[int]


def install_text_layer() -> None:
    """Patch WeasyPrint in this process (again is harmless). Raises TextLayerUnsupported on another version."""
    require_version()
    weasyprint_text.draw_first_line = draw_first_line


def require_version() -> None:
    if weasyprint.VERSION != SUPPORTED_VERSION:
        raise TextLayerUnsupported(
            f"The Thai text layer was measured with WeasyPrint {SUPPORTED_VERSION}, found {weasyprint.VERSION}: "
            "run tests/manuals/pdf/test_text_layer.py with the new version before changing SUPPORTED_VERSION."
        )


def draw_first_line(
    stream: Any,
    textbox: Any,
    text_overflow: str,
    block_ellipsis: str,
    matrix: Any,
) -> Any:
    """WeasyPrint's function of the same name, with the clusters of several glyphs wrapped."""
    is_cut = text_overflow == "ellipsis" or block_ellipsis != "none"
    if is_cut or not textbox.text.strip():
        return ORIGINAL_DRAW(
            stream,
            textbox,
            text_overflow,
            block_ellipsis,
            matrix,
        )
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    clusters = list(line_clusters(stream, textbox))
    return ORIGINAL_DRAW(
        ClusterStream(stream, clusters),
        textbox,
        text_overflow,
        block_ellipsis,
        matrix,
    )


def line_clusters(stream: Any, textbox: Any) -> Iterator[GlyphCluster]:
    """The clusters of the line; notes in each font what its glyphs mean."""
    first_line, _ = textbox.pango_layout.get_first_line()
    utf8 = textbox.pango_layout.text.encode()
    run = first_line.runs[0]
    while run != ffi.NULL:
        item = run.data
        run = run.next
        font, _ = stream.add_font(item.item.analysis.font)
        offset = item.item.offset
        for span in glyph_spans(item):
            start = offset + span.start
            end = offset + span.end
            text = utf8[start:end].decode()
            needs_text = teach_font(font, text, span.glyphs)
            yield GlyphCluster(text, span.glyphs, needs_text)


def glyph_spans(item: Any) -> Iterator[GlyphSpan]:
    """The clusters of a Pango item in drawing order, without those that draw nothing."""
    glyphs_from: dict[int, list[int]] = {}  # first byte of a cluster → its glyphs
    for number in range(item.glyphs.num_glyphs):
        start = item.glyphs.log_clusters[number]
        glyphs = glyphs_from.setdefault(start, [])
        glyph = item.glyphs.glyphs[number].glyph
        if glyph != pango.PANGO_GLYPH_EMPTY:
            glyphs.append(glyph)
    # A cluster ends where the next one in the text begins
    borders = [*sorted(glyphs_from), item.item.length]
    end_of = dict(pairwise(borders))
    for start, glyphs in glyphs_from.items():
        if glyphs:
            yield GlyphSpan(start, end_of[start], glyphs)


def teach_font(font: Any, text: str, glyphs: list[int]) -> bool:
    """Give the glyphs their text in the font; True when the cluster must carry its own text."""
    if any(glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG for glyph in glyphs):
        return True
    alone: dict[int, str] = font.__dict__.setdefault("glyphs_alone", {})
    if len(glyphs) == 1:
        (glyph,) = glyphs
        own_letter = letters_of_font(font).get(glyph, text)
        said = alone.setdefault(glyph, own_letter)
        font.to_unicode[glyph] = said
        return said != text
    # Readers without ActualText get the letters one by one: HarfBuzz puts NIKHAHIT before the tone mark
    letters = _SARA_AM.sub(rf"{NIKHAHIT}\1{SARA_AA}", text)
    # The first glyph says what is left over when there are more letters than glyphs
    extra = max(0, len(letters) - len(glyphs))
    first_share = letters[: extra + 1]
    shares = [first_share, *letters[extra + 1 :]]
    shares += [""] * len(glyphs)
    for glyph, share in zip(glyphs, shares, strict=False):
        if glyph not in alone:
            font.to_unicode.setdefault(glyph, share)
    return True


_LETTERS: dict[
    str, dict[int, str]
] = {}  # of each font of this process, by WeasyPrint's hash


def letters_of_font(font: Any) -> dict[int, str]:
    """{glyph: the letter the font has it for}: the same in every document, whatever stands in it first."""
    if font.hash not in _LETTERS:
        face = TTFont(
            io.BytesIO(font.file_content),
            fontNumber=max(0, font.index),
            lazy=True,
        )
        names = face.getReverseGlyphMap()
        letters: dict[int, str] = {}
        name_of = face.getBestCmap() or {}
        for code, name in sorted(name_of.items()):
            letters.setdefault(names[name], chr(code))
        _LETTERS[font.hash] = letters
    return _LETTERS[font.hash]


class ClusterStream:
    """A stream that knows which clusters pass through `show_text`; everything else goes to the real stream."""

    def __init__(self, stream: Any, clusters: list[GlyphCluster]) -> None:
        self._stream = stream
        self._clusters = iter(clusters)
        self._current = GlyphCluster("", [], needs_text=False)
        self._glyphs_left = 0  # of the current cluster
        self._font: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def add_font(self, pango_font: Any) -> Any:
        added = self._stream.add_font(pango_font)
        self._font, _ = added
        return added

    def show_text(self, string: str) -> None:
        """`string` is the inside of a TJ array: hexadecimal glyphs in <>, adjustments between them."""
        digits = 4  # of a glyph
        if self._font.bitmap:
            digits = 2
        pending = ""
        for piece in _SHOWN.finditer(string):
            if not piece.group().startswith("<"):
                pending += (
                    piece.group() + " "
                )  # two adjustments in a row are two numbers
                continue
            glyphs = piece[1]
            for at in range(0, len(glyphs), digits):
                glyph = glyphs[at : at + digits]
                pending = self._add_glyph(glyph, pending)
        self._show(pending)

    def _add_glyph(self, glyph: str, pending: str) -> str:
        """Take one glyph; returns what still waits to be shown: a cluster with a text of its own is shown at once."""
        if self._glyphs_left == 0:
            self._current = next(self._clusters)
            self._glyphs_left = len(self._current.glyphs)
            if self._current.needs_text:
                self._show(pending)
                pending = ""
                actual = self._current.text.encode("utf-16-be").hex()
                begin = f"/Span <</ActualText <feff{actual}>>> BDC"
                self._stream.stream.append(begin.encode())
        self._glyphs_left -= 1
        if pending.endswith(">"):
            pending = f"{pending[:-1]}{glyph}>"
        else:
            pending += f"<{glyph}>"
        if self._glyphs_left == 0 and self._current.needs_text:
            self._show(pending)
            pending = ""
            self._stream.end_marked_content()
        return pending

    def _show(self, pending: str) -> None:
        if pending:
            self._stream.show_text(pending)
