"""How much room words take in Sarabun: an overestimate only costs white space."""

from collections.abc import Iterator
from typing import NamedTuple

from hearing_portal.thai.line_ends import line_units
from hearing_portal.thai.script import clusters
from hearing_portal.thai.words import tokenize

TEXT_LIMIT = 140  # characters in a shape; the whole text stands in part 9

_WIDTHS = {  # of Sarabun Regular or Bold, whichever is wider, rounded up to 0.01 em
    0.0: "ัิีึืฺุู็่้๊๋์ํ๎",
    0.21: "'",
    0.25: " \u00a0",
    0.26: "!|",
    0.28: "ij",
    0.3: ",.:;·",
    0.31: "lๅ",
    0.33: "I°เ",
    0.34: "-[]‘’",
    0.35: "{}",
    0.36: "()_",
    0.37: "•",
    0.38: "f",
    0.39: "\\",
    0.4: "`r",
    0.41: '"โ',
    0.42: "t",
    0.43: "²³ใ",
    0.45: "*sไ",
    0.47: "/",
    0.48: "?z",
    0.49: "ง",
    0.5: "Jcร",
    0.51: "yาำ",
    0.52: "x",
    0.53: "av",
    0.54: "kว–",
    0.55: "$eะ",
    0.56: "Sbdg",
    0.57: "0123456789Lhnpqu“”",
    0.58: "EFoจฐฯ",
    0.59: "PTธยฮ",
    0.6: "RZ^กฉถฤลส",
    0.61: "Bอ฿",
    0.62: "+<=>C~±×ดแ≤≥",
    0.63: "Yคฅฎฏตภมฦศ",
    0.64: "ข",
    0.65: "ADVชนผฝห",
    0.66: "GKXฃบ",
    0.67: "Uซปๆ๐",
    0.68: "ฆท๖",
    0.69: "OQ๔๕๘",
    0.7: "&HN๑๙",
    0.71: "#w๓",
    0.72: "ษ๒",
    0.74: "พฟฬ",
    0.77: "ฑ",
    0.8: "๗…",
    0.81: "@",
    0.82: "M",
    0.84: "ฌ—",
    0.85: "mญ",
    0.88: "Wฒ",
    0.89: "ณ",
    0.97: "%",
}
_ADVANCE: dict[str, float] = {}
for _width, _letters in _WIDTHS.items():
    for _letter in _letters:
        _ADVANCE[_letter] = _width
# Which digits are shown is chosen later: both have the room of the wider one
for _arabic, _thai in zip("0123456789", "๐๑๒๓๔๕๖๗๘๙", strict=True):
    _ADVANCE[_arabic] = _ADVANCE[_thai] = max(_ADVANCE[_arabic], _ADVANCE[_thai])
_UNKNOWN = 1.25  # the widest letters of other fonts: signs and pictures


class LineSpan(NamedTuple):
    """Where a line of a text begins and ends, without the spaces around it."""

    start: int
    end: int


def text_width(text: str) -> float:
    """The width of Sarabun in em, rounded up by groups of letters; an unknown character counts as wide."""
    return sum(_ADVANCE.get(letter, _UNKNOWN) for letter in text)


def line_spans(text: str, width: float, em: float) -> list[LineSpan]:
    """`text` in lines that are no wider than `width`, ended between its words; what is wider than a line is
    broken inside. What is printed in a shape is set in these very lines."""
    lines: list[LineSpan] = []
    start = end = 0  # of the last line
    room = width
    at = 0
    for unit in line_units(text):
        unit_start, at = at, at + len(unit)
        if unit.isspace():
            if "\n" in unit:
                lines.append(LineSpan(start, end))
                start = end = at
                room = width
            continue
        needed = text_width(text[end:at]) * em
        if end > start and needed > room:
            lines.append(LineSpan(start, end))
            end = start
            room = width
        if end == start:
            start = end = unit_start
            needed = text_width(unit) * em
        if needed <= room:
            end = at
            room -= needed
            continue
        for piece in _pieces(unit, width / em):
            needed = text_width(piece) * em
            if end > start and needed > room:
                lines.append(LineSpan(start, end))
                start = end
                room = width
            end += len(piece)
            room -= needed
    lines.append(LineSpan(start, end))
    return lines


def _pieces(unit: str, width: float) -> Iterator[str]:
    """What is wider than a line, in pieces that are not: words where it has some, else single letters."""
    for token in tokenize(unit):
        if text_width(token) <= width:
            yield token
        else:
            yield from clusters(token)


def count_lines(text: str, width: float, em: float) -> int:
    return len(line_spans(text, width, em))


def widest_word(text: str) -> float:
    """In em: of a narrower line a word is broken."""
    return max((text_width(unit) for unit in line_units(text)), default=0.0)


def short_text(text: str, limit: int = TEXT_LIMIT) -> str:
    """What a shape says: the text, or its beginning with an ellipsis, cut at a space where one is near."""
    text = " ".join(text.split())
    if len(text) <= limit:
        return text
    kept = ""
    for cluster in clusters(text):
        if len(kept) + len(cluster) >= limit:
            break
        kept += cluster
    space = kept.rfind(" ", limit // 2)
    if space > 0:
        kept = kept[:space]
    return kept + "…"
