"""Ranks: text keys in collation C between which there is always room for another one.

A rank is a fraction in base 62 written without its leading point; no rank ends in the lowest digit, so a
rank below any other one exists. Inserting never rewrites the neighbours.
"""

# In code-point order, as collation C compares
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
BASE = len(DIGITS)


def rank_between(low: str = "", high: str = "") -> str:
    """A rank r with low < r < high; "" stands for the open end. Raises ValueError when low >= high."""
    if high and low >= high:
        raise ValueError(f"no rank between {low!r} and {high!r}")
    prefix = ""
    position = 0
    while True:
        bottom = DIGITS.index(low[position]) if position < len(low) else 0
        top = DIGITS.index(high[position]) if high and position < len(high) else BASE
        if top - bottom > 1:
            return prefix + DIGITS[(bottom + top) // 2]
        prefix += DIGITS[bottom]
        if top > bottom:
            high = ""  # from here on anything after low's digits is below high
        position += 1


def ranks_after(low: str, count: int) -> list[str]:
    """`count` ascending ranks above `low`, short and evenly spread: for imports and first loads."""
    width = 1
    while BASE**width <= count * 2:
        width += 1
    step = BASE**width // (count + 1)
    head = _next_prefix(low)
    return [head + _digits(step * (index + 1), width) for index in range(count)]


def _next_prefix(low: str) -> str:
    """A prefix that sorts after `low` whatever follows it ("" when there is no low)."""
    if not low:
        return ""
    stem = low.rstrip(DIGITS[-1])
    if not stem:
        return low + DIGITS[1]
    return stem[:-1] + DIGITS[DIGITS.index(stem[-1]) + 1]


def _digits(number: int, width: int) -> str:
    """`number` in base 62, `width` digits, never ending in the lowest digit."""
    text = ""
    for _ in range(width):
        number, digit = divmod(number, BASE)
        text = DIGITS[digit] + text
    return text if text[-1] != DIGITS[0] else text + DIGITS[BASE // 2]
