"""Somebody else was quicker: who, when, what they did, and what stands now."""

from dataclasses import dataclass
from datetime import datetime

from ...models import Clause, ClauseChange, Section, SectionVersion
from ..queries.last_acts import find_last_change, find_last_version
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
