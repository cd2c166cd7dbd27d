"""How much room words take in Sarabun: an overestimate only costs white space."""

from math import ceil

from hearing_portal.thai.script import clusters

from .chart import FlowStep, Medium

LABEL_LIMIT = 140  # characters in a shape; the whole text stands in part 9

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
_ADVANCE = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


def text_width(text: str) -> float:
    """The width of Sarabun in em, rounded up by groups of letters; an unknown character counts as wide."""
    return sum(_ADVANCE.get(letter, 0.9) for letter in text)


def count_lines(text: str, width: float, em: float) -> int:
    """Lines that `text` takes; where it breaks, a tenth of each line is lost to word borders."""
    length = text_width(text) * em
    return 1 if length <= width else max(2, ceil(length * 1.1 / width))


def short_text(text: str) -> str:
    """What a shape says: the text, or its beginning with an ellipsis, cut at a space where one is near."""
    text = " ".join(text.split())
    if len(text) <= LABEL_LIMIT:
        return text
    kept = ""
    for cluster in clusters(text):
        if len(kept) + len(cluster) >= LABEL_LIMIT:
            break
        kept += cluster
    space = kept.rfind(" ", LABEL_LIMIT // 2)
    return (kept[:space] if space > 0 else kept) + "…"


def main_size(step: FlowStep, medium: Medium) -> tuple[float, float]:
    """Width and height of a shape of the main line."""
    full = medium.main[1] - medium.main[0]
    text = short_text(step.text)
    inner = medium.ask_width if step.shape == "decision" else full - medium.pad
    lines = count_lines(text, inner, medium.em)
    if not medium.who_width and step.actor:
        lines += count_lines(step.actor, inner, medium.em)
    words = lines * medium.line
    if step.shape == "decision":
        return full, max(2 * medium.least, words / (1 - medium.ask_width / full))
    width = full
    if step.shape in ("start", "end", "connector"):
        longest = text if medium.who_width or len(text) > len(step.actor) else step.actor
        width = min(full, max(0.62 * full, text_width(longest) * medium.em + 3 * medium.pad))
    curl = medium.pad if step.shape == "document" else 0.0
    return width, max(medium.least, words + medium.pad) + curl


def side_size(step: FlowStep, actor: str, medium: Medium) -> tuple[float, float]:
    """Width and height of a box beside a decision; `actor` stands in it when it is not the decision's."""
    left, right = medium.side or (0.0, 0.0)
    inset = 6 if step.shape in ("start", "end", "connector") else 2.4
    lines = count_lines(short_text(step.text), right - left - inset, medium.side_em)
    if actor:
        lines += count_lines(actor, right - left - inset, medium.side_em)
    return right - left, lines * medium.side_line + 4


def who_height(step: FlowStep, medium: Medium) -> float:
    lines = count_lines(step.actor, medium.who_width, medium.side_em) if step.actor else 0
    if words := who_words(step):
        lines += count_lines(words, medium.who_width, medium.side_em)
    return lines * medium.side_line


def who_words(step: FlowStep) -> str:
    """The number of the row and the clauses it explains."""
    cites = f"(ข้อ {', '.join(step.cites)})" if step.cites else ""
    return " ".join(part for part in (step.label, cites) if part)


def word_lines(word: str, medium: Medium) -> int:
    return count_lines(word, medium.word_room, medium.word_em)


def circle_slot(medium: Medium, word: str) -> float:
    """The height a lettered circle takes at the right of a shape, with the word of its branch over it."""
    words = word_lines(word, medium) * medium.word_line if word else 0.0
    if medium.side:  # the word stands left of the circle, over the arrow
        return max(medium.circle, 2 * words)
    return medium.circle + 2 * words
