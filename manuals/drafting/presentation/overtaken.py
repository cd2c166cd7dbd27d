"""Somebody else was quicker: who, when, what they did, and what stands now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ...models import Clause, ClauseChange, Section, SectionVersion
from ..queries.last_acts import (
    find_last_change,
    find_last_placing,
    find_last_placing_of_sections,
    find_last_version,
)
from ..told_words import tell_clause


@dataclass(frozen=True, slots=True)
class Overtaken:
    """`now` are the words or the name that stand now; `is_retired` when it left the manual."""

    name: str
    at: datetime | None
    what: str
    reason: str
    now: str
    is_retired: bool


def load_overtaken_clause(clause: Clause) -> Overtaken:
    """`clause` as it stands now. One query, and what its references cost."""
    change = find_last_change(clause.pk)
    what = change.get_kind_display() if change else ""
    return _describe(
        change, what, tell_clause(clause), is_retired=clause.retired_id is not None
    )


def load_overtaken_section(section: Section) -> Overtaken:
    """`section` as it stands now. One query."""
    version = find_last_version(section)
    what = version.told_action if version else ""
    return _describe(
        version, what, section.title, is_retired=section.retired_id is not None
    )


def load_overtaken_place(clauses: Iterable[Clause]) -> Overtaken | None:
    """Which of these clauses was put elsewhere, brought in or taken away last. One query, and what its references
    cost."""
    change = find_last_placing(clause.pk for clause in clauses)
    if change is None:
        return None
    clause = change.clause
    is_retired = clause.retired_id is not None
    what = change.get_kind_display()
    return _describe(change, what, tell_clause(clause), is_retired=is_retired)


def load_overtaken_section_place(sections: Iterable[Section]) -> Overtaken | None:
    """As load_overtaken_place, of sections. One query."""
    version = find_last_placing_of_sections(section.pk for section in sections)
    if version is None:
        return None
    section = version.section
    is_retired = section.retired_id is not None
    return _describe(version, version.told_action, section.title, is_retired=is_retired)


def _describe(
    done: ClauseChange | SectionVersion | None, what: str, now: str, *, is_retired: bool
) -> Overtaken:
    if done is None:
        return Overtaken("", None, "", "", now, is_retired)
    user = done.revision.user
    name = user.get_full_name() if user else ""
    return Overtaken(
        name, done.revision.date_created, what, done.reason, now, is_retired
    )
