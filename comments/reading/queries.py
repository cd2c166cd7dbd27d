"""How much was said about each part of a manual."""

from dataclasses import dataclass, replace

from django.db.models import Count, Exists, OuterRef, Q
from django.utils.timezone import localdate

from hearing_portal.directory.models import AreaOffice
from manuals.models import Edition, Manual

from ..models import Answer, Comment

# --- counts of a whole manual


@dataclass(frozen=True, slots=True)
class SectionTally:
    """What was said about a process and all in it."""

    comments: int = 0
    decided: int = 0
    taken_up: int = 0  # triaged, not decided yet
    issues: tuple[tuple[str, int], ...] = ()  # (class, number), the most frequent first

    @property
    def main_issue(self) -> tuple[str, int] | None:
        return self.issues[0] if self.issues else None

    @property
    def state(self) -> str:
        """A state of the `state_badge` tag; empty without comments."""
        if not self.comments:
            return ""
        if self.decided == self.comments:
            return "settled"
        return "considering" if self.decided or self.taken_up else "waiting"


def tally_comments_by_section(edition: Edition, manual: Manual) -> dict[int | None, SectionTally]:
    """{section id (None: the manual itself): what was said}. One query."""
    rows = (
        Comment.objects.filter(entry__edition=edition, entry__manual=manual, parent__isnull=True)
        .annotate(
            is_decided=Exists(Answer.objects.filter(comment=OuterRef("pk"), current=True)),
            is_taken_up=Q(triaged_at__isnull=False),
        )
        .values_list("entry__section", "issue_class", "is_decided", "is_taken_up")
        .annotate(number=Count("pk"))
        .order_by()
    )
    found: dict[int | None, SectionTally] = {}
    issues: dict[int | None, dict[str, int]] = {}
    for section, issue, is_decided, is_taken_up, number in rows:
        before = found.get(section, SectionTally())
        found[section] = SectionTally(
            before.comments + number,
            before.decided + number * is_decided,
            before.taken_up + number * (is_taken_up and not is_decided),
        )
        if issue:
            counted = issues.setdefault(section, {})
            counted[issue] = counted.get(issue, 0) + number
    return {
        section: replace(voices, issues=tuple(sorted(issues.get(section, {}).items(), key=lambda item: -item[1])))
        for section, voices in found.items()
    }


def count_offices_by_kind() -> dict[str, int]:
    """{"primary": 183, "secondary": 62} of today. One query."""
    return dict(AreaOffice.objects.valid_on(localdate()).values_list("kind").annotate(n=Count("pk")).order_by())
