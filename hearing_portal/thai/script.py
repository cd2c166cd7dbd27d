"""Thai characters: what belongs together on the screen (clusters), and the one stored order of marks."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache

from hearing_portal.thai.markup import OBJECT_MARKER

CONSONANT = "ก-ฮ"
LEAD_VOWEL = "เ-ไ"
FOLLOW_VOWEL = "ะาำๅ"
TONE = "\u0e48-\u0e4b"
NIKHAHIT = "\u0e4d"

PICTOGRAPH = (
    "\u00a9\u00ae\u203c\u2049\u2122\u2139\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f"
    "\u2b00-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001f1e5\U0001f200-\U0001f3fa\U0001f400-\U0001faff"
)
SKIN_TONE = "\U0001f3fb-\U0001f3ff"
MAX_MARKS = 3


def _character_class(categories: set[str]) -> str:
    """The inside of a regular expression's [...] for the general categories, as ranges."""
    # Where Unicode has combining characters; to try every code point takes half a second
    code_points = [*range(0x300, 0x20000), *range(0xE0100, 0xE01F0)]
    ranges: list[list[int]] = []
    for code in code_points:
        if unicodedata.category(chr(code)) not in categories:
            continue
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    inside = ""
    for first, last in ranges:
        inside += chr(first)
        if first != last:
            inside += f"-{chr(last)}"
    return inside


MARK = _character_class({"Mn", "Me"})
EXTENDING = _character_class({"Mn", "Me", "Mc"}) + SKIN_TONE + "\u200c\u200d"

_THAI_TAIL = f"[{EXTENDING}{FOLLOW_VOWEL}]*+"
# A line end, a tab or a reference stands alone whatever follows; then Thai letters with their marks, flags (two
# letters each), emoji joined by U+200D, and any other character with its marks
_CLUSTER = re.compile(
    f"[\\n\\t{OBJECT_MARKER}]"
    f"|[{LEAD_VOWEL}]?[{CONSONANT}]{_THAI_TAIL}|[{LEAD_VOWEL}]{_THAI_TAIL}"
    f"|[\U0001f1e6-\U0001f1ff]{{2}}[{EXTENDING}]*+"
    f"|[{PICTOGRAPH}][{EXTENDING}]*+(?:(?<=\u200d)[{PICTOGRAPH}][{EXTENDING}]*+)*+"
    f"|.[{EXTENDING}]*+",
    re.DOTALL,
)

_MAY_GO_ON = re.compile(f"[{EXTENDING}{FOLLOW_VOWEL}\U0001f1e6-\U0001f1ff]")
_MAY_WANT_MORE = re.compile(f"[{LEAD_VOWEL}\u200d]")


def may_cut_cluster(pieces: Sequence[str]) -> bool:
    """Whether a border between two of these may be inside a cluster: of nearly all texts it is seen at a glance that
    none is. No piece is empty."""
    first = "".join({piece[0] for piece in pieces})
    last = "".join({piece[-1] for piece in pieces})
    return bool(_MAY_GO_ON.search(first) or _MAY_WANT_MORE.search(last))


def clusters(text: str) -> list[str]:
    """The characters of `text` as a reader sees them: base with marks, เ with its consonant, an emoji."""
    return _CLUSTER.findall(text)


def cluster_ends(text: str) -> Iterator[int]:
    """The code-point positions after each cluster of `text`, ascending."""
    return (match.end() for match in _CLUSTER.finditer(text))


# What may have to be put in order: a Thai consonant with its marks and vowels, or two marks on anything else
_SEVERAL_MARKS = re.compile(f"[{CONSONANT}][{MARK}{FOLLOW_VOWEL}]++|[{MARK}]{{2,}}+")
_LONGEST_CACHED = 12  # code points; longer runs are nonsense, and each is met once
_RANK = {
    "\u0e3a": 0,
    **dict.fromkeys("\u0e38\u0e39", 1),
    **dict.fromkeys("\u0e31\u0e34\u0e35\u0e36\u0e37\u0e47", 2),
    NIKHAHIT: 3,
    **dict.fromkeys("\u0e48\u0e49\u0e4a\u0e4b", 4),
    **dict.fromkeys("\u0e4c\u0e4e", 5),
}
_ALL_TONES = re.compile(f"[{TONE}]+")
_PARTS = re.compile(f"[{FOLLOW_VOWEL}]|[{MARK}]++")


def order_marks(text: str) -> tuple[str, int]:
    """Marks in the one stored order (vowel, nikhahit, tone, thanthakhat; a tone before า), ํา → ำ, ๅ → า.

    At most three marks stay on a base. Returns the text and the number of places changed. One linear pass:
    PyThaiNLP's `reorder_vowels` agrees on ordinary text, but backtracks quadratically on long runs of marks.
    """
    changed = 0

    def order(found: re.Match[str]) -> str:
        nonlocal changed
        before = found.group()
        after = (
            _order_cached(before)
            if len(before) <= _LONGEST_CACHED
            else _order_cluster(before)
        )
        changed += before != after
        return after

    return _SEVERAL_MARKS.sub(order, text), changed


def _order_cluster(cluster: str) -> str:
    """A consonant with the marks and vowels behind it, or a run of marks alone."""
    base = cluster[0]
    if not "ก" <= base <= "ฮ":
        return _order_run(cluster)
    parts = _PARTS.findall(cluster, 1)
    marks = ""  # those on the consonant itself
    if parts and parts[0] not in FOLLOW_VOWEL:
        marks = parts.pop(0)
    followed: list[str] = []  # vowels, and the marks that stand on them
    for part in parts:
        if part in FOLLOW_VOWEL:
            followed.append(part)
            continue
        run = _order_run(part)
        if _ALL_TONES.fullmatch(run):
            marks += run  # a tone typed after า belongs to the consonant
        else:
            followed.append(run)
    for index, part in enumerate(followed):
        is_lakkhangyao = base in "ฤฦ" and index == 0  # only ฤๅ and ฦๅ are spelt with ๅ
        if part == "ๅ" and not is_lakkhangyao:
            followed[index] = "า"
    marks = _order_run(marks)
    if NIKHAHIT in marks and followed and followed[0] == "า":
        marks = marks.replace(NIKHAHIT, "")
        followed[0] = "ำ"
    return base + marks + "".join(followed)


_order_cached = lru_cache(maxsize=4096)(_order_cluster)


def _order_run(marks: str) -> str:
    """A run of marks in order and cut to `MAX_MARKS`; foreign marks keep the order NFC gives them."""
    if len(marks) > MAX_MARKS:
        # Each once, and before NFC, which sorts a long run in quadratic time
        marks = "".join(dict.fromkeys(marks))
    marks = unicodedata.normalize("NFC", marks)
    if all(mark in _RANK for mark in marks):
        marks = "".join(sorted(marks, key=_RANK.__getitem__))
    return marks[:MAX_MARKS]
