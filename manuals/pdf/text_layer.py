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
_SARA_AM = re.compile("([\u0e48-\u0e4b]?)\u0e33")


class TextLayerUnsupported(RuntimeError):
    """Another WeasyPrint than the one the cure was measured with: its text would be corrupt in silence."""


class Cluster(NamedTuple):
    """A cluster of one line in drawing order: its text, its glyphs, and whether the font cannot say it alone."""

    text: str
    glyphs: list[int]
    needs_text: bool


def install() -> None:
    """Patch WeasyPrint in this process (again is harmless). Raises TextLayerUnsupported on another version."""
    require_version()
    weasyprint_text.draw_first_line = draw_first_line


def require_version() -> None:
    if weasyprint.VERSION != SUPPORTED_VERSION:
        raise TextLayerUnsupported(
            f"The Thai text layer was measured with WeasyPrint {SUPPORTED_VERSION}, found {weasyprint.VERSION}: "
            "run tests/manuals/pdf/test_text_layer.py with the new version before changing SUPPORTED_VERSION."
        )


def draw_first_line(stream: Any, textbox: Any, text_overflow: str, block_ellipsis: str, matrix: Any) -> list:
    """WeasyPrint's function of the same name, with the clusters of several glyphs wrapped."""
    if not textbox.text.strip() or text_overflow == "ellipsis" or block_ellipsis != "none":
        return ORIGINAL_DRAW(stream, textbox, text_overflow, block_ellipsis, matrix)
    pango.pango_layout_set_single_paragraph_mode(textbox.pango_layout.layout, True)
    clusters = list(_line_clusters(stream, textbox))
    return ORIGINAL_DRAW(_ClusterStream(stream, clusters), textbox, text_overflow, block_ellipsis, matrix)


def _line_clusters(stream: Any, textbox: Any) -> Iterator[Cluster]:
    """The clusters of the line; notes in each font what its glyphs mean."""
    first_line, _ = textbox.pango_layout.get_first_line()
    utf8 = textbox.pango_layout.text.encode()
    run = first_line.runs[0]
    while run != ffi.NULL:
        item, run = run.data, run.next
        font, _ = stream.add_font(item.item.analysis.font)
        for start, end, glyphs in _item_clusters(item):
            text = utf8[item.item.offset + start : item.item.offset + end].decode()
            yield Cluster(text, glyphs, _teach(font, text, glyphs))


def _item_clusters(item: Any) -> Iterator[tuple[int, int, list[int]]]:
    """(first byte, last byte, glyph ids that are drawn) of each cluster of a Pango item."""
    count, log_clusters = item.glyphs.num_glyphs, item.glyphs.log_clusters
    starts = [*sorted({log_clusters[i] for i in range(count)}), item.item.length]
    end_of = dict(pairwise(starts))
    drawn: dict[int, list[int]] = {}
    for i in range(count):
        glyphs = drawn.setdefault(log_clusters[i], [])
        if item.glyphs.glyphs[i].glyph != pango.PANGO_GLYPH_EMPTY:
            glyphs.append(item.glyphs.glyphs[i].glyph)
    for start, glyphs in drawn.items():
        if glyphs:
            yield start, end_of[start], glyphs


def _teach(font: Any, text: str, glyphs: list[int]) -> bool:
    """Give the glyphs their text in the font; True when the cluster must carry its own text."""
    if any(glyph & pango.PANGO_GLYPH_UNKNOWN_FLAG for glyph in glyphs):
        return True
    alone = font.__dict__.setdefault("glyphs_alone", {})
    if len(glyphs) == 1:
        own = _letters_of(font).get(glyphs[0], text)
        font.to_unicode[glyphs[0]] = alone.setdefault(glyphs[0], own)
        return alone[glyphs[0]] != text
    # Readers without ActualText get the letters one by one: HarfBuzz puts NIKHAHIT before the tone mark
    letters = _SARA_AM.sub("\u0e4d\\1\u0e32", text)
    extra = max(0, len(letters) - len(glyphs))
    spread = [letters[: extra + 1], *letters[extra + 1 :]]
    for glyph, letter in zip(glyphs, spread + [""] * len(glyphs), strict=False):
        if glyph not in alone:
            font.to_unicode.setdefault(glyph, letter)
    return True


def _letters_of(font: Any) -> dict[int, str]:
    """{glyph: the letter the font has it for}: the same in every document, whatever stands in it first."""
    if font.hash not in _LETTERS:
        face = TTFont(io.BytesIO(font.file_content), fontNumber=max(0, font.index), lazy=True)
        names = face.getReverseGlyphMap()
        letters: dict[int, str] = {}
        for code, name in sorted((face.getBestCmap() or {}).items()):
            letters.setdefault(names[name], chr(code))
        _LETTERS[font.hash] = letters
    return _LETTERS[font.hash]


_LETTERS: dict[str, dict[int, str]] = {}


class _ClusterStream:
    """A stream that knows which clusters pass through `show_text`; everything else goes to the real stream."""

    def __init__(self, stream: Any, clusters: list[Cluster]) -> None:
        self._stream = stream
        self._clusters = iter(clusters)
        self._current: Cluster | None = None
        self._left = 0
        self._font: Any = None

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)

    def add_font(self, pango_font: Any) -> Any:
        found = self._stream.add_font(pango_font)
        self._font = found[0]
        return found

    def show_text(self, string: str) -> None:
        """`string` is the inside of a TJ array: hexadecimal glyphs in <>, adjustments between them."""
        digits = 2 if self._font.bitmap else 4
        pending = ""
        for piece in _SHOWN.finditer(string):
            if not piece.group().startswith("<"):
                pending += piece.group() + " "  # two adjustments in a row are two numbers
                continue
            for at in range(0, len(piece[1]), digits):
                pending = self._glyph(piece[1][at : at + digits], pending)
        if pending:
            self._stream.show_text(pending)

    def _glyph(self, glyph: str, pending: str) -> str:
        """Take one glyph; returns what still waits to be shown."""
        if self._left == 0:
            self._current = next(self._clusters)
            self._left = len(self._current.glyphs)
            if self._current.needs_text:
                pending = self._flush(pending)
                actual = self._current.text.encode("utf-16-be").hex()
                self._stream.stream.append(f"/Span <</ActualText <feff{actual}>>> BDC".encode())
        self._left -= 1
        joined = f"{pending[:-1]}{glyph}>" if pending.endswith(">") else pending + f"<{glyph}>"
        if self._left == 0 and self._current.needs_text:
            joined = self._flush(joined)
            self._stream.end_marked_content()
        return joined

    def _flush(self, pending: str) -> str:
        if pending:
            self._stream.show_text(pending)
        return ""
