"""Words that a hearing decided: an app above the manuals knows of them, and hands them to views of this one."""

from collections.abc import Callable, Collection
from uuid import UUID

# {clause: what its words, or its being cut, were adopted from} of these sections
type FindAdopted = Callable[[Collection[int]], dict[UUID, str]]


def find_nothing_adopted(section_ids: Collection[int]) -> dict[UUID, str]:
    """Where nobody decides anything."""
    return {}
