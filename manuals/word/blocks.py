"""What a Word file has, from top to bottom, before it is XML: paragraphs, tables and pictures, each with a key by which
two states of a document are compared (tracking.py). writing.py makes XML of them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal, NamedTuple
from uuid import UUID

from hearing_portal.thai.numbering import Numbering

# What a block, a row or a stretch of words is between two states; words that moved were taken out and put in
type Mark = Literal["kept", "ins", "del", "from", "to"]
# A line is text that begins where the page does: an address, a date
type ParagraphStyle = Literal[
    "title", "heading1", "heading2", "heading3", "text", "line"
]
type ListKind = Literal["chain"] | Numbering


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where a paragraph is counted: the list of that name, at this level of it. A list of kind "chain" counts 1., 1.1,
    1.1.1; all others have one level. `depth` is how far it stands in."""

    name: str
    kind: ListKind
    level: int = 0
    depth: int = 0
    has_dot: bool = True  # of a chain's first level: "1." and not "1"


# How words look beside their style: strong, em, u, sup, sub, as a clause's body has them
type Looks = frozenset[str]
PLAIN: Looks = frozenset()
BOLD: Looks = frozenset({"strong"})


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words of one mark and one look."""

    text: str
    mark: Mark = "kept"
    looks: Looks = PLAIN


class LookSpan(NamedTuple):
    """Code points [start, end) that look otherwise than their style."""

    start: int
    end: int
    looks: Looks


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a paragraph or a cell; the first `bold` code points are bold."""

    text: str = ""
    bold: int = 0
    spans: Sequence[LookSpan] = ()

    def cut(self, start: int, end: int, mark: Mark = "kept") -> list[Stretch]:
        """Code points [start, end) in stretches of one look each."""
        spans = [LookSpan(0, self.bold, BOLD), *self.spans]
        borders = {start, end}
        for span in spans:
            for border in span[:2]:
                if start < border < end:
                    borders.add(border)
        places = sorted(borders)
        stretches = []
        for first, last in pairwise(places):
            looks = PLAIN
            for span in spans:
                if span.start <= first < span.end:
                    looks |= span.looks
            stretches.append(Stretch(self.text[first:last], mark, looks))
        return stretches


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`bookmark` names the clause, section or manual it is; `depth` how far one without a number stands in."""

    key: str
    words: Words
    style: ParagraphStyle = "text"
    place: ListPlace | None = None
    depth: int = 0
    bookmark: UUID | None = None
    starts_page: bool = False
    mark: Mark = "kept"
    stretches: Sequence[Stretch] = ()  # where words of it were changed

    @property
    def frame(self) -> str:
        """What it is besides its words: two paragraphs of another frame are not one."""
        return repr((self.key, self.style, self.place, self.depth))


@dataclass(frozen=True, slots=True)
class Cell:
    """`bookmark` names what is said or asked in it."""

    words: Words = Words()
    bookmark: str = ""
    stretches: Sequence[Stretch] = ()
    span: int = 1
    choices: Sequence[str] = ()  # a list to choose its words from


@dataclass(frozen=True, slots=True)
class Row:
    """`height` in twentieths of a point is the least it has."""

    key: str
    cells: Sequence[Cell]
    mark: Mark = "kept"
    is_head: bool = False
    is_shaded: bool = False
    height: int = 0


@dataclass(frozen=True, slots=True)
class TableBlock:
    """`widths` are shares of the page's width; `size` of its letters in points."""

    key: str
    rows: Sequence[Row]
    widths: Sequence[int]
    size: int = 14
    is_wide: bool = False  # on a page of the other way
    mark: Mark = "kept"

    @property
    def frame(self) -> str:
        return repr((self.key, len(self.widths)))


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG or JPEG with its size in millimetres. `name` tells who made it: our own are drawn anew, never taken in."""

    key: str
    image: bytes
    alt: str
    width: float
    height: float
    name: str = ""
    mark: Mark = "kept"

    @property
    def frame(self) -> str:
        return repr((self.key, hash(self.image), self.alt))


@dataclass(frozen=True, slots=True)
class PageTurn:
    """What stands behind it is on pages of the other way. What changed on them is no matter of pages."""

    key: str
    is_wide_before: bool

    @property
    def frame(self) -> str:
        return repr((self.key, self.is_wide_before))


type Block = Paragraph | TableBlock | Picture | PageTurn


@dataclass(frozen=True, slots=True)
class Author:
    """Who changed what, and when (ISO 8601), as Word tells it."""

    name: str
    at: str


@dataclass(frozen=True, slots=True)
class WordDocument:
    """A whole file. `foot` stands at the foot of each page."""

    title: str
    blocks: Sequence[Block] = field(default_factory=list)
    foot: str = ""
    author: Author | None = None  # of the marks; None where nothing is marked
