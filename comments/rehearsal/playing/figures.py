"""What is counted and timed while the day is played."""

import math
from array import array
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field


def quantile(values: Iterable[float], share: float) -> float | None:
    """The smallest of the values that so many of them do not exceed; None without any."""
    found = sorted(values)
    if not found:
        return None
    return found[max(0, math.ceil(share * len(found)) - 1)]


@dataclass(slots=True)
class Post:
    """A comment somebody writes. Moments in seconds since 1970."""

    key: str
    person: int
    entry: int
    is_last_call: bool
    written_at: float
    sent_at: float = 0.0
    stored_at: float | None = None  # when the portal acknowledged it
    tries: int = 0
    refused: int = 0  # the status


@dataclass(slots=True)
class Figures:
    """Seconds where nothing else is said. `statuses` are answers that were not what the person wanted."""

    pages: array[float] = field(default_factory=lambda: array("d"))
    pages_opened_again: int = 0
    pages_lost: int = 0
    doors: list[tuple[float, float]] = field(default_factory=list)  # (began, ended)
    doors_shut: int = 0
    posts: list[Post] = field(default_factory=list)
    catching_up: array[float] = field(default_factory=lambda: array("d"))
    cut: int = 0
    killed: bool = False
    replaced_after: float | None = None
    streams_lost: int = 0
    streams_told_of_gap: int = 0
    streams_renewed: int = 0
    told_twice: int = 0  # events; a page knows them by their number
    most_streams: int = 0
    clauses: int = 0
    clauses_refused: int = 0
    hands_asked: int = 0
    hands_raised: int = 0
    statuses: Counter[int] = field(default_factory=Counter)
