"""How much a run of Thai letters reads like Thai: the cheapest way to write it as words, in bits.

A frequent word is cheap, a rare one dear, a letter that belongs to no word dearer still. What a damaged letter should
have been is told by how much cheaper the run becomes with it. Pure: no database.
"""

import re
from functools import cache, cached_property, lru_cache
from math import inf, log2
from typing import NamedTuple

from hearing_portal.thai.script import FOLLOW_VOWEL, MARK
from hearing_portal.thai.words import dictionary, read_word_counts

LETTER_COST = 13.0  # of a letter that belongs to no word
LONE_MARK_COST = 22.0  # of a vowel or tone mark that belongs to none
SELDOM = 22.0  # the cost of a word that the corpus does not have
LONGEST_WORD = 30
# A run of Thai letters without digits and signs
RUN = re.compile("[\u0e01-\u0e2e\u0e30-\u0e3a\u0e40-\u0e45\u0e47-\u0e4e]+")
_NEEDS_A_LETTER = re.compile(f"[{MARK}{FOLLOW_VOWEL}]")


@cache
def word_costs() -> dict[str, float]:
    """{word of the dictionary: bits}. Takes half a second, once for a process."""
    counts = read_word_counts()
    total = log2(sum(counts.values()))
    costs = {}
    for word in dictionary():
        seen = counts.get(word, 0)
        costs[word] = total - log2(seen + 1) if seen else SELDOM
    return costs


@cache
def _longest_words() -> dict[str, int]:
    """{two letters: how long the longest word is that begins with them}: where to stop looking."""
    longest: dict[str, int] = {}
    for word in word_costs():
        longest[word[:2]] = max(longest.get(word[:2], 0), len(word))
    return longest


class RunWord(NamedTuple):
    start: int
    text: str
    is_known: bool


class ThaiRun:
    """A run of letters with the costs of its beginnings and ends, so that another word in it is weighed at once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.costs = word_costs()
        longest = _longest_words()
        self._longest = [longest.get(text[at : at + 2], 1) for at in range(len(text))]
        self._before = self._cheapest_before()

    @property
    def cost(self) -> float:
        return self._before[-1]

    def cost_through(self, start: int, end: int, word: str) -> float:
        """Of the run with the word in place of [start, end)."""
        return self._before[start] + self.costs[word] + self._behind[end]

    def dearest_word(self, start: int, end: int) -> float:
        """The cost of the rarest word of the cheapest way that has letters of [start, end)."""
        return max(self._cost_at[start:end])

    @cached_property
    def _cost_at(self) -> list[float]:
        """Of each letter, the cost of the word it belongs to."""
        costs = []
        for word in self.words:
            cost = self.costs[word.text] if word.is_known else inf
            costs += [cost] * len(word.text)
        return costs

    def strange_letters(self) -> int:
        """How many letters belong to no word."""
        return len([word for word in self.words if not word.is_known])

    @cached_property
    def words(self) -> list[RunWord]:
        """Of the cheapest way, strange letters one by one."""
        words: list[RunWord] = []
        position = len(self.text)
        while position:
            start, is_known = self._came_from[position]
            words.append(RunWord(start, self.text[start:position], is_known))
            position = start
        words.reverse()
        return words

    def _cheapest_before(self) -> list[float]:
        text = self.text
        before = [0.0] + [inf] * len(text)
        self._came_from: list[tuple[int, bool]] = [(0, True)] * (len(text) + 1)
        for start in range(len(text)):
            so_far = before[start]
            letter = so_far + _strange_cost(text[start])
            if letter < before[start + 1]:
                before[start + 1] = letter
                self._came_from[start + 1] = (start, False)
            for end in range(
                start + 1, min(len(text), start + self._longest[start]) + 1
            ):
                cost = self.costs.get(text[start:end])
                if cost is not None and so_far + cost < before[end]:
                    before[end] = so_far + cost
                    self._came_from[end] = (start, True)
        return before

    @cached_property
    def _behind(self) -> list[float]:
        text = self.text
        behind = [inf] * len(text) + [0.0]
        for start in range(len(text) - 1, -1, -1):
            behind[start] = behind[start + 1] + _strange_cost(text[start])
            for end in range(
                start + 1, min(len(text), start + self._longest[start]) + 1
            ):
                cost = self.costs.get(text[start:end])
                if cost is not None and cost + behind[end] < behind[start]:
                    behind[start] = cost + behind[end]
        return behind


def _strange_cost(letter: str) -> float:
    return LONE_MARK_COST if _NEEDS_A_LETTER.match(letter) else LETTER_COST


def reading_cost(text: str) -> float:
    """Of all runs of a text."""
    return sum(weigh_run(run).cost for run in RUN.findall(text))


def count_strange(text: str) -> int:
    """Letters of all runs that belong to no word."""
    return sum(weigh_run(run).strange_letters() for run in RUN.findall(text))


@lru_cache(maxsize=20_000)
def weigh_run(run: str) -> ThaiRun:
    return ThaiRun(run)
