"""What stands at another place in a file that came back than where it went out, told of what was moved."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

from hearing_portal.thai.numbering import display_digits
from hearing_portal.thai.shortening import shorten

from ..entries import EntryView
from ..ranks import heaviest_rising
from ..source import SourceLine
from .returned import ReturnedItem
from .sent_words import KnownBlock, SentInDigits

# What stays where it is when two changed places: the name of a part before a clause, a clause before what stands below
# one, and either before one that the file itself says was moved
_TITLE = 1_000_000
_AT_DEPTH = (300, 30, 3)
_MOVED = 2 / 3
_BEGINNING = 40  # letters by which something without a number is told


class FoundLine(NamedTuple):
    """A line and what went out that it is; `place` counts what went out."""

    line: SourceLine
    known: KnownBlock
    place: int


def tell_moves(
    found: Sequence[FoundLine], way: SentInDigits, entries: Mapping[UUID, EntryView]
) -> list[ReturnedItem]:
    """An item for each clause, step, row or section that stands elsewhere, told of itself; what stands below it and
    went with it is counted. `found` is in the order of the file."""
    found = list(_without_strange_titles(found))
    weights = [_weight_of(each, entries[each.known.node]) for each in found]
    stays = set(heaviest_rising([each.place for each in found], weights))
    if len(stays) == len(found):
        return []
    teller = _Teller(found, way, entries)
    items = []
    number = 0
    while number < len(found):
        if number in stays or found[number].known.role == "fixed":
            number += 1
            continue
        end = number + 1
        while end < len(found) and end not in stays and teller.is_below(end, number):
            end += 1
        items.append(teller.tell(number, end))
        number = end
    return items


def _without_strange_titles(found: Sequence[FoundLine]) -> Iterator[FoundLine]:
    """All processes have parts of the same names: which process a name is of, the one around it tells."""
    section: UUID | None = None
    for each in found:
        if each.known.role != "fixed":
            section = each.known.section
        elif section not in (None, each.known.section):
            continue
        yield each


def _weight_of(found: FoundLine, entry: EntryView) -> int:
    if found.known.role in ("fixed", "heading"):
        return _TITLE
    is_row_of_table = found.known.role == "cells"
    depth = len(_AT_DEPTH) - 1 if is_row_of_table else entry.depth
    weight = _AT_DEPTH[min(depth, len(_AT_DEPTH) - 1)]
    return round(weight * _MOVED) if found.line.is_moved_here else weight


class _Teller:
    def __init__(
        self,
        found: Sequence[FoundLine],
        way: SentInDigits,
        entries: Mapping[UUID, EntryView],
    ) -> None:
        self.found = found
        self.way = way
        self.entries = entries

    def is_below(self, number: int, top: int) -> bool:
        """Whether it went with what was moved: a clause below it, a row of its table, or all of a section."""
        head = self.found[top].known
        each = self.found[number].known
        before = self.found[number - 1]
        if self.found[number].place <= before.place or each.section != head.section:
            return False
        if head.role == "heading" or each.node == head.node:
            return True
        above, below = self.entries[head.node], self.entries[each.node]
        return (
            head.role == "clause"
            and above.part == below.part
            and below.depth > above.depth
        )

    def tell(self, top: int, end: int) -> ReturnedItem:
        line, known, place = self.found[top]
        entry = self.entries[known.node]
        nodes = {each.known.node for each in self.found[top:end]}
        name = self._name(known, entry)
        if known.role == "cells":
            name = f"แถว “{_begin(known.text)}” ของ{name}"
        elif len(nodes) > 1 and known.role == "clause":
            name += self._digits(f" พร้อมข้อย่อย {len(nodes) - 1} ข้อ")
        was = self._sibling_before(place, entry)
        came = self.found[top - 1].known if top else None
        words = f"ขอย้าย{name} จากเดิม{self._behind(was, entry)} ไป{self._behind(came, entry)}"
        author = next((each.author for each in line.changes if each.author), "")
        return ReturnedItem(
            "move",
            known.node,
            line.place,
            words,
            author=author,
            words_before=known.text,
        )

    def _sibling_before(self, place: int, entry: EntryView) -> KnownBlock | None:
        """What it stood behind, without what stands below that."""
        while place:
            place -= 1
            block = self.way.known[place]
            is_clause = block.role in ("clause", "cells")
            if not is_clause or self.entries[block.node].depth <= entry.depth:
                return block
        return None

    def _behind(self, block: KnownBlock | None, entry: EntryView) -> str:
        """Where something is that stands behind this block."""
        if block is None:
            return "อยู่ต้นเล่ม"
        if block.role in ("fixed", "heading"):
            if block.kind == "row":
                return "เป็นแถวแรกของตาราง"
            return f"อยู่แรกสุดใต้ “{_begin(block.text)}”"
        return f"ต่อจาก{self._name(block, entry)}"

    def _name(self, block: KnownBlock, reader: EntryView) -> str:
        """As it is called where `reader` stands; without a number, with its first words."""
        names = self.way.cited_in(reader)
        name = names.get(str(block.node), "")
        entry = self.entries[block.node]
        has_number = any(letter.isalnum() for letter in entry.cite or entry.label)
        if entry.content is None or block.role == "cells" or has_number:
            return name
        return f"“{_begin(block.text)}” ใน{name}"

    def _digits(self, words: str) -> str:
        return display_digits(words, self.way.digits)


def _begin(words: str) -> str:
    return shorten(words, _BEGINNING)
