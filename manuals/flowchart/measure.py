"""How much room words take in Sarabun: an overestimate only costs white space."""

from math import ceil

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
    """Lines that `text` takes; where it breaks, a tenth of each line is lost to word borders."""
    length = text_width(text) * em
    if length <= width:
        return 1
    lines = ceil(length * 1.1 / width)
    return max(2, lines)


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
