"""The printed number of every page, known only once all chunks of the book are printed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hearing_portal.thai.numbering import Digits, display_digits, letter_for

from .book_source import Sides
from .chunks import PageNumbering, PrintedChunk


class Destination(NamedTuple):
    """A page of the file, from 0, and a height above its foot in points."""

    page: int
    height: float


@dataclass(slots=True)
class BookNumbers:
    """The printed numbers of all pages, and where everything that has a name stands."""

    digits: Digits
    of_page: list[str] = field(default_factory=list)
    first_pages: list[int] = field(default_factory=list)  # page of each chunk
    of_name: dict[str, str] = field(default_factory=dict)  # anchor → number of its page
    destinations: dict[str, Destination] = field(default_factory=dict)
    counted: dict[PageNumbering, int] = field(default_factory=dict)

    def add_page(self, numbering: PageNumbering) -> None:
        number = self.counted.get(numbering, 0) + 1
        self.counted[numbering] = number
        match numbering:
            case "letters":
                printed = letter_for(number)
            case "figures":
                printed = display_digits(str(number), self.digits)
            case "":
                printed = ""
        self.of_page.append(printed)


def number_pages(
    chunks: Sequence[PrintedChunk], digits: Digits, sides: Sides
) -> BookNumbers:
    numbers = BookNumbers(digits)
    numbering_before: PageNumbering = ""
    for chunk in chunks:
        layout = chunk.layout
        manifest = chunk.document.manifest
        next_page = len(numbers.of_page)
        # After an odd number of pages the next one would be a left-hand page
        is_left = next_page % 2 == 1
        if sides == 2 and layout.opens and is_left:
            numbers.add_page(numbering_before)
        first = len(numbers.of_page)
        numbers.first_pages.append(first)
        for _ in manifest.pages:
            numbers.add_page(layout.numbering)
        for name, position in manifest.anchors.items():
            if name in numbers.destinations:
                continue
            page = first + position.page
            size = manifest.pages[position.page]
            height = size.height - position.top  # PDF measures from the foot
            numbers.of_name[name] = numbers.of_page[page]
            numbers.destinations[name] = Destination(page, height)
        numbering_before = layout.numbering
    return numbers
