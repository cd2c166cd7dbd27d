"""Links that narrow or order what a page lists, as chips or tabs above it."""

from typing import NamedTuple

from django.http import QueryDict


class FilterLink(NamedTuple):
    """One choice: where it leads, whether it is the one taken, and how many rows it has where that is told."""

    label: str
    url: str
    is_current: bool
    count: int | None = None
    icon: str = ""


def query_with(query: QueryDict, **changes: str | None) -> str:
    """The query string with some values changed; None takes one away. "?" when nothing is left, as the tag
    querystring writes it."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = value
    return f"?{changed.urlencode()}"
