"""Ranks: text keys in collation C between which there is always room for another one.

A rank is a fraction in base 62 written without its leading point; no rank ends in the lowest digit, so a
rank below any other one exists. Inserting never rewrites the neighbours.
"""

from bisect import bisect_left
from collections.abc import Sequence

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
    prefix = ""
    top_is_open = False
    for position in range(max(len(low), len(high)) + 1):
        bottom = 0
        if position < len(low):
            bottom = DIGITS.index(low[position])
        top = BASE
        if not top_is_open:
            top = DIGITS.index(high[position])
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
    ranks = []
    for ordinal in range(1, count + 1):
        number = step * ordinal
        digits = ""
        for _ in range(width):
            number, digit = divmod(number, BASE)
            digits = DIGITS[digit] + digits
        ranks.append(head + digits + MIDDLE)
    return ranks


def _next_prefix(low: str) -> str:
    """A prefix that sorts after `low` whatever follows it ("" when there is no low)."""
    if not low:
        return ""
    stem = low.rstrip(DIGITS[-1])
    if not stem:
        # Nothing but the highest digit: there is no step up, only one digit more
        return low + DIGITS[1]
    last_digit = DIGITS.index(stem[-1])
    return stem[:-1] + DIGITS[last_digit + 1]


def longest_rising[Key: (int, str)](keys: Sequence[Key | None]) -> list[int]:
    """Positions of a longest strictly rising run among `keys`, in order: what may stay where it is when the
    rest moves. None never belongs to it."""
    # For each length: the lowest key that a run of that length ends with, and the position of that key
    last_keys: list[Key] = []
    last_positions: list[int] = []
    # For each position: the one before it in the longest run that ends here
    previous: list[int | None] = [None] * len(keys)
    for position, key in enumerate(keys):
        if key is None:
            continue
        length = bisect_left(last_keys, key)
        if length:
            previous[position] = last_positions[length - 1]
        if length == len(last_keys):
            last_keys.append(key)
            last_positions.append(position)
        else:
            last_keys[length] = key
            last_positions[length] = position

    run: list[int] = []
    at = last_positions[-1] if last_positions else None
    while at is not None:
        run.append(at)
        at = previous[at]
    run.reverse()
    return run
