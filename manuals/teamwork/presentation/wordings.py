"""What stands in the working draft, without a way to anything around it."""

from ...models import Clause
from ...queries import load_draft_entries
from ...reading.presentation.clauses import ReadClause
from ...reading.presentation.sections import read_section


def read_clause_of_draft(clause: Clause) -> ReadClause:
    """One that stands, with its number. Three queries. It comes with its section and manual."""
    section = read_section(load_draft_entries(clause.section))
    return next(read for read in section.clauses if read.entry.clause_id == clause.pk)
