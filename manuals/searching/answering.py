"""The answer to a search: what was found for the words as typed, or for those that were meant."""

from dataclasses import dataclass

from ..models import Edition, Manual
from .meant import find_better_spelling, find_meant
from .queries import SearchResult, add_ranked, find_exact, find_hits
from .search_query import SearchQuery, read_query


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """`meant` is what somebody may have meant, as it is spelt, or empty. `is_of_meant` where `found` is what has those
    words; else it is what has the words as typed."""

    found: SearchResult
    meant: str = ""
    is_of_meant: bool = False


def find_answer(
    query: SearchQuery,
    edition: Edition,
    manual: Manual | None = None,
    *,
    as_typed: bool = False,
) -> SearchAnswer:
    """What was typed stands nowhere, and what was meant does: then that is shown, unless the words were wanted
    `as_typed`. What stands there misspelt is shown, and what was meant told. No query more than find_hits where what
    was found is made of words."""
    exact = find_exact(query, edition, manual)
    if exact.has_exact:
        better = find_better_spelling(query, edition, manual)
        return SearchAnswer(add_ranked(exact, manual), better)
    meant = find_meant(query, edition, manual) if query else ""
    if meant and not as_typed:
        found = find_hits(read_query(meant), edition, manual)
        return SearchAnswer(found, meant, is_of_meant=True)
    return SearchAnswer(add_ranked(exact, manual), meant)
