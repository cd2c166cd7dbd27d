"""What has the words of a clause that left the draft, by its name, for who would have decided on them there."""

from dataclasses import dataclass

from manuals.drafting.queries.references import find_cited_clauses
from manuals.models import Clause
from manuals.models.survivors import find_survivors
from manuals.reading.names import clause_name


@dataclass(frozen=True, slots=True)
class WordsPlace:
    """`clause` has the words now; `name` is what it is called, with its process."""

    clause: Clause
    name: str


def find_where_words_went(clause: Clause) -> WordsPlace | None:
    """None where nothing has them, and for a clause that stands. One query for each generation, and two."""
    for survivor in find_survivors([clause]).get(clause.pk, ()):
        cited = find_cited_clauses([str(survivor.uuid)]).get(str(survivor.uuid))
        if cited is not None:
            name = f"{clause_name(cited.entry)} ของ “{cited.section.title}”"
            return WordsPlace(survivor, name)
    return None
