"""Which lines end only because a narrow page or an e-mail did: no line is longer there, and the first word of the next
one would have found no room."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from hearing_portal.thai.numbering import parse_label
from hearing_portal.thai.words import tokenize

from ..source import SourceLine
from .label_sequence import NumberedLine
from .text_source import LONGEST_PAGE_LINE, visible_length

NARROWEST = 24  # letters beside each other; what is shorter is a list of names
SHORTEST = 0.6  # of the longest line: a word longer than the rest of the line is rare
ROOM = 0.88  # of it: some letters are wider than others
HALF = 0.5  # of it: what is shorter ends where the sentence does
# Breaks from which on they are those of a page: of a part, of one whose clauses are numbered, of the whole file
PERHAPS_BROKEN, SURE_BROKEN, FILE_BROKEN = 2, 3, 6
FEW_LONGER = 25  # one line of so many may be longer than the page
LARGEST_REST = 0.2  # of lines without a number that stand behind a line with room


@dataclass(frozen=True, slots=True)
class Wrapping:
    """`width` is the page's, in letters, 0 where lines end where sentences do; `is_sure` where the next line can only
    be the rest of the sentence."""

    width: int = 0
    is_sure: bool = False

    def may_be_broken(self, before: SourceLine, behind: SourceLine) -> bool:
        """Whether a line may have ended for the page's sake: it is long, or the next word is."""
        if not self.width:
            return False
        length = visible_length(before.text)
        return (
            length >= HALF * self.width
            or _with_next(before, behind) > ROOM * self.width
        )

    def is_broken(self, before: SourceLine, behind: SourceLine) -> bool:
        """Whether the next line's first word had no room."""
        return bool(self.width) and _has_no_room(before, behind, self.width)


def find_wrapping_of_file(parts: Sequence[Sequence[SourceLine]]) -> Wrapping:
    """By the lines of all parts, of which those before a number or a heading say nothing. It is sure where parts with
    numbers show it too: in a list of names all lines may be about as long."""
    lines: list[SourceLine] = []
    pairs = []
    in_numbered = []
    for part in parts:
        lines += part
        has_numbers = any(parse_label(line.text) is not None for line in part)
        for before, behind in pairwise(part):
            if may_be_rest(before, behind) and parse_label(behind.text) is None:
                pairs.append((before, behind))
                if has_numbers:
                    in_numbered.append((before, behind))
    width, broken, with_room = _weigh(lines, pairs)
    if broken < FILE_BROKEN or with_room > LARGEST_REST * (broken + with_room):
        return Wrapping()
    numbered = sum(_has_no_room(*pair, width) for pair in in_numbered)
    return Wrapping(width, is_sure=numbered >= SURE_BROKEN)


def find_wrapping_of_part(lines: Sequence[NumberedLine]) -> Wrapping:
    """By the lines of one part alone: a piece may have been pasted out of another page."""
    pairs = []
    for before, behind in pairwise(lines):
        if behind.label is None and may_be_rest(before.line, behind.line):
            pairs.append((before.line, behind.line))
    width, broken, with_room = _weigh([each.line for each in lines], pairs)
    if broken < PERHAPS_BROKEN or with_room > LARGEST_REST * (broken + with_room):
        return Wrapping()
    has_numbers = any(each.label is not None for each in lines)
    is_sure = has_numbers and broken >= SURE_BROKEN and not with_room
    return Wrapping(width, is_sure)


def may_be_rest(before: SourceLine, behind: SourceLine) -> bool:
    """Whether one follows the other as the lines of a page do."""
    return (
        behind.kind == "text"
        and before.kind == "text"
        and not behind.is_paragraph
        and not behind.is_behind_blank
        and bool(before.words)
        and bool(behind.words)
    )


def _weigh(
    lines: Sequence[SourceLine], pairs: Sequence[tuple[SourceLine, SourceLine]]
) -> tuple[int, int, int]:
    """(the longest line's width, pairs of which the first has no room for more, pairs of which it has)."""
    widths = []
    for line in lines:
        if line.is_paragraph:
            return 0, 0, 0  # the file itself says where its paragraphs end
        if line.kind == "text" and "|" not in line.text:
            widths.append(visible_length(line.text))
    widths.sort(reverse=True)
    # An address or a long name may be longer than the page is wide
    width = widths[len(widths) // FEW_LONGER] if widths else 0
    if not NARROWEST <= width <= LONGEST_PAGE_LINE:
        return 0, 0, 0
    broken = sum(_has_no_room(before, behind, width) for before, behind in pairs)
    return width, broken, len(pairs) - broken


def _has_no_room(before: SourceLine, behind: SourceLine, width: int) -> bool:
    is_long = visible_length(before.text) >= SHORTEST * width
    return is_long and _with_next(before, behind) > ROOM * width


def _with_next(before: SourceLine, behind: SourceLine) -> int:
    """Letters of a line with the first word of the next one."""
    first = next(iter(tokenize(behind.words)), "")
    return visible_length(before.text) + visible_length(first)
