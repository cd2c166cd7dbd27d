"""How much of a file's words stands in what was read of it: all, or what is missing and where.

Told from the words alone, not from what the reader believes it did with them. Each word of the result answers for one
of the file.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from hearing_portal.thai.numbering import TO_ARABIC_DIGITS
from hearing_portal.thai.words import tokenize

# Marks above and below are no word characters to Python
_NO_WORD = re.compile("[^\\w·\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]+|_+")
_BETWEEN_NUMBERS = re.compile(r"(?<=\d)[^\w]+(?=\d)")
_TAKEN = "\x00"


class MissingWords(NamedTuple):
    place: str
    words: str


@dataclass(slots=True)
class Coverage:
    """Words of the file, and those of them that stand nowhere in the result. `scattered_words` do, but out of the row
    of the table that they belong to; they are named in `missing` too."""

    words: int = 0
    missing_words: int = 0
    missing: list[MissingWords] = field(default_factory=list)
    scattered_words: int = 0

    @property
    def is_whole(self) -> bool:
        return not (self.missing_words or self.scattered_words)

    @property
    def percent(self) -> float:
        """Rounded down: 100 only where nothing is missing."""
        if not self.words:
            return 100.0
        there = self.words - self.missing_words - self.scattered_words
        share = 1000 * there // self.words
        return share / 10


def measure_coverage(
    source: Iterable[tuple[str, str]],
    result: Iterable[str],
    *,
    missing: Iterable[MissingWords] = (),
    scattered: Collection[str] = (),
) -> Coverage:
    """`source` is (place, text) of each line, `result` all texts that were made of them. `missing` are words beside
    these lines that are known to be missing, `scattered` the places of lines that are pieces of a table's rows."""
    stock = _Stock([_letters(text) for text in result])
    coverage = Coverage(missing=list(missing))
    for known in coverage.missing:
        coverage.missing_words += len(_tokens(known.words))
    coverage.words = coverage.missing_words
    broken = []
    for place, text in source:
        tokens = _tokens(text)
        coverage.words += len(tokens)
        # What stands there as it is comes first: the pieces of other lines take none of its words
        is_there = not tokens or stock.take_whole([letters for _, letters in tokens])
        if is_there and tokens and place in scattered:
            coverage.scattered_words += len(tokens)
            coverage.missing.append(MissingWords(place, text.strip()))
        elif not is_there:
            broken.append((place, tokens))
    for place, tokens in broken:
        gone = stock.take([letters for _, letters in tokens])
        coverage.missing_words += len(gone)
        if place in scattered:
            coverage.scattered_words += len(tokens) - len(gone)
            words = "".join(word for word, _ in tokens)
            coverage.missing.append(MissingWords(place, words))
        elif gone:
            words = "".join(_stretch(tokens, gone))
            coverage.missing.append(MissingWords(place, words))
    return coverage


def _tokens(text: str) -> list[tuple[str, str]]:
    """(word, its letters) of each that has any."""
    tokens = [(token, _letters(token)) for token in tokenize(text)]
    return [(token, letters) for token, letters in tokens if letters]


def _stretch(tokens: Sequence[tuple[str, str]], missing: Sequence[int]) -> list[str]:
    """The missing words, with … where others stand between them."""
    words: list[str] = []
    last = missing[0] - 1
    for number in missing:
        if number != last + 1:
            words.append(" … ")
        words.append(tokens[number][0])
        last = number
    return words


def _letters(text: str) -> str:
    """Only what is read aloud, but for a dot between two numbers: 5.3 is not 53."""
    text = _BETWEEN_NUMBERS.sub("·", text.translate(TO_ARABIC_DIGITS))
    return _NO_WORD.sub("", text).lower()


def _join(words: Sequence[str]) -> str:
    joined = ""
    for word in words:
        if joined[-1:].isdigit() and word[:1].isdigit():
            joined += "·"
        joined += word
    return joined


class _Stock:
    """The texts of the result, of which each stretch is taken once."""

    def __init__(self, texts: list[str]) -> None:
        self.texts = [text for text in texts if text]
        self.at = (
            0  # the text that the last words were found in: the next ones mostly follow
        )

    def take(self, words: Sequence[str]) -> list[int]:
        """The numbers of those words that are in no text. Takes as many in one stretch as it can."""
        missing = []
        start = 0
        while start < len(words):
            taken = self._take_longest(words, start)
            if not taken:
                missing.append(start)
            start += taken or 1
        return missing

    def take_whole(self, words: Sequence[str]) -> bool:
        """Takes all of them where they stand in one stretch."""
        stretch = _join(words)
        found = self._find(stretch)
        if found is None:
            return False
        number, position = found
        text = self.texts[number]
        rest = text[position + len(stretch) :]
        self.texts[number] = f"{text[:position]}{_TAKEN}{rest}"
        self.at = number
        return True

    def _take_longest(self, words: Sequence[str], start: int) -> int:
        """How many words from `start` on were taken."""
        longest = 0
        most = len(words) - start
        while longest < most:
            middle = (longest + most + 1) // 2
            if self._find(_join(words[start : start + middle])) is not None:
                longest = middle
            else:
                most = middle - 1
        if longest:
            self.take_whole(words[start : start + longest])
        return longest

    def _find(self, stretch: str) -> tuple[int, int] | None:
        """(text, position) of the stretch, where it parts no number."""
        count = len(self.texts)
        for step in range(count):
            number = (self.at + step) % count
            text = self.texts[number]
            position = text.find(stretch)
            while position >= 0:
                if not _parts_number(text, position, stretch):
                    return number, position
                position = text.find(stretch, position + 1)
        return None


def _parts_number(text: str, position: int, stretch: str) -> bool:
    before = text[position - 1 : position] if position else ""
    behind = text[position + len(stretch) : position + len(stretch) + 1]
    return (stretch[0].isdigit() and before.isdigit()) or (
        stretch[-1].isdigit() and behind.isdigit()
    )
