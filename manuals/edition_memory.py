"""What was read of sealed editions, which never change: each process keeps the latest of it, so that a page asks the
database only for what moves."""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, Concatenate

from .models import Edition

MOST_KEPT = 500  # results of one query: all processes of a book and its earlier edition
_forget: list[Callable[[], None]] = []


def kept_of_edition[**P, T](
    load: Callable[Concatenate[Edition, P], T],
) -> Callable[Concatenate[Edition, P], T]:
    """For a query whose result depends on the edition's entries and on its (hashable) arguments alone, and is changed
    by nobody. Of an edition that is not sealed yet nothing is kept."""

    @lru_cache(maxsize=MOST_KEPT)
    def keep(_seal: Any, edition: Edition, *args: Any, **kwargs: Any) -> T:
        return load(edition, *args, **kwargs)

    keep_any: Any = keep  # that the arguments are hashable is for who uses this

    @wraps(load)
    def find(edition: Edition, /, *args: P.args, **kwargs: P.kwargs) -> T:
        if edition.sealed_at is None:
            return load(edition, *args, **kwargs)
        found: T = keep_any(
            (edition.sealed_at, edition.manifest_sha), edition, *args, **kwargs
        )
        return found

    _forget.append(keep.cache_clear)
    return find


def forget_editions() -> None:
    """As in a process that has read nothing yet."""
    for forget in _forget:
        forget()
