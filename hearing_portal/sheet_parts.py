"""Pieces of the XML of an XLSX file, found by patterns: an XML reader would take 30 MB apart for a few marks."""

import re
from collections.abc import Iterator
from html import unescape

CELL = re.compile(rb"<(?:\w+:)?c(\s[^<>]*)>")
_TEXT = re.compile(rb"<(?:\w+:)?t(?:\s[^<>]*)?>([^<]*)<")
_CELL_NAME = re.compile(r"([A-Z]{1,3})(\d{1,7})")

type Place = tuple[int, int]  # row from 1, column from 0


def pieces_of(opening: re.Pattern[bytes], xml: bytes) -> Iterator[tuple[bytes, bytes]]:
    """(attributes of an opening tag, what stands between it and the next one): a pattern that looked for the end would
    take the square of a file that has none."""
    tag = None
    begin = 0
    for found in opening.finditer(xml):
        if tag is not None:
            yield tag, xml[begin : found.start()]
        tag, begin = found[1], found.end()
    if tag is not None:
        yield tag, xml[begin:]


def words_in(xml: bytes) -> str:
    texts = [each.decode("utf-8", "replace") for each in _TEXT.findall(xml)]
    return unescape("".join(texts)).strip()


def place_of(name: str) -> Place | None:
    found = _CELL_NAME.fullmatch(name)
    if found is None:
        return None
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found[2]), column - 1


def attribute_of(tag: bytes, name: bytes) -> str:
    found = re.search(rb"(?<![\w:])" + name + rb"""\s*=\s*["']([^"']*)["']""", tag)
    return found[1].decode("utf-8", "replace") if found else ""
