"""What stands in the working draft, without a way to anything around it."""

from ...models import Clause
from ...queries import load_draft_entries
from ...reading.names import read_names_in
from ...reading.presentation.clauses import ReadClause
from ...reading.presentation.links import name_last
from ...reading.presentation.sections import read_section
from ...reading.told_words import referenced_in


def read_clause_of_draft(clause: Clause) -> ReadClause:
    """One that stands, with its number. Three queries, six where it refers to another section. It comes with its
    section and manual."""
    entries = load_draft_entries(clause.section)
    own = {str(entry.uuid) for entry in entries}
    names = name_last(referenced_in([clause.body]) - own)
    section = read_section(
        entries, outer_targets=read_names_in(names, clause.section_id)
    )
    return next(read for read in section.clauses if read.entry.clause_id == clause.pk)
