"""The sections of a manual as they stood at the end of a day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Min

from hearing_portal.thai.dates import day_range

from ...models import Manual, Section, SectionVersion


@dataclass(frozen=True, slots=True)
class StandingSection:
    """A section as one of its versions left it; `clauses` is how many stood in it. It comes with its manual of today
    and that one's group."""

    section: Section
    number: int
    row: dict[str, Any]
    depth: int
    clauses: int

    @property
    def is_changed_since(self) -> bool:
        return self.section.version != self.number


def find_first_act(manual: Manual) -> datetime | None:
    """When a section of the manual was written first. One query."""
    versions = SectionVersion.objects.filter(state__manual=manual.key)
    first: datetime | None = versions.aggregate(first=Min("revision__date_created"))[
        "first"
    ]
    return first


def load_manual_on(manual: Manual, day: date) -> list[StandingSection]:
    """What stood in the manual at the end of the day in Bangkok, in book order: sections that have left it or are
    retired since, too. Two queries."""
    _, end_of_day = day_range(day)
    versions = _find_last_versions(manual, end_of_day)
    versions.sort(key=lambda version: version.state["rank"].encode())
    clauses = _count_clauses(versions)
    below: dict[str | None, list[SectionVersion]] = {}
    for version in versions:
        below.setdefault(version.state["parent"], []).append(version)

    standing: list[StandingSection] = []

    def add_below(parent: str | None, depth: int) -> None:
        for version in below.get(parent, []):
            section = StandingSection(
                section=version.section,
                number=version.number,
                row=version.state,
                depth=depth,
                clauses=clauses.get(version.section_id, 0),
            )
            standing.append(section)
            add_below(str(version.section.uuid), depth + 1)

    add_below(None, 0)
    return standing


def _find_last_versions(manual: Manual, until: datetime) -> list[SectionVersion]:
    """The last version before the moment of each section that stood in the manual then."""
    ever = SectionVersion.objects.filter(state__manual=manual.key).values("section")
    last = (
        SectionVersion.objects.filter(
            section__in=ever, revision__date_created__lt=until
        )
        .select_related("section__manual__work_group")
        .order_by("section_id", "-number")
        .distinct("section_id")
    )
    standing = []
    for version in last:
        if version.state["manual"] == manual.key and not version.state["retired"]:
            standing.append(version)
    return standing


# The last change of every clause up to each section's version: it stands there when that change left it there
CLAUSE_COUNTS = """
    SELECT section_id, count(*) FROM (
        SELECT DISTINCT ON (wanted.section_id, change.clause_id) wanted.section_id, change.to_section_id
        FROM unnest(%s::bigint[], %s::bigint[]) AS wanted (section_id, number)
        JOIN manuals_sectionversion version ON version.section_id = wanted.section_id
                                           AND version.number <= wanted.number
        JOIN manuals_clausechange change ON change.revision_id = version.revision_id
                                        AND wanted.section_id IN (change.to_section_id, change.from_section_id)
        ORDER BY wanted.section_id, change.clause_id, version.number DESC
    ) last WHERE to_section_id = section_id GROUP BY section_id
"""


def _count_clauses(versions: Iterable[SectionVersion]) -> dict[int, int]:
    """{section id: how many clauses it had} at these versions, one of each section."""
    section_ids = []
    numbers = []
    for version in versions:
        section_ids.append(version.section_id)
        numbers.append(version.number)
    with connection.cursor() as cursor:
        cursor.execute(CLAUSE_COUNTS, [section_ids, numbers])
        return dict(cursor.fetchall())
