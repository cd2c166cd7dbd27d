"""The contents of a manual as they stood at the end of a day, with the way to each section of then."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from hearing_portal.directory.models import User

from ...models import Manual, Section
from ...permissions import can_read_draft
from ..queries.days import StandingSection, load_manual_on


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """`url` is empty for a heading, and for a section that stands in a manual this reader may not read now;
    `compare_url` leads to what has changed since."""

    standing: StandingSection
    url: str = ""
    compare_url: str = ""


@dataclass(frozen=True, slots=True)
class ManualOnDay:
    manual: Manual
    day: date
    lines: list[ContentsLine]

    @property
    def processes(self) -> int:
        return sum(
            line.standing.row["kind"] == Section.Kind.PROCESS for line in self.lines
        )

    @property
    def clauses(self) -> int:
        return sum(line.standing.clauses for line in self.lines)


def load_manual_on_day(manual: Manual, day: date, user: User) -> ManualOnDay:
    """Two queries."""
    lines = []
    for standing in load_manual_on(manual, day):
        section = standing.section
        is_heading = standing.row["kind"] == Section.Kind.UNIT
        if is_heading or not can_read_draft(user, section.manual.work_group):
            lines.append(ContentsLine(standing))
            continue
        args = [section.manual.key, section.uuid, standing.number]
        url = reverse("section-version", args=args)
        compare_url = ""
        if standing.is_changed_since:
            compare_url = reverse(
                "section-versions-compared", args=[*args, section.version]
            )
        lines.append(ContentsLine(standing, url, compare_url))
    return ManualOnDay(manual, day, lines)
