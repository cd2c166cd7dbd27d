"""What stands in the working draft, without a way to anything around it."""

from collections.abc import Iterable

from hearing_portal.thai.markup import OBJECT_MARKER

from ...models import Clause
from ...queries import load_draft_entries
from ...reading.names import read_names_in
from ...reading.presentation.clauses import ReadClause
from ...reading.presentation.links import name_last
from ...reading.presentation.sections import read_section
from ...reading.told_words import ToldWords, referenced_in


def read_clause_of_draft(clause: Clause) -> ReadClause | None:
    """With its number; None for one that left the manual. Three queries, six where it refers to another section. It
    comes with its section and manual."""
    entries = load_draft_entries(clause.section)
    own = {str(entry.uuid) for entry in entries}
    names = name_last(referenced_in([clause.content.referring]) - own)
    section = read_section(
        entries, outer_targets=read_names_in(names, clause.section_id)
    )
    for read in section.clauses:
        if read.entry.clause_id == clause.pk:
            return read
    return None


def tell_last_words(clause: Clause) -> str:
    """What one that left the manual said, references by what they were called last. Three queries at most, none where
    it refers to nothing."""
    return tell_all_last_words([clause])[clause.pk]


def tell_all_last_words(clauses: Iterable[Clause]) -> dict[int, str]:
    """{id of the clause: the same of it}, for all of them together."""
    rows = list(clauses)
    cited = referenced_in(
        clause.content.referring for clause in rows if OBJECT_MARKER in clause.plain
    )
    told = ToldWords(name_last(cited))
    return {clause.pk: told.of_clause(clause) for clause in rows}
