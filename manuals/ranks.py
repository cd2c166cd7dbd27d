"""Ranks: text keys in collation C between which there is always room for another one.

A rank is a fraction in base 62 written without its leading point; no rank ends in the lowest digit, so a
rank below any other one exists. Inserting never rewrites the neighbours.
"""

from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

# In code-point order, as collation C compares
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)
MIDDLE = DIGITS[BASE // 2]


def rank_between(low: str = "", high: str = "") -> str:
    """A rank r with low < r < high; "" stands for the open end. Raises ValueError when low >= high."""
    if not high:
        # One step up, not half of what is left: sixty appended siblings cost one digit, not ten
        return _next_prefix(low) or MIDDLE
    if low >= high:
        raise ValueError(f"no rank between {low!r} and {high!r}")
    prefix, top_is_open = "", False
    for position in range(max(len(low), len(high)) + 1):
        bottom = DIGITS.index(low[position]) if position < len(low) else 0
        top = BASE if top_is_open else DIGITS.index(high[position])
        if top - bottom > 1:
            return prefix + DIGITS[(bottom + top) // 2]
        prefix += DIGITS[bottom]
        # Once above low's digit, whatever follows low's own digits stays below high
        top_is_open = top_is_open or top > bottom
    return prefix + MIDDLE


def ranks_after(low: str, count: int) -> list[str]:
    """`count` ascending ranks above `low`, short and evenly spread: for imports and first loads."""
    width = 1
    while BASE**width <= count:
        width += 1
    step = BASE**width // (count + 1)
    head = _next_prefix(low)
    return [head + _digits(step * (index + 1), width) + MIDDLE for index in range(count)]


def _next_prefix(low: str) -> str:
    """A prefix that sorts after `low` whatever follows it ("" when there is no low)."""
    stem = low.rstrip(DIGITS[-1])
    if not stem:
        return low and low + DIGITS[1]
    return stem[:-1] + DIGITS[DIGITS.index(stem[-1]) + 1]


def _digits(number: int, width: int) -> str:
    text = ""
    for _ in range(width):
        number, digit = divmod(number, BASE)
        text = DIGITS[digit] + text
    return text


def longest_rising(keys: Sequence[Any]) -> list[int]:
    """Positions of a longest strictly rising run among `keys`, in order: what may stay where it is when the
    rest moves. None never belongs to it."""
    ends: list[Any] = []  # ends[length - 1]: the lowest key a run of that length ends with
    ending: list[int] = []  # its position
    before: list[int | None] = [None] * len(keys)
    for here, key in enumerate(keys):
        if key is None:
            continue
        length = bisect_left(ends, key)
        before[here] = ending[length - 1] if length else None
        ends[length : length + 1] = [key]
        ending[length : length + 1] = [here]
    run, position = [], ending[-1] if ending else None
    while position is not None:
        run.append(position)
        position = before[position]
    return run[::-1]
