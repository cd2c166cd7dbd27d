"""Words that somebody struck through in the cells of an XLSX file, whole or in part: what an office wants to go, where
nothing tracks changes. For hearing_portal/sheet_marks.py; the parts it is given were made safe."""

import re
from collections.abc import Iterator, Mapping

from hearing_portal.sheet_parts import (
    CELL,
    Place,
    attribute_of,
    pieces_of,
    place_of,
    words_in,
)

_STRIKE = re.compile(
    rb"""<(?:\w+:)?strike(?:\s+val\s*=\s*["'](?:1|true)["'])?\s*/>""", re.IGNORECASE
)
_FONT = re.compile(rb"<(?:\w+:)?font((?:\s[^<>]*)?/?)>")
_FONTS = re.compile(rb"<(?:\w+:)?fonts[\s>]")
_FORMATS = re.compile(rb"<(?:\w+:)?cellXfs[\s>]")
_AFTER_FORMATS = re.compile(rb"<(?:\w+:)?cellStyles[\s>/]")
_FORMAT = re.compile(rb"<(?:\w+:)?xf(\s[^<>]*)>")
_STRING = re.compile(rb"<(?:\w+:)?si((?:\s[^<>]*)?)>")
_RUN = re.compile(rb"<(?:\w+:)?r((?:\s[^<>]*)?)>")
_NUMBER = re.compile(rb"<(?:\w+:)?v(?:\s[^<>]*)?>(\d{1,9})<")

WHOLE = ""  # of a cell that is struck through as it stands


class StruckLooks:
    """What of the looks and the strings of a file is struck through; nothing, in most files."""

    def __init__(self, styles: bytes, strings: bytes) -> None:
        self.formats = set(_struck_formats(styles)) if _STRIKE.search(styles) else set()
        self.strings: dict[int, str] = {}
        if _STRIKE.search(strings):
            for number, (_, body) in enumerate(pieces_of(_STRING, strings)):
                if words := _struck_runs(body):
                    self.strings[number] = words

    def find(self, sheet: bytes) -> Mapping[Place, str]:
        """{cell: its struck words, or WHOLE}."""
        if not (self.formats or self.strings or _STRIKE.search(sheet)):
            return {}
        found = {}
        for tag, body in pieces_of(CELL, sheet):
            place = place_of(attribute_of(tag, b"r"))
            words = self._struck_in(tag, body)
            if place is not None and words is not None:
                found[place] = words
        return found

    def _struck_in(self, tag: bytes, body: bytes) -> str | None:
        if attribute_of(tag, b"s") in self.formats:
            return WHOLE
        if attribute_of(tag, b"t") == "s" and (number := _NUMBER.search(body)):
            return self.strings.get(int(number[1]))
        return _struck_runs(body) or None


def _struck_formats(styles: bytes) -> Iterator[str]:
    """The numbers, as cells name them, of the formats whose font is struck through."""
    fonts, formats = _FONTS.search(styles), _FORMATS.search(styles)
    if fonts is None or formats is None:
        return
    end = _AFTER_FORMATS.search(styles, formats.end())
    struck = set()
    for number, (_, body) in enumerate(pieces_of(_FONT, styles[fonts.end() :])):
        if _STRIKE.search(body.partition(b"font>")[0]):
            struck.add(str(number))
    written = styles[formats.end() : end.start() if end else len(styles)]
    for number, found in enumerate(_FORMAT.finditer(written)):
        if attribute_of(found[1], b"fontId") in struck:
            yield str(number)


def _struck_runs(body: bytes) -> str:
    runs = [run for _, run in pieces_of(_RUN, body) if _STRIKE.search(run)]
    return " ".join(words for run in runs if (words := words_in(run)))
