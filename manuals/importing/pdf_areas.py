"""Places on a page of a PDF."""

from typing import NamedTuple


class PageArea(NamedTuple):
    """In points from the lower left corner of the page."""

    left: float
    bottom: float
    right: float
    top: float


def is_within(area: PageArea, other: PageArea) -> bool:
    """Whether the middle of the one lies in the other."""
    across = (area.left + area.right) / 2
    up = (area.bottom + area.top) / 2
    return other.left <= across <= other.right and other.bottom <= up <= other.top
