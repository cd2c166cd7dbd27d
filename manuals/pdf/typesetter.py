"""Stored words as the printer's HTML: digits of the reader, cross-references filled in.

`Typesetter.text` and `.body` give HTML, `.plain_text` and `.plain_body` exactly the words that HTML shows. White
space is the only thing the two may differ in. Imports no Django.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import NamedTuple

from hearing_portal.thai.markup import read_start_tag, replace_references
from hearing_portal.thai.numbering import Digits, display_digits, display_pieces
from manuals.reading.names import LOST

_TAG = re.compile(r"<(/?)([a-z]+)(?:\s[^<>]*)?>")
_TOKEN = re.compile(r"(<[^<>]*>)")
_UNBROKEN = re.compile(r"([^\s\u0e00-\u0e7f]{16,})")
_INLINE = {"strong", "em", "u", "sup", "sub", "ins", "del"}


class Html(str):
    """Text that is HTML already: a template does not escape it again."""

    __slots__ = ()

    def __html__(self) -> "Html":
        return self


NO_HTML = Html()


class Piece(NamedTuple):
    """A part of a stored body: words, or an inline tag."""

    words: str = ""
    tag: str = ""


class ReferenceLabel(NamedTuple):
    """What a cross-reference says: "ข้อ 5.4". `row` is the number of a step, which a branch is told by."""

    words: str
    row: str = ""


type Labels = Mapping[str, ReferenceLabel]  # by the uuid of the node


@dataclass(frozen=True, slots=True)
class Typesetter:
    """`labels` are those of where the words stand."""

    digits: Digits = "thai"
    labels: Labels = field(default_factory=dict)

    def plain_text(self, text: str) -> str:
        return display_digits(text, self.digits)

    def text(self, text: str) -> Html:
        return as_html(self.plain_text(text))

    def plain_referring(self, stored: str) -> str:
        """A stored plain text that may hold references."""
        return self.plain_text(replace_references(stored, self._reference_words))

    def referring(self, stored: str) -> Html:
        return as_html(self.plain_referring(stored))

    def plain_body(self, body: str) -> str:
        return "".join(piece.words for piece in self._shown_pieces(body))

    def body(self, body: str) -> Html:
        """A stored body: inline marks stay, links become their words, references their labels."""
        pieces = self._shown_pieces(body)
        html = []
        for piece in pieces:
            if piece.tag:
                html.append(piece.tag)
            elif len(pieces) == 1:
                html.append(as_html(piece.words))
            else:
                html.append(beside_marks_html(piece.words))
        return Html("".join(html))

    def _shown_pieces(self, body: str) -> list[Piece]:
        """The pieces of a body in the digits of the reader, which a mark inside of a code does not change."""
        pieces = self._pieces(body)
        shown = display_pieces([piece.words for piece in pieces], self.digits)
        return [
            piece._replace(words=words)
            for piece, words in zip(pieces, shown, strict=True)
        ]

    def _pieces(self, body: str) -> list[Piece]:
        """The words and tags of a body in order; tags that are not inline marks are left out."""
        pieces: list[Piece] = []
        opened: list[str] = []
        for token in _TOKEN.split(body):
            uuid = read_start_tag(token)
            tag = _TAG.fullmatch(token)
            if uuid:
                pieces.append(Piece(words=self._reference_words(uuid)))
            elif tag:
                piece = inline_tag(tag, opened)
                if piece:
                    pieces.append(piece)
            elif token:
                pieces.append(Piece(words=unescape(token)))
        for name in reversed(opened):
            pieces.append(Piece(tag=f"</{name}>"))
        return pieces

    def _reference_words(self, uuid: str) -> str:
        return self.labels.get(uuid, ReferenceLabel(LOST)).words


def inline_tag(tag: re.Match[str], opened: list[str]) -> Piece | None:
    """The tag without its attributes, or None when it is left out. Keeps `opened`, the names of the open marks."""
    is_closing, name = tag[1], tag[2]
    if name == "br":
        return Piece(words="\n")
    if name not in _INLINE:
        return None
    if not is_closing:
        opened.append(name)
        return Piece(tag=f"<{name}>")
    if opened and opened[-1] == name:
        opened.pop()
        return Piece(tag=f"</{name}>")
    return None


def beside_marks_html(text: str) -> Html:
    """Words between inline marks, where the printer parts nothing at their ends: what is too long for a line there may
    be parted anywhere."""
    parts = _UNBROKEN.split(text)
    html = ""
    for number, part in enumerate(parts):
        words = as_html(part)
        # Splitting by a group gives other words and long ones by turns
        html += f'<span class="long">{words}</span>' if number % 2 else words
    return Html(html)


def as_html(text: str) -> Html:
    """Plain text escaped; a line end is kept."""
    return Html(escape(text, quote=False).replace("\n", "<br>").replace("\t", " "))
