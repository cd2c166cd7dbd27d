"""What a change came from: an app above the manuals knows it, and hands a function to the views of this room."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import NamedTuple

from hearing_portal.directory.models import User


class Cause(NamedTuple):
    """Something that led to a change, in words; `url` where this reader may look at it."""

    words: str
    url: str = ""


type Causes = Mapping[int, Sequence[Cause]]  # by the id of the ClauseChange
type FindCauses = Callable[[User, Collection[int]], Causes]


def no_causes(user: User, change_ids: Collection[int]) -> Causes:
    return {}
