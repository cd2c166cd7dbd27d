"""Thai whose bytes were read in another code page: ¡ÒÃ, °“√ and à¸\x81 are การ.

A whole text is read again, or single lines of one: what was pasted, or came out of an old program, stands beside what
is whole. What cannot be read again with certainty is found all the same (`is_in_other_page`). Pure: no database.
"""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from hearing_portal.thai.damage import is_abbreviation, share_of_words
from hearing_portal.thai.likelihood import RUN
from hearing_portal.thai.text import TextRefused, clean_text

_WESTERN = re.compile("[\u00a1-\u02ff\u2000-\u2122\u2202-\u22ff\u25ca\uf8ff]")
# Mac Thai where it is not code page 874
_MAC_THAI = {
    **dict(zip(range(0x83, 0x88), "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True)),
    **dict(zip(range(0x88, 0x8D), "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True)),
    **dict(zip(range(0x92, 0x98), "\u0e31\u0e47\u0e34\u0e35\u0e36\u0e37", strict=True)),
    **dict(zip(range(0x98, 0x9D), "\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True)),
    0x80: "«", 0x81: "»", 0x82: "…", 0x8D: "“", 0x8E: "”", 0x8F: "\u0e4d", 0x91: "•", 0x9D: "‘", 0x9E: "’",
    0xA0: " ", 0xDD: "–", 0xDE: "—",
}  # fmt: skip
ENOUGH_WORDS = (
    0.8  # share of a whole text's letters inside words, once it is read again
)
SURE_WORDS = 0.9  # … of a single line's
FEWEST_LETTERS = 5  # of a line, below which words come about by chance

# What Thai becomes in one-byte pages and in UTF-8 read as one: π and Ω are Mac Roman too
_OTHER = "\u0080-\u02ff\u03a9\u03c0\u2010-\u2044\u20ac\u2122\u2202-\u22ff\u25ca\uf8ff\ufb01\ufb02"
# Three such beside each other, of which two are no sign that a Thai text has too: "café" and "……" have none
_USUAL = "\u0080-\u00a0“”‘’–—…•·°±×÷½¼¾®©™‰†‡§\u00ad"
_OTHER_RUN = re.compile(f"[{_OTHER}]{{3,}}")
_OTHER_PAIR = re.compile(f"[{_OTHER}]{{2,}}")
_UNUSUAL = re.compile(f"[^{_USUAL}]")
_THAI = re.compile("([\u0e01-\u0e3a\u0e3f-\u0e5b]+)")
_LETTER = re.compile("[\u0e01-\u0e4e]")
# A letter of Thai in UTF-8 whose last byte is a space: it was U+00A0
_UTF8_SPACE = re.compile(rb"(\xe0[\xb8\xb9]) ")


class PageRepair(NamedTuple):
    before: str
    after: str


# --- a whole text


def is_in_western_letters(text: str) -> bool:
    """Whether most letters are such as Thai becomes when its bytes are read in another code page."""
    letters = sum(character.isalpha() for character in text)
    thai = len(_LETTER.findall(text))
    western = len(_WESTERN.findall(text))
    return western >= 4 and western > thai and 2 * western >= letters


def read_in_thai_page(text: str) -> str | None:
    """`text` whose Thai bytes were read as Western ones, in Thai again; None where that gives no Thai words."""
    found: list[tuple[float, str]] = []
    for decode in _DECODERS:
        decoded = decode(text)
        if decoded is None:
            continue
        try:
            decoded = clean_text(decoded, max_length=len(decoded) + 1).text
        except TextRefused:
            continue
        if RUN.search(decoded):
            found.append((share_of_words(decoded.splitlines()), decoded))
    share, words = _best(found)
    return words if share >= ENOUGH_WORDS else None


# --- a single line


def repair_page(line: str) -> tuple[str, list[PageRepair]]:
    """The line with those stretches in Thai that can be nothing else, Thai words beside them as they are."""
    repairs = []
    pieces = _THAI.split(line)
    for at in range(0, len(pieces), 2):
        decoded = _decode_stretch(pieces[at])
        if decoded is not None:
            repairs.append(PageRepair(pieces[at].strip(), decoded.strip()))
            pieces[at] = decoded
    return "".join(pieces), repairs


def is_in_other_page(line: str, *, is_known: bool = False) -> bool:
    """Whether letters stand beside each other as in no Thai and no English text. `is_known` where other lines of the
    text were read in another page."""
    runs = (_OTHER_PAIR if is_known else _OTHER_RUN).findall(line)
    for run in runs:
        unusual = len(_UNUSUAL.findall(run))
        if unusual >= 2 or (unusual and (is_known or _decode(run, fewest=3))):
            return True
    return False


def _decode_stretch(stretch: str) -> str | None:
    if not is_in_other_page(stretch):
        return None
    decoded = _decode(stretch, fewest=FEWEST_LETTERS)
    return None if decoded is None or is_in_other_page(decoded) else decoded


def _decode(stretch: str, *, fewest: int) -> str | None:
    """In the page that gives the most words, at least `fewest` letters."""
    found: list[tuple[float, str]] = []
    for decode in _DECODERS:
        decoded = decode(stretch)
        if decoded is None:
            continue
        letters = len(_LETTER.findall(decoded))
        if decode is _from_utf8 and letters:
            return decoded
        if letters >= fewest:
            found.append((_share_of_words(decoded), decoded))
    share, words = _best(found)
    return words if share >= SURE_WORDS else None


def _best(found: list[tuple[float, str]]) -> tuple[float, str]:
    """The first of those with the largest share of words."""
    return max(found, default=(0.0, ""), key=lambda each: each[0])


def _share_of_words(line: str) -> float:
    """0 for what has no vowel: an abbreviation alone, or letters that came about by chance."""
    if all(is_abbreviation(run) for run in RUN.findall(line)):
        return 0.0
    return share_of_words([line])


# --- the pages


def _from_utf8(text: str) -> str | None:
    """Bytes of UTF-8 were read one by one. Such text is certain: nothing else is valid UTF-8 by chance."""
    raw = _western_bytes(text)
    if raw is None or b"\xe0" not in raw:
        return None
    raw = _UTF8_SPACE.sub(rb"\1" + b"\xa0", raw)
    try:
        return raw.decode("utf-8")
    except UnicodeError:
        return None


def _western_bytes(text: str) -> bytes | None:
    """As cp1252 has them; the five bytes that it does not know come as control characters."""
    raw = bytearray()
    for character in text:
        try:
            raw += character.encode("cp1252")
        except UnicodeError:
            if ord(character) > 0xFF:
                return None
            raw.append(ord(character))
    return bytes(raw)


def _from_latin(text: str) -> str | None:
    for page in ("latin-1", "cp1252"):
        try:
            return text.encode(page).decode("cp874")
        except UnicodeError:
            continue
    return None


def _from_mac(text: str) -> str | None:
    return _from_mac_roman(text, _MAC_THAI)


def _from_windows_on_mac(text: str) -> str | None:
    """Bytes of Windows, shown by a Mac."""
    return _from_mac_roman(text, {})


def _from_mac_roman(text: str, beside_874: Mapping[int, str]) -> str | None:
    decoded = []
    for character in text:
        try:
            byte = character.encode("mac-roman")[0]
            thai = beside_874.get(byte)
            decoded.append(thai or bytes([byte]).decode("cp874"))
        except UnicodeError:
            return None
    return "".join(decoded)


_DECODERS: tuple[Callable[[str], str | None], ...] = (
    _from_utf8,
    _from_latin,
    _from_mac,
    _from_windows_on_mac,
)
