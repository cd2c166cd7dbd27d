"""What a hearing decided and a restored version would take back: an app above the manuals knows it, and hands a
function to the view that restores."""

from collections.abc import Callable, Mapping
from typing import NamedTuple
from uuid import UUID

from ...models import Section
from ...reading.presentation.clauses import ReadClause
from .comparison import VersionComparison

# {clause: what changed it after this version of the section, in words}
type FindDecided = Callable[[Section, int], Mapping[UUID, str]]


def find_nothing_decided(section: Section, number: int) -> Mapping[UUID, str]:
    """Where nobody decides anything."""
    return {}


class DecidedWords(NamedTuple):
    """A clause that would lose what was decided for it."""

    clause: ReadClause
    source: str


def load_decided_words(
    comparison: VersionComparison, find_decided: FindDecided
) -> list[DecidedWords]:
    """Of the clauses that going back to the comparison's newer version would change. The queries of `find_decided`."""
    sources = find_decided(comparison.newer.section, comparison.newer.number)
    lost = []
    for clause in comparison.changed_clauses:
        source = sources.get(clause.entry.uuid)
        if source is not None:
            lost.append(DecidedWords(clause, source))
    return lost
