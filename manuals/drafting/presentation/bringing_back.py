"""What left the manual by being joined to something else, before it is brought back: its words stand there yet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from hearing_portal.directory.models import User

from ...models import Clause, Manual, Section, SectionVersion
from ...models.section_survivors import find_section_survivors
from ...models.survivors import find_survivors
from ...reading.names import clause_name
from ..queries.arranging import (
    count_clauses_coming_back,
    find_moved_with,
    find_retired_sections,
    find_taken_along,
    was_joined_away,
)
from ..queries.last_acts import find_undoable
from ..queries.references import find_cited_clauses
from .links import section_url


class RetiredSection(NamedTuple):
    """A section that can be brought back, and what has its words now."""

    section: Section
    went_to: Sequence[Section] = ()


@dataclass(frozen=True, slots=True)
class WordsElsewhere:
    """A clause or a process by its name, where it is read, and how many clauses of what left stand there."""

    name: str
    url: str
    clauses: int = 0


@dataclass(frozen=True, slots=True)
class BringingBack:
    """Of a clause or a process that was joined away: where its words are, how many clauses come back with it, and the
    act that joined it, where the person may still undo that instead. `divide_at` divides the process that took it in.
    `known` names what is told here."""

    places: Sequence[WordsElsewhere] = ()
    clauses: int = 0
    undoable: SectionVersion | None = None
    divide_at: str = ""
    known: str = ""


def list_retired_sections(manual: Manual) -> list[RetiredSection]:
    """The latest first. One query, one for each generation that came of them."""
    retired = find_retired_sections(manual)
    survivors = find_section_survivors(retired)
    return [RetiredSection(each, survivors.get(each.pk, ())) for each in retired]


def tell_clause_elsewhere(clause: Clause, user: User) -> BringingBack | None:
    """None for one that was not joined to another, or where nothing of that stands. Seven queries at most, one more for
    each generation. The clause comes with its section."""
    if clause.retired_id is None or not was_joined_away(clause):
        return None
    survivors = find_survivors([clause]).get(clause.pk, [])
    if not survivors:
        return None
    hanging = Counter(moved.parent_id for moved in find_moved_with(clause))
    cited = find_cited_clauses([str(each.uuid) for each in survivors])
    places = []
    for each in survivors:
        found = cited.get(str(each.uuid))
        name = clause_name(found.entry) if found else "ข้ออื่น"
        if each.section_id != clause.section_id:
            name = f"{name} {each.section.title}"
        url = section_url(each.section, each.uuid)
        places.append(WordsElsewhere(name, url, hanging[each.pk]))
    return BringingBack(
        places,
        undoable=_find_joining(clause.section, user, clause=clause),
        known=" ".join(f"{each.uuid}-{each.lock_version}" for each in survivors),
    )


def tell_section_elsewhere(section: Section, user: User) -> BringingBack | None:
    """None where no clause of it went along when it left, and for a section that stands. Seven queries at most, one
    more for each generation."""
    if section.retired_id is None:
        return None
    moved = find_taken_along(section)
    survivors = find_section_survivors([section]).get(section.pk, [])
    if not moved and not survivors:
        return None
    standing = Counter(clause.section_id for clause in moved)
    sections = {clause.section_id: clause.section for clause in moved}
    for survivor in survivors:
        sections.setdefault(survivor.pk, survivor)
    places = []
    for pk, taking_in in sections.items():
        url = section_url(taking_in)
        places.append(WordsElsewhere(taking_in.title, url, standing[pk]))
    divide_at = ""
    if survivors:
        args = [survivors[0].manual.key, survivors[0].uuid]
        divide_at = reverse("section-split", args=args)
    return BringingBack(
        places,
        clauses=count_clauses_coming_back(section),
        undoable=_find_joining(section, user),
        divide_at=divide_at,
        known=" ".join(f"{pk}-{standing[pk]}" for pk in sections),
    )


def _find_joining(
    section: Section, user: User, clause: Clause | None = None
) -> SectionVersion | None:
    """The act that joined the clause, or the section, while the person may undo it on this section."""
    own = find_undoable(section, user)
    if own is None or own.action != SectionVersion.Action.JOIN:
        return None
    if clause is not None:
        left = clause.changes.filter(revision=own.revision_id)
        return own if left.exists() else None
    return own
