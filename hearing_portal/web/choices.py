"""What a page offers to choose from: links that narrow or order a list, and the options of a select."""

from typing import NamedTuple

from django.http import QueryDict


class FilterLink(NamedTuple):
    """One choice: where it leads, whether it is the one taken, and how many rows it has where that is told."""

    label: str
    url: str
    is_current: bool
    rows: int | None = None
    icon: str = ""


class Option(NamedTuple):
    """An option of a select. `words` are of the book and stand in the reader's digits, `note` after them as it is;
    options of one `group` follow each other."""

    value: str
    words: str = ""
    note: str = ""
    group: str = ""


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
