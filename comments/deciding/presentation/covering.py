"""The clause of which an answer says that it settles the matter already, by what became of it in the working draft."""

from dataclasses import dataclass

from hearing_portal.directory.models import User
from manuals.models import EditionEntry
from manuals.models.survivors import stands
from manuals.permissions import can_read_draft

from ...citations import cite_in_section
from ...models import Disposition
from ..queries.proposals import find_live_clause
from ..queries.where_words_went import find_where_words_went
from .writing import draft_place_url


@dataclass(frozen=True, slots=True)
class CoveringClause:
    """`name` is what it is called in its edition. `has_left`: it stands in the draft no more; `now` is what has its
    words there, by its name, with the address, for who reads that draft."""

    entry: EditionEntry
    name: str
    has_left: bool = False
    now: str = ""
    now_url: str = ""


def load_covering(disposition: Disposition | None, user: User) -> CoveringClause | None:
    """None for an answer that names nothing. No query then, one for what stands, else those of find_where_words_went.
    The entry comes with its section."""
    if disposition is None or disposition.points_to is None:
        return None
    entry = disposition.points_to
    name = cite_in_section(entry)
    clause = find_live_clause(entry.clause_id)
    if clause is None:
        has_left = entry.section is not None and not stands(entry.section)
        return CoveringClause(entry, name, has_left)
    if stands(clause):
        return CoveringClause(entry, name)
    now = find_where_words_went(clause)
    if now is None:
        return CoveringClause(entry, name, has_left=True)
    if not can_read_draft(user, now.clause.section.manual.work_group):
        return CoveringClause(entry, name, has_left=True)
    url = draft_place_url(entry, now.clause)
    return CoveringClause(entry, name, has_left=True, now=now.name, now_url=url)
