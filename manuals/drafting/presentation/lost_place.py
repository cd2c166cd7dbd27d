"""The place of a clause to come is gone: who did that meanwhile, and where it may stand instead."""

from dataclasses import dataclass

from django.http import QueryDict

from hearing_portal.directory.models import User

from ...models import Clause, Section
from ...queries import load_draft_entries
from ..forms.clause import ClauseForm
from ..forms.structure import NewPlaceForm
from ..part_kinds import KINDS_OF_PART, kinds_of_part
from ..place import NewClausePlace
from ..queries.clauses import find_lost_neighbour
from .overtaken import Overtaken, load_overtaken_clause


@dataclass(frozen=True, slots=True)
class LostPlace:
    """`overtaken` is of the clause that the place was named by, `moved_to` the section where it stands now if that is
    another one; `form` asks for a place."""

    form: NewPlaceForm
    overtaken: Overtaken | None = None
    moved_to: str = ""


def load_lost_place(
    section: Section,
    place: NewClausePlace,
    clause_form: ClauseForm,
    *,
    sent: QueryDict | None,
    user: User,
) -> LostPlace:
    """`sent` is what came with the form, where it did. Four queries, and what references cost."""
    parts = []
    for part in KINDS_OF_PART:
        if (part != 0) == section.is_process and place.kind in kinds_of_part(part):
            parts.append(part)
    entries = []
    for entry in load_draft_entries(section)[1:]:
        if entry.clause_content.kind != Clause.Kind.STEP:
            entries.append(entry)
    form = NewPlaceForm(
        sent if sent is not None and "beside" in sent else None,
        parts=parts,
        entries=entries,
        initial={"numbered": clause_form["numbering"].value()},
    )
    named = find_lost_neighbour(section, place)
    if named is None:
        return LostPlace(form)
    moved_to = "" if named.section_id == section.pk else named.section.title
    return LostPlace(form, load_overtaken_clause(named, user), moved_to)
