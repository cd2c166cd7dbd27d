"""How much room words take in Sarabun: an overestimate only costs white space."""

from math import ceil

from hearing_portal.thai.line_ends import line_units
from hearing_portal.thai.script import clusters

TEXT_LIMIT = 140  # characters in a shape; the whole text stands in part 9

_WIDTHS = {  # of Sarabun Regular or Bold, whichever is wider, rounded up to 0.04 em
    0.0: "ัิีึืฺุู็่้๊๋์ํ๎",
    0.28: " '!ij|",
    0.32: ",.:;lๅ",
    0.36: "()-I[]_{}เ",
    0.4: "\\`fr",
    0.44: '"tโใ',
    0.48: "*/?szไ",
    0.52: "Jcxyงราำ",
    0.56: "$Sabdegkvวะ",
    0.6: "0123456789EFLPRTZ^hnopquกจฉฐถธยฤลสฮฯ",
    0.64: "+<=>BCY~ขคฅฎฏดตภมฦศอ฿แ",
    0.68: "ADGKUVXฃฆชซทนบปผฝหๆ๐๖",
    0.72: "#&HNOQwษ๑๒๓๔๕๘๙",
    0.76: "พฟฬ",
    0.8: "ฑ๗",
    0.84: "@Mฌ",
    0.92: "Wmญฒณ",
    1.0: "%",
}
_ADVANCE: dict[str, float] = {}
for _width, _letters in _WIDTHS.items():
    for _letter in _letters:
        _ADVANCE[_letter] = _width


def text_width(text: str) -> float:
    """The width of Sarabun in em, rounded up by groups of letters; an unknown character counts as wide."""
    return sum(_ADVANCE.get(letter, 0.9) for letter in text)


def count_lines(text: str, width: float, em: float) -> int:
    """Lines that `text` takes, broken between its words; a word that is wider than the line is broken anywhere."""
    lines = 1
    end = 0.0  # of what stands in the last line
    space = 0.0  # before the next word: a line that ends drops it
    for unit in line_units(text):
        unit_width = text_width(unit) * em
        if unit.isspace():
            space += unit_width
            continue
        if end and end + space + unit_width > width:
            lines += 1
            end = space = 0.0
        end += space + unit_width
        space = 0.0
        if end > width:
            full = ceil(end / width) - 1
            lines += full
            end -= full * width
    return lines


def short_text(text: str) -> str:
    """What a shape says: the text, or its beginning with an ellipsis, cut at a space where one is near."""
    text = " ".join(text.split())
    if len(text) <= TEXT_LIMIT:
        return text
    kept = ""
    for cluster in clusters(text):
        if len(kept) + len(cluster) >= TEXT_LIMIT:
            break
        kept += cluster
    space = kept.rfind(" ", TEXT_LIMIT // 2)
    if space > 0:
        kept = kept[:space]
    return kept + "…"
