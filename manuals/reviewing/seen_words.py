"""Which words somebody who was asked to look has seen."""

import hashlib
from typing import NamedTuple, Self

from ..models import ReviewRequest
from .places import find_asked_clauses, find_asked_place

LETTERS = 16  # of the hash: enough to tell states of one request apart


class SeenWords(NamedTuple):
    """The version of the section where they stand, which is told, and a hash of the versions of all that is shown: of
    one clause and what was split off from it, or of a section as it is asked about, whatever came around it."""

    version: int
    words: str = ""

    @classmethod
    def of(cls, request: ReviewRequest) -> Self:
        """As they stand. The request comes with its section, its clause and that one's section."""
        asked = find_asked_clauses(request)
        clauses = [*asked.clauses, *asked.left]
        if request.clause is not None:
            section = find_asked_place(request).section
            facts = "left" if asked.left else ""
        else:
            section = next(iter(asked.sections), request.section)
            facts = f"{section.pk} {section.title}"
            if asked.is_whole:
                facts = f"{section.pk} {section.version}"
        shown = [facts, *(f"{each.pk} {each.lock_version}" for each in clauses)]
        words = hashlib.sha256("\n".join(shown).encode()).hexdigest()
        return cls(section.version, words[:LETTERS])

    def says_the_same(self, now: Self) -> bool:
        """Whether what was asked about stands as it was seen."""
        return now.words == self.words
