"""Which clause of an edition or a draft each line of a file is: by its bookmark, then by equal words, then by like
words in the same order.

Pure: no database, no Django. Whoever matches makes `FileWords` of what was read (a line, a clause of a preview) and
`KnownWords` of what is known (a clause of the draft, an entry of an edition) and gets {key of the file: Match}.

    lines = [FileWords(number, line.words, bookmark=line.bookmark) for number, line in enumerate(document.lines)]
    known = [KnownWords(entry.uuid, entry.words) for entry in clauses]        # both in reading order
    matches = match_words(lines, known)
    matches[3].clause, matches[3].how, matches[3].likeness

A part of 0 and a kind of "" say nothing: they agree with any other. Words are best given as a reader sees them, with
what a reference says; equal words are equal whatever their spaces and digits.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from rapidfuzz import fuzz

from hearing_portal.thai.numbering import arabic_digits

from ..ranks import longest_rising
from ..source import uuid_in_bookmark

ALIKE = (
    55  # of 100: from which other words in the same place count as the clause reworded
)
ALONE = 30  # where the neighbours on both sides are certain and nothing else may be it
MOVED = 80  # where the order says otherwise
SAME_AS_CUT = 90  # from which words count as a clause that was cut
LONG_ENOUGH = 20  # letters from which words that stand whole in others say something
WHOLE_WITHIN = 90  # how alike a stretch of the longer words has to be
MOST_PAIRS = 250_000  # of one gap that are all compared; in a larger one those about as far from its beginning
BAND = 200
MOST_MOVED = 1_000_000  # pairs without a counterpart that are all compared


class How(StrEnum):
    """What tells that a line is a clause, the surest first."""

    BOOKMARK = "bookmark"
    SAME = "same"
    EARLIER = "earlier"  # the same as the clause said before it was changed
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class FileWords[Key: Hashable]:
    """Words of a file; `bookmark` as Word has it, or "" without one of ours."""

    key: Key
    words: str
    part: int = 0
    kind: str = ""
    bookmark: str = ""


@dataclass(frozen=True, slots=True)
class KnownWords:
    """Words of a clause; `key` is its uuid. `earlier` are words that it had before: a file written then has them. One
    that was cut is known only by words that are the same, or nearly."""

    key: UUID
    words: str
    part: int = 0
    kind: str = ""
    earlier: tuple[str, ...] = ()
    is_cut: bool = False


class Match(NamedTuple):
    """`likeness` is of 100, by words; 100 only for the same words."""

    clause: UUID
    how: How
    likeness: int


def match_words[Key: Hashable](
    lines: Sequence[FileWords[Key]], clauses: Sequence[KnownWords]
) -> dict[Key, Match]:
    """{key of a line: the clause it is}, each clause once; both in reading order. A line that is none is new, a clause
    that no line is has gone."""
    matcher = _Matcher(lines, clauses)
    matcher.match_bookmarks()
    matcher.match_equal()
    matcher.match_alike_in_order()
    matcher.match_equal_elsewhere()
    matcher.match_moved()
    return matcher.told()


def likeness_of(one: str, other: str) -> int:
    """Of 100. Words that stand whole within longer ones are like them too."""
    return _likeness(_plain(one), _plain(other))


def _plain(words: str) -> str:
    """Without what two writers of the same words do otherwise."""
    return "".join(arabic_digits(words).split())


def _likeness(one: str, other: str) -> int:
    if one == other:
        return 100
    likeness = fuzz.ratio(one, other)
    shorter = min(len(one), len(other))
    if likeness < ALIKE <= WHOLE_WITHIN and shorter >= LONG_ENOUGH:
        within = fuzz.partial_ratio(one, other, score_cutoff=WHOLE_WITHIN)
        if within:
            likeness = max(likeness, ALIKE + (within - WHOLE_WITHIN))
    return min(99, round(likeness))


class _Matcher[Key: Hashable]:
    """Lines and clauses by their places in reading order."""

    def __init__(
        self, lines: Sequence[FileWords[Key]], clauses: Sequence[KnownWords]
    ) -> None:
        self.lines = lines
        self.clauses = clauses
        self.line_words = [_plain(line.words) for line in lines]
        self.known_words: list[tuple[str, ...]] = []
        for clause in clauses:
            words = (clause.words, *clause.earlier)
            self.known_words.append(tuple(_plain(each) for each in words))
        self.found: dict[int, tuple[int, How]] = {}  # {line: (clause, how)}
        self.used: set[int] = set()
        # {clause: line} with the same words where the order says otherwise
        self.elsewhere: dict[int, int] = {}

    # --- certain ones

    def match_bookmarks(self) -> None:
        """Of a bookmark that stands twice (a paragraph was copied) the words most alike have it. One that slipped to
        other words while its own stand elsewhere is not believed."""
        places = {clause.key: number for number, clause in enumerate(self.clauses)}
        named: defaultdict[int, list[int]] = defaultdict(list)
        for number, line in enumerate(self.lines):
            uuid = uuid_in_bookmark(line.bookmark)
            if uuid is not None and uuid in places:
                named[places[uuid]].append(number)
        said = set(self.line_words)
        for clause, numbers in named.items():
            best = max(numbers, key=lambda number: self.likeness(number, clause))
            is_unlike = self.likeness(best, clause) < ALIKE
            if is_unlike and not said.isdisjoint(self.known_words[clause]):
                continue
            self.take(best, clause, How.BOOKMARK)

    def match_equal(self) -> None:
        """Words that stand as often on both sides, in their order; then those that only another part has. What is out
        of order waits: a line in the right place may be the clause with other words, and this one a copy."""
        for is_same_part in (True, False):
            lines: defaultdict[tuple[str, int, str], list[int]] = defaultdict(list)
            clauses: defaultdict[tuple[str, int, str], list[int]] = defaultdict(list)
            for number in self.open_lines():
                line = self.lines[number]
                part = line.part if is_same_part else 0
                lines[self.line_words[number], part, line.kind].append(number)
            for number in self.open_clauses():
                clause = self.clauses[number]
                part = clause.part if is_same_part else 0
                for words in dict.fromkeys(self.known_words[number]):
                    clauses[words, part, clause.kind].append(number)
            for key, numbers in lines.items():
                same = [each for each in clauses[key] if each not in self.used]
                if key[0] and len(same) == len(numbers):
                    for number, clause_number in zip(numbers, same, strict=True):
                        self.take(number, clause_number, How.SAME)
        in_order = set(self.frame())
        for number, (place, how) in list(self.found.items()):
            if how == How.SAME and (number, place) not in in_order:
                self.found.pop(number)
                self.used.remove(place)
                self.elsewhere[place] = number

    def match_equal_elsewhere(self) -> None:
        for clause, number in self.elsewhere.items():
            if clause not in self.used and number not in self.found:
                self.take(number, clause, How.SAME)

    # --- like ones

    def match_alike_in_order(self) -> None:
        """Between each two certain neighbours: the pairs that keep the order and are most alike together."""
        for lines, clauses in self.gaps():
            pairs = self.align(lines, clauses)
            for number, clause in pairs:
                self.take(number, clause, How.ALIKE)

    def match_moved(self) -> None:
        """What is left, whatever its order, the most alike first."""
        candidates = []
        lines = self.open_lines()
        clauses = self.open_clauses()
        if len(lines) * len(clauses) > MOST_MOVED:
            return
        for number in lines:
            for clause in clauses:
                if not self.agree(number, clause, with_part=False):
                    continue
                likeness = self.likeness(number, clause, least=MOVED)
                is_there = self.agree(number, clause)
                if likeness >= MOVED:
                    order = (-likeness, not is_there, number, clause)
                    candidates.append(order)
        for _, _, number, clause in sorted(candidates):
            if number not in self.found and clause not in self.used:
                self.take(number, clause, How.ALIKE)

    def gaps(self) -> Iterator[tuple[list[int], list[int]]]:
        """Lines and clauses without a counterpart between certain ones that keep the order."""
        frame = [*self.frame(), (len(self.lines), len(self.clauses))]
        line_start = clause_start = 0
        for line_end, clause_end in frame:
            lines = [n for n in range(line_start, line_end) if n not in self.found]
            clauses = [
                n
                for n in range(clause_start, clause_end)
                if n not in self.used and not self.clauses[n].is_cut
            ]
            if lines and clauses:
                yield lines, clauses
            line_start, clause_start = line_end + 1, clause_end + 1

    def frame(self) -> list[tuple[int, int]]:
        """The most of what was found that rises on both sides."""
        found = sorted((number, clause) for number, (clause, _) in self.found.items())
        kept = longest_rising([clause for _, clause in found])
        return [found[position] for position in kept]

    def align(
        self, lines: Sequence[int], clauses: Sequence[int]
    ) -> list[tuple[int, int]]:
        if len(lines) == len(clauses) == 1:
            line, clause = lines[0], clauses[0]
            least = MOVED if clause in self.elsewhere else ALONE
            if self.agree(line, clause) and self.likeness(line, clause) >= least:
                return [(line, clause)]
            return []
        scores = self.score(lines, clauses)
        return _best_in_order(lines, clauses, scores)

    def score(
        self, lines: Sequence[int], clauses: Sequence[int]
    ) -> list[dict[int, int]]:
        """For each line {place of a clause in the gap: how much the pair is worth}."""
        is_large = len(lines) * len(clauses) > MOST_PAIRS
        scores = []
        for position, number in enumerate(lines):
            worth: dict[int, int] = {}
            columns = range(len(clauses))
            if is_large:
                middle = position * len(clauses) // len(lines)
                columns = range(max(0, middle - BAND), min(len(clauses), middle + BAND))
            for column in columns:
                clause = clauses[column]
                if self.agree(number, clause):
                    least = MOVED if clause in self.elsewhere else ALIKE
                    likeness = self.likeness(number, clause, least=least)
                    if likeness >= least:
                        worth[column] = likeness - ALIKE + 10
            scores.append(worth)
        return scores

    # --- what all of them ask

    def open_lines(self) -> list[int]:
        return [n for n in range(len(self.lines)) if n not in self.found]

    def open_clauses(self) -> list[int]:
        return [n for n in range(len(self.clauses)) if n not in self.used]

    def agree(self, number: int, clause: int, *, with_part: bool = True) -> bool:
        line = self.lines[number]
        known = self.clauses[clause]
        if line.kind and known.kind and line.kind != known.kind:
            return False
        if known.is_cut and self.likeness(number, clause) < SAME_AS_CUT:
            return False
        return not (with_part and line.part and known.part) or line.part == known.part

    def likeness(self, number: int, clause: int, *, least: int = 0) -> int:
        words = self.line_words[number]
        best = 0
        for known in self.known_words[clause]:
            # No two texts are more alike than their lengths allow
            if least and known and words:
                most = 200 * min(len(words), len(known)) / (len(words) + len(known))
                if most < least and min(len(words), len(known)) < LONG_ENOUGH:
                    continue
            best = max(best, _likeness(words, known))
        return best

    def take(self, number: int, clause: int, how: How) -> None:
        self.found[number] = (clause, how)
        self.used.add(clause)

    def told(self) -> dict[Key, Match]:
        matches: dict[Key, Match] = {}
        for number in sorted(self.found):
            clause, how = self.found[number]
            now = self.known_words[clause][0]
            likeness = _likeness(self.line_words[number], now)
            if how == How.SAME and likeness < 100:
                how = How.EARLIER
            matches[self.lines[number].key] = Match(
                self.clauses[clause].key, how, likeness
            )
        return matches


def _best_in_order(
    lines: Sequence[int], clauses: Sequence[int], scores: Sequence[dict[int, int]]
) -> list[tuple[int, int]]:
    """The pairs, rising on both sides, that are worth most together: a heaviest rising run over all pairs, of which few
    are alike at all."""
    # Worth of the best run whose last clause is at most this one, kept rising in both lists
    ends: list[int] = [-1]
    worths: list[int] = [0]
    runs: list[tuple[int, int, int] | None] = [None]  # (line, clause, run before)
    tails: list[int] = [0]  # place in `runs`
    for position, worth in enumerate(scores):
        fresh = []
        for column, value in worth.items():
            before = bisect_left(ends, column) - 1
            fresh.append((column, worths[before] + value, tails[before]))
        for column, value, tail in fresh:
            place = bisect_left(ends, column)
            if worths[place - 1] >= value:
                continue
            runs.append((position, column, tail))
            last = place
            while last < len(ends) and worths[last] <= value:
                last += 1
            ends[place:last] = [column]
            worths[place:last] = [value]
            tails[place:last] = [len(runs) - 1]
    pairs = []
    run = runs[tails[-1]]
    while run is not None:
        position, column, tail = run
        pairs.append((lines[position], clauses[column]))
        run = runs[tail]
    pairs.reverse()
    return pairs
