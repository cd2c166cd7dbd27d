"""Where what somebody was asked to look at stands now."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..models import Clause, ReviewRequest, Section
from ..models.survivors import find_section_survivors, find_survivors


@dataclass(frozen=True, slots=True)
class AskedPlace:
    """The section where it stands, and the clause, where one was asked about. `has_moved`: that was joined to another
    one, or divided and left, and these have its words."""

    section: Section
    clause: Clause | None = None
    has_moved: bool = False


def find_places(requests: Iterable[ReviewRequest]) -> dict[int, AskedPlace]:
    """{request id: its place}. The requests come with section, clause and that one's section. No query, one for each
    generation where something was joined to something else."""
    rows = list(requests)
    clauses = find_survivors(row.clause for row in rows if row.clause is not None)
    sections = find_section_survivors(row.section for row in rows if row.clause is None)
    places = {}
    for row in rows:
        if row.clause is not None:
            [clause, *_] = clauses.get(row.clause.pk, [row.clause])
            has_moved = clause != row.clause
            places[row.pk] = AskedPlace(clause.section, clause, has_moved)
        else:
            [section, *_] = sections.get(row.section.pk, [row.section])
            places[row.pk] = AskedPlace(section, has_moved=section != row.section)
    return places


def find_asked_place(request: ReviewRequest) -> AskedPlace:
    return find_places([request])[request.pk]
