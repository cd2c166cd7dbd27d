"""What left the manual, before it is brought back, where words of it stand elsewhere: what it was joined to has them,
or what was joined to it stands again."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse

from hearing_portal.directory.models import User

from ...models import Clause, Manual, Section, SectionVersion
from ...models.section_survivors import find_section_survivors
from ...models.survivors import find_survivors
from ...reading.names import clause_name
from ..queries.arranging import (
    find_coming_back,
    find_moved_with,
    find_retired_sections,
    find_retired_together,
    find_taken_along,
    was_joined_away,
)
from ..queries.last_acts import find_undoable
from ..queries.references import find_cited_clauses
from ..queries.said_twice import find_said_twice
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
    `said_twice` are clauses that stand and whose words come back with it. `known` names what is told here."""

    places: Sequence[WordsElsewhere] = ()
    said_twice: Sequence[WordsElsewhere] = ()
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
    """None where nothing that stands has its words, or words that it took in. The queries of find_retired_together, of
    find_survivors and of find_said_twice, and five more at most. The clause comes with its section."""
    if clause.retired_id is None:
        return None
    survivors = []
    if was_joined_away(clause):
        survivors = find_survivors([clause]).get(clause.pk, [])
    together = find_retired_together(clause)
    twice = [each for each in find_said_twice(together) if each not in survivors]
    if not survivors and not twice:
        return None
    hanging = Counter[int | None]()
    if survivors:
        hanging.update(moved.parent_id for moved in find_moved_with(clause))
    named = _name_places([*survivors, *twice], clause.section, hanging)
    return BringingBack(
        named[: len(survivors)],
        said_twice=named[len(survivors) :],
        undoable=_find_joining(clause.section, user, clause=clause),
        known=_name_versions([*survivors, *twice]),
    )


def _name_places(
    clauses: Sequence[Clause], section: Section, hanging: Mapping[int | None, int]
) -> list[WordsElsewhere]:
    """Of clauses that stand, for somebody in the section. Two queries, none for none."""
    cited = find_cited_clauses([str(each.uuid) for each in clauses])
    places = []
    for each in clauses:
        found = cited.get(str(each.uuid))
        name = clause_name(found.entry) if found else "ข้ออื่น"
        if each.section_id != section.pk:
            name = f"{name} {each.section.title}"
        url = section_url(each.section, each.uuid)
        places.append(WordsElsewhere(name, url, hanging.get(each.pk, 0)))
    return places


def _name_versions(clauses: Iterable[Clause]) -> str:
    return " ".join(f"{each.uuid}-{each.lock_version}" for each in clauses)


def tell_section_elsewhere(section: Section, user: User) -> BringingBack | None:
    """None where no clause of it went along when it left and nothing that stands has the words of what comes back, and
    for a section that stands. Nine queries at most, those of find_said_twice, one more for each generation."""
    if section.retired_id is None:
        return None
    moved = find_taken_along(section)
    survivors = find_section_survivors([section]).get(section.pk, [])
    returning = find_coming_back(section)
    twice = find_said_twice(returning)
    if not moved and not survivors and not twice:
        return None
    standing = Counter(clause.section_id for clause in moved)
    sections = {clause.section_id: clause.section for clause in moved}
    for survivor in survivors:
        sections.setdefault(survivor.pk, survivor)
    places = []
    for pk, taking_in in sections.items():
        url = section_url(taking_in)
        places.append(WordsElsewhere(taking_in.title, url, standing[pk]))
    known = [f"{pk}-{standing[pk]}" for pk in sections]
    divide_at = ""
    if survivors:
        args = [survivors[0].manual.key, survivors[0].uuid]
        divide_at = reverse("section-split", args=args)
    return BringingBack(
        places,
        said_twice=_name_places(twice, section, {}),
        clauses=len(returning),
        undoable=_find_joining(section, user),
        divide_at=divide_at,
        known=" ".join([*known, _name_versions(twice)]).strip(),
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
