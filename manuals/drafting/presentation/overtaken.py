"""Somebody else was quicker: who, when, what they did, and what stands now."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from hearing_portal.directory.models import User

from ...models import Clause, ClauseChange, Section, SectionVersion
from ..queries.last_acts import (
    find_last_placing,
    find_last_placing_of_sections,
    find_telling_act,
    find_telling_version,
)
from ..told_words import tell_clause


@dataclass(frozen=True, slots=True)
class Overtaken:
    """`now` are the words or the name that stand now; `is_retired` when it left the manual, `is_own` where it was the
    person that was overtaken, in another window."""

    name: str
    at: datetime | None
    what: str
    reason: str
    now: str
    is_retired: bool
    is_own: bool = False


def load_overtaken_clause(
    clause: Clause, user: User, read: int | None = None
) -> Overtaken:
    """`clause` as it stands now, what was done to it since the lock version `read`; last, where that is not known. Two
    queries at most, and what its references cost."""
    version = clause.lock_version if read is None else read
    change = find_telling_act(clause, version, user)
    what = change.get_kind_display() if change else ""
    is_retired = clause.retired_id is not None
    return _describe(change, what, tell_clause(clause), user, is_retired=is_retired)


def load_overtaken_section(section: Section, user: User, read: int) -> Overtaken:
    """`section` as it stands now, what was done to it since the version `read`. Two queries at most."""
    version = find_telling_version(section, read, user)
    what = version.told_action if version else ""
    is_retired = section.retired_id is not None
    return _describe(version, what, section.title, user, is_retired=is_retired)


def load_overtaken_place(clauses: Iterable[Clause], user: User) -> Overtaken | None:
    """Which of these clauses was put elsewhere, brought in or taken away last. One query, and what its references
    cost."""
    change = find_last_placing(clause.pk for clause in clauses)
    if change is None:
        return None
    clause = change.clause
    is_retired = clause.retired_id is not None
    what = change.get_kind_display()
    return _describe(change, what, tell_clause(clause), user, is_retired=is_retired)


def load_overtaken_section_place(
    sections: Iterable[Section], user: User
) -> Overtaken | None:
    """As load_overtaken_place, of sections. One query."""
    version = find_last_placing_of_sections(section.pk for section in sections)
    if version is None:
        return None
    section = version.section
    is_retired = section.retired_id is not None
    return _describe(
        version, version.told_action, section.title, user, is_retired=is_retired
    )


def _describe(
    done: ClauseChange | SectionVersion | None,
    what: str,
    now: str,
    user: User,
    *,
    is_retired: bool,
) -> Overtaken:
    if done is None:
        return Overtaken("", None, "", "", now, is_retired)
    by = done.revision.user
    return Overtaken(
        by.get_full_name() if by else "",
        done.revision.date_created,
        what,
        done.reason,
        now,
        is_retired,
        is_own=by == user,
    )
