"""Reasons of changes that were given anew since: an app above the manuals knows of them, and hands over a function."""

from collections.abc import Callable, Collection, Mapping
from datetime import datetime

# {change: the reason that counts at this time, "" for none}, of those of these changes that have another one than the
# act said
type FindRestated = Callable[[Collection[int], datetime], Mapping[int, str]]


def _nothing_restated(change_ids: Collection[int], at: datetime) -> Mapping[int, str]:
    return {}


class RestatedReasons:
    """Whom to ask. Handed over once, when the apps start."""

    find: FindRestated = staticmethod(_nothing_restated)

    @classmethod
    def ask(cls, find: FindRestated) -> None:
        cls.find = staticmethod(find)
