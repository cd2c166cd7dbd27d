"""Which words somebody who was asked to look has seen."""

from typing import NamedTuple, Self

from ..models import ReviewRequest
from .places import find_asked_place


class SeenWords(NamedTuple):
    """The version of the section where they stand, and of the one clause that is asked about; 0 where it is the whole
    section."""

    version: int
    clause_version: int = 0

    @classmethod
    def of(cls, request: ReviewRequest) -> Self:
        """As they stand. The request comes with its section, its clause and that one's section."""
        place = find_asked_place(request)
        return cls(
            place.section.version,
            place.clause.lock_version if place.clause is not None else 0,
        )

    def says_the_same(self, now: Self) -> bool:
        """Whether what was asked about stands as it was seen: of one clause, whatever came around it."""
        if now.clause_version:
            return now.clause_version == self.clause_version
        return now.version == self.version
