"""Two versions of a section compared, and what restoring one of them would change."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.http import Http404
from django.urls import reverse

from hearing_portal.directory.models import User
from hearing_portal.thai.markup import write_reference
from hearing_portal.thai.sentences import joined

from ...drafting.presentation.references import find_outer_uuids
from ...drafting.told_words import load_past_words, tell_clauses
from ...models import Clause, Section, SectionVersion
from ...reading.names import LinkTargets
from ...reading.presentation.clauses import ReadClause
from ...reading.presentation.sections import ReadSection, read_section
from ...reading.queries.sections import EarlierWording
from ..queries.sections import (
    find_moved_in,
    find_section_versions,
    find_split_and_joined,
    load_version_entries,
)
from .history import FactChange, fact_changes


@dataclass(frozen=True, slots=True)
class VersionComparison:
    """`section` as it stands at `newer`, with what came and went since `older`; both come with their acts."""

    older: SectionVersion
    newer: SectionVersion
    section: ReadSection
    facts: Sequence[FactChange]

    @property
    def changed_clauses(self) -> list[ReadClause]:
        return [clause for clause in self.section.clauses if clause.state]

    @property
    def next_number(self) -> int:
        """What the newest version will be once `newer` is restored over `older`."""
        return self.older.number + 1

    @property
    def is_same(self) -> bool:
        return not self.changed_clauses and not self.facts


def get_version(section: Section, number: int) -> SectionVersion:
    """With its act. Raises Http404."""
    version = find_section_versions(section).filter(number=number).first()
    if version is None:
        raise Http404
    return version


def read_version(section: Section, version: SectionVersion, user: User) -> ReadSection:
    """The section as it stood after its version, with references as they were numbered then. At most five queries, and
    those of load_past_words."""
    _, entries = load_version_entries(section, version.number)
    outer = _past_targets(version, find_outer_uuids(entries), user)
    return read_section(entries, outer_targets=outer)


def _past_targets(
    version: SectionVersion, cited: Iterable[str], user: User | None
) -> LinkTargets:
    """What is cited as it is read in the section, right after the version's act."""
    act = version.revision_id
    told = load_past_words([("".join(map(write_reference, cited)), act)], user)
    return told[act].read_in(version.section_id)


def compare_versions(
    section: Section, older: int, newer: int, user: User | None = None
) -> VersionComparison:
    """Where `older` is the later one, what going back would change: nothing moves between sections then, what came
    leaves again. References are called as they were after the newer one. Raises Http404 when one of the versions is
    none. At most ten queries, and those of load_past_words."""
    both = find_section_versions(section).filter(number__in=[older, newer])
    versions = {version.number: version for version in both}
    if older not in versions or newer not in versions:
        raise Http404
    old_state, old_entries = load_version_entries(section, older)
    new_state, new_entries = load_version_entries(section, newer)
    old_uuids = {entry.uuid for entry in old_entries}
    added = [entry.uuid for entry in new_entries if entry.uuid not in old_uuids]
    moved_in = []
    if added:
        moved_in = find_moved_in(section, older, newer, added)
    moved_away = frozenset[UUID]()
    if older < newer:
        moved_away = new_state.moved_away
    earlier = EarlierWording([*old_entries, *moved_in], moved_away)
    cited = find_outer_uuids(new_entries, earlier.entries)
    outer = _past_targets(versions[newer], cited, user)
    read = read_section(new_entries, earlier, outer_targets=outer)
    if older < newer:
        _tell_origins(list(read.clauses))
    return VersionComparison(
        older=versions[older],
        newer=versions[newer],
        section=read,
        facts=fact_changes(old_state.row, new_state.row),
    )


def _tell_origins(clauses: Sequence[ReadClause]) -> None:
    """What came out of a clause that stood there before is split off, what went into one that stands is joined."""
    added = [clause for clause in clauses if clause.state == "added"]
    removed = [clause for clause in clauses if clause.state == "removed"]
    if not added and not removed:
        return
    sources, targets = find_split_and_joined(
        [clause.entry.uuid for clause in added],
        [clause.entry.uuid for clause in removed],
    )
    named = {clause.entry.uuid: clause for clause in clauses}
    for clause in added:
        source = named.get(sources.get(clause.entry.uuid, clause.entry.uuid))
        if source is not None and source.state != "added":
            clause.origin = joined("แยกจาก", source.old_name)
    for clause in removed:
        target = named.get(targets.get(clause.entry.uuid, clause.entry.uuid))
        if target is not None and target.state != "removed":
            clause.origin = joined("รวมเข้ากับ", target.name)


def find_clauses_elsewhere(comparison: VersionComparison) -> list[Clause]:
    """Clauses of the version to come that live in another section now: the version cannot be restored before they are
    moved back. One query."""
    uuids = []
    for clause in comparison.section.clauses:
        if not clause.is_gone:
            uuids.append(clause.entry.uuid)
    elsewhere = (
        Clause.objects.live()
        .filter(uuid__in=uuids)
        .exclude(section=comparison.newer.section_id)
    )
    return list(
        elsewhere.select_related("section__manual").order_by("section", "part", "rank")
    )


class ClauseElsewhere(NamedTuple):
    """Its words, the section that it stands in now, and where its own versions are: older words come back from there
    without the whole version."""

    words: str
    section: Section
    history_url: str


def show_clauses_elsewhere(clauses: Sequence[Clause]) -> list[ClauseElsewhere]:
    """The clauses come with section and manual. Queries as tell_clauses."""
    told = tell_clauses(clauses)
    shown = []
    for clause in clauses:
        section = clause.section
        args = [section.manual.key, section.uuid, clause.uuid]
        history = reverse("clause-versions", args=args)
        shown.append(ClauseElsewhere(told[clause.pk], section, history))
    return shown
