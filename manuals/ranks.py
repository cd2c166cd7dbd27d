"""Ranks: text keys in collation C between which there is always room for another one.

A rank is a fraction in base 62 written without its leading point; no rank ends in the lowest digit, so a
rank below any other one exists. Inserting never rewrites the neighbours.
"""

from bisect import bisect_left
from collections.abc import Collection, Sequence

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

    return _run_to(last_positions[-1] if last_positions else None, previous)


def heaviest_rising(keys: Sequence[int], weights: Sequence[int]) -> list[int]:
    """Positions of a strictly rising run among `keys` that weighs most together, in order; every weight is above 0."""
    # Ends of runs, their keys and weights kept rising: what ends later weighs more, or it is dropped
    ends: list[int] = []
    totals: list[int] = []
    positions: list[int] = []
    previous: list[int | None] = []
    for position, key in enumerate(keys):
        place = bisect_left(ends, key)
        total = weights[position] + (totals[place - 1] if place else 0)
        previous.append(positions[place - 1] if place else None)
        last = place
        while last < len(ends) and totals[last] <= total:
            last += 1
        if last == place < len(ends) and ends[place] == key:
            continue
        ends[place:last] = [key]
        totals[place:last] = [total]
        positions[place:last] = [position]
    return _run_to(positions[-1] if positions else None, previous)


def _run_to(end: int | None, previous: Sequence[int | None]) -> list[int]:
    """The positions that lead to `end`, in order; `previous` is what stands before each in its run."""
    run: list[int] = []
    at = end
    while at is not None:
        run.append(at)
        at = previous[at]
    run.reverse()
    return run


def rising_without(keys: Sequence[int | None], moved: Collection[int]) -> list[int]:
    """As longest_rising, but of runs that leave out as few as can be of what nobody moved; `moved` are the positions of
    what somebody did. Takes the square of their number."""
    # For each position: (how many that nobody moved, how many at all) of the best run that ends here
    best: list[tuple[int, int]] = []
    previous: list[int | None] = []
    for position, key in enumerate(keys):
        weight, before = (0, 0), None
        for earlier in range(position if key is not None else 0):
            other = keys[earlier]
            if other is not None and other < (key or 0) and best[earlier] > weight:
                weight, before = best[earlier], earlier
        stays = int(position not in moved)
        best.append((weight[0] + stays, weight[1] + 1) if key is not None else (0, 0))
        previous.append(before)

    run: list[int] = []
    at = max(range(len(best)), key=best.__getitem__) if any(map(any, best)) else None
    while at is not None:
        run.append(at)
        at = previous[at]
    run.reverse()
    return run
