"""What others did to a process since somebody looked at what a file would do to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from ..models import ClauseChange, Section, SectionVersion


@dataclass(frozen=True, slots=True)
class Meanwhile:
    """`changes` is the last one of each clause that was touched, `versions` are those that touched no clause: the
    process's own name or facts. Both with their revision and that one's user, the earliest first."""

    changes: list[ClauseChange] = field(default_factory=list)
    versions: list[SectionVersion] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.changes or self.versions)


NOTHING = Meanwhile()


def load_meanwhile(read: Mapping[Section, int]) -> dict[int, Meanwhile]:
    """{section: what was done since the version that was read}. Two queries, none where every section stands as it was
    read."""
    since = Q()
    for section, number in read.items():
        if section.version > number:
            since |= Q(section=section, number__gt=number)
    if not since:
        return {}
    versions = list(
        SectionVersion.objects.filter(since)
        .select_related("revision__user")
        .order_by("number")
    )
    touched: dict[int, set[int]] = {}
    for version in versions:
        touched.setdefault(version.section_id, set()).add(version.revision_id)
    revisions = {version.revision_id for version in versions}
    last: dict[tuple[int, int], ClauseChange] = {}
    acted: set[tuple[int, int]] = set()
    changes = (
        ClauseChange.objects.filter(revision__in=revisions)
        .select_related("clause", "revision__user")
        .order_by("pk")
    )
    for change in changes:
        here = {change.to_section_id, change.from_section_id, change.clause.section_id}
        for section_id in here:
            if section_id is not None and change.revision_id in touched.get(
                section_id, ()
            ):
                acted.add((section_id, change.revision_id))
                last[section_id, change.clause_id] = change
    found: dict[int, Meanwhile] = {}
    for (section_id, _), change in last.items():
        found.setdefault(section_id, Meanwhile()).changes.append(change)
    for version in versions:
        if (version.section_id, version.revision_id) not in acted:
            found.setdefault(version.section_id, Meanwhile()).versions.append(version)
    return found
