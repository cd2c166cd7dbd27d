"""Words that a hearing decided: an app above the manuals knows of them, and hands them to views of this one."""

from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple
from uuid import UUID

# {clause: what its words, or its being cut, were adopted from} of these sections
type FindAdopted = Callable[[Collection[int]], dict[UUID, str]]


def find_nothing_adopted(section_ids: Collection[int]) -> dict[UUID, str]:
    """Where nobody decides anything."""
    return {}


class KeptDecision(NamedTuple):
    """A change that was decided and stands in the draft: what it was adopted from, in words, and the clauses that bear
    it."""

    source: str
    clauses: Collection[UUID]


# {key of a change that was decided: as it is kept} in these sections
type FindKept = Callable[[Collection[int]], Mapping[int, KeptDecision]]
NOTHING_KEPT: Mapping[int, KeptDecision] = {}


def find_nothing_kept(section_ids: Collection[int]) -> Mapping[int, KeptDecision]:
    """Where nobody decides anything."""
    return NOTHING_KEPT
