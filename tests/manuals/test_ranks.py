"""Ranks: there is always room, and the order never lies."""

import random
from collections.abc import Iterable
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from manuals.ranks import (
    DIGITS,
    heaviest_rising,
    longest_rising,
    rank_between,
    ranks_after,
    rising_without,
)

ranks = st.text(alphabet=DIGITS, min_size=1, max_size=6).filter(
    lambda rank: rank[-1] != DIGITS[0]
)


@given(st.lists(ranks, min_size=2, max_size=2, unique=True))
def test_rank_between_two_lies_strictly_between(pair: list[str]) -> None:
    low, high = sorted(pair)
    rank = rank_between(low, high)
    assert low < rank < high
    assert rank[-1] != DIGITS[0]


@given(ranks)
def test_rank_beside_one_lies_on_the_asked_side(rank: str) -> None:
    assert rank_between("", rank) < rank < rank_between(rank)
    assert rank_between("", rank)[-1] != DIGITS[0]
    assert rank_between(rank)[-1] != DIGITS[0]


@pytest.mark.parametrize(("low", "high"), [("V", "V"), ("W", "V"), ("V1", "V")])
def test_nothing_lies_between_ranks_out_of_order(low: str, high: str) -> None:
    with pytest.raises(ValueError, match="no rank between"):
        rank_between(low, high)


def test_thousand_inserts_anywhere_keep_the_order_they_were_made_in() -> None:
    chance = random.Random(2565)
    line = [rank_between()]
    for _ in range(1000):
        position = chance.randint(0, len(line))
        low = line[position - 1] if position else ""
        high = line[position] if position < len(line) else ""
        line.insert(position, rank_between(low, high))
    assert line == sorted(set(line))
    assert max(map(len, line)) <= 12


@pytest.mark.parametrize(
    ("side", "longest"), [("after", 16), ("before", 200), ("between", 200)]
)
def test_many_inserts_at_one_point_fit_the_column(side: str, longest: int) -> None:
    """The column holds 200 characters."""
    low, high = ("V", "W") if side == "between" else ("", "")
    made = []
    for _ in range(900):
        if side == "after":
            low = rank_between(low)
        else:
            high = rank_between(low, high)
        made.append(low if side == "after" else high)
    assert made == sorted(made, reverse=side != "after")
    assert max(map(len, made)) <= longest


@given(st.one_of(st.just(""), ranks), st.integers(0, 400))
def test_ranks_after_rise_above_the_one_before(low: str, count: int) -> None:
    made = ranks_after(low, count)
    assert len(made) == count
    assert [low, *made] == sorted({low, *made})
    assert all(rank[-1] != DIGITS[0] for rank in made)


def test_ranks_of_a_long_import_are_short() -> None:
    assert max(map(len, ranks_after("", 3000))) == 3


@given(st.lists(st.one_of(st.none(), st.integers(0, 9)), max_size=8))
def test_longest_rising_run_rises_and_none_is_longer(keys: list[int | None]) -> None:
    positions = longest_rising(keys)
    run = [keys[position] for position in positions]
    assert positions == sorted(positions)
    assert None not in run
    assert run == sorted(set(run))
    longer = combinations([key for key in keys if key is not None], len(run) + 1)
    assert not any(list(other) == sorted(set(other)) for other in longer)


@given(st.lists(st.integers(0, 9), max_size=7), st.sets(st.integers(0, 6)))
def test_run_without_what_was_moved_keeps_all_else_that_it_can(
    keys: list[int], moved: set[int]
) -> None:
    def weight(positions: Iterable[int]) -> tuple[int, int]:
        chosen = list(positions)
        return len(set(chosen) - moved), len(chosen)

    positions = rising_without(keys, moved)
    run = [keys[position] for position in positions]
    assert run == sorted(set(run))
    for number in range(len(keys) + 1):
        for other in combinations(range(len(keys)), number):
            rises = [keys[position] for position in other]
            assert rises != sorted(set(rises)) or weight(other) <= weight(positions)


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(1, 9)), max_size=8))
def test_heaviest_rising_run_rises_and_none_weighs_more(
    pairs: list[tuple[int, int]],
) -> None:
    keys = [key for key, _ in pairs]
    weights = [weight for _, weight in pairs]
    positions = heaviest_rising(keys, weights)
    most = 0
    for length in range(len(keys) + 1):
        for run in combinations(range(len(keys)), length):
            chosen = [keys[place] for place in run]
            if chosen == sorted(set(chosen)):
                most = max(most, sum(weights[place] for place in run))
    kept = [keys[place] for place in positions]
    assert kept == sorted(set(kept))
    assert sum(weights[place] for place in positions) == most
