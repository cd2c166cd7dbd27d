"""Which of many wordings say nearly the same: all pairs, exactly, without comparing each with each.

How alike two wordings are is the weight of the words they share over the weight of the words that either has; a word
weighs the more the fewer wordings have it, so that "เสนอผู้อำนวยการ" makes nothing alike. Two wordings that reach the
least likeness share one of the rarest words of each, and those alone are looked up: the prefix filter of set joins
(Bayardo, Ma and Srikant, "Scaling up all pairs similarity search", 2007), with the weight that can still be shared from
there on (Xiao et al., "Efficient similarity joins for near duplicate detection", 2008). Pure: no database.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

# Measured on the demonstration's twenty processes: what is known to stand in two manuals reaches 0.47 to 0.87, of all
# else between two groups two short rows of flow charts come as near
LEAST_ALIKE = 0.45
ROUNDING = 1e-9


class Alike(NamedTuple):
    """Two wordings by their keys, the smaller one first, and how alike they are: from the least to 1."""

    first: int
    second: int
    likeness: float


@dataclass(frozen=True, slots=True)
class WeighedWords:
    """The words of one wording, the rarest first, with what they weigh together. `left` says of each word what it and
    all that follow it weigh."""

    key: int
    words: tuple[str, ...]
    left: tuple[float, ...]
    weight: float


class _Place(NamedTuple):
    """A word in one wording: what the wording weighs from that word on."""

    left: float
    wording: WeighedWords


def find_alike(
    wordings: Mapping[int, Collection[str]],
    *,
    places: Mapping[int, int],
    changed: Collection[int] | None = None,
    least: float = LEAST_ALIKE,
    weights: Mapping[str, float] | None = None,
) -> Iterator[Alike]:
    """The pairs of wordings at different places that are alike. `wordings` is {key: its words} and `places` {key: where
    it stands}; with `changed` only pairs with one of these keys. `weights` are {word: its weight}, by rarity unless
    given."""
    if weights is None:
        weights = weigh_words(wordings)
    sets = {key: frozenset(words) for key, words in wordings.items()}
    wanted = sets.keys() if changed is None else set(changed)
    # Of all that were met, and of those that are wanted
    met: defaultdict[str, list[_Place]] = defaultdict(list)
    met_wanted: defaultdict[str, list[_Place]] = defaultdict(list)
    share = least / (1 + least)

    for wording in weigh(wordings, weights):
        key = wording.key
        is_wanted = key in wanted
        by_word = met if is_wanted else met_wanted
        # Whatever was met is lighter: together they cannot share what this one lacks
        compared = {key}
        for word, left in zip(wording.words, wording.left, strict=True):
            if left < wording.weight * least - ROUNDING:
                break
            for place in by_word.get(word, ()):
                other = place.wording
                together = wording.weight + other.weight
                needed = together * share - ROUNDING
                if place.left < needed or left < needed or other.weight < needed:
                    continue
                if other.key in compared or places[other.key] == places[key]:
                    continue
                compared.add(other.key)
                shared = sum(map(weights.__getitem__, sets[key] & sets[other.key]))
                if shared >= needed:
                    likeness = min(1.0, shared / (together - shared))
                    first, second = sorted((key, other.key))
                    yield Alike(first, second, likeness)
        # A heavier one that is alike shares two thirds of this one's weight (at a likeness of a half)
        for word, left in zip(wording.words, wording.left, strict=True):
            if left < wording.weight * 2 * share - ROUNDING:
                break
            met[word].append(_Place(left, wording))
            if is_wanted:
                met_wanted[word].append(_Place(left, wording))


def weigh_words(wordings: Mapping[int, Collection[str]]) -> dict[str, float]:
    """{word: its weight}"""
    counts: Counter[str] = Counter()
    for words in wordings.values():
        counts.update(set(words))
    return {word: math.log(1 + len(wordings) / n) for word, n in counts.items()}


def weigh(
    wordings: Mapping[int, Collection[str]], weights: Mapping[str, float]
) -> list[WeighedWords]:
    """Those that have words at all, the lightest first."""
    # By the word too, so that equal weights stand in one order everywhere
    ranked = sorted(weights, key=lambda word: (-weights[word], word))
    rank_of = {word: rank for rank, word in enumerate(ranked)}
    weighed = []
    for key, words in wordings.items():
        rarest_first = sorted(set(words), key=rank_of.__getitem__)
        left: list[float] = []
        total = 0.0
        for word in reversed(rarest_first):
            total += weights[word]
            left.append(total)
        if rarest_first:
            weighed.append(
                WeighedWords(key, tuple(rarest_first), tuple(reversed(left)), total)
            )
    weighed.sort(key=lambda wording: (wording.weight, wording.key))
    return weighed
