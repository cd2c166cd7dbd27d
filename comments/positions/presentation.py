"""What the pages of offices' positions show: rows with what is missing, comments to tick, counts with their links."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils.http import urlencode

from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from hearing_portal.thai.dates import be_date
from manuals.models import Manual

from ..citations import cite_in_section
from ..hearings.queries import (
    GroupSessions,
    find_groups_with_manual,
    find_sessions_by_group,
)
from ..models import Comment, Hearing, OfficePosition
from .forms import NO_POSITION, PositionForm
from .queries import (
    OfficeComments,
    PositionCounts,
    PositionTime,
    StanceCounts,
    count_delegates,
    count_office_comments,
    find_answered_groups,
    find_positions_of,
    judge_time,
)
from .services import WHY_NOT

Stance = OfficePosition.Stance
# Family of the state, and its sign
STANCES = {
    Stance.SUPPORT: ("yes", "check-lg"),
    Stance.SUPPORT_WITH_CHANGES: ("elsewhere", "pencil"),
    Stance.OBJECT: ("no", "x-lg"),
}


class StanceBadge(NamedTuple):
    """What an office confirmed, as a badge."""

    family: str
    icon: str
    word: str


NOT_CONFIRMED = StanceBadge("wait", "circle", "ยังไม่ยืนยัน")


def stance_badge(position: OfficePosition | None) -> StanceBadge:
    if position is None:
        return NOT_CONFIRMED
    family, icon = STANCES[Stance(position.stance)]
    return StanceBadge(family, icon, position.get_stance_display())


@dataclass(frozen=True, slots=True)
class ManualPosition:
    """A manual on the page of an office: what its people said, what its head confirmed, and what is missing."""

    group: WorkGroup
    time: PositionTime
    said: OfficeComments
    delegates: int
    position: OfficePosition | None
    newer: int = 0  # comments said after the head confirmed

    @property
    def badge(self) -> StanceBadge:
        return stance_badge(self.position)

    @property
    def is_open(self) -> bool:
        return self.time == PositionTime.OPEN

    @property
    def is_waiting_for_head(self) -> bool:
        return self.is_open and self.position is None

    @property
    def types(self) -> list[tuple[str, int]]:
        """[(เห็นชอบ, 2)] of the types that were said."""
        counted = []
        for value, word in Comment.Type.choices:
            if self.said.by_type[value]:
                counted.append((word, self.said.by_type[value]))
        return counted

    @property
    def missing(self) -> list[str]:
        """What is not there yet, in sentences; nothing once positions are not taken any more."""
        if not self.is_open:
            return []
        missing = []
        if not self.delegates:
            missing.append("ไม่มีผู้แทนที่ลงทะเบียนกลุ่มงานนี้")
        elif not self.said.number:
            missing.append("ผู้แทนยังไม่แสดงความคิดเห็น")
        if self.newer:
            missing.append(f"มีความคิดเห็นใหม่ {self.newer} เรื่องหลังการยืนยัน")
        return missing

    @property
    def why_not(self) -> str:
        return WHY_NOT.get(self.time, "")


def load_manual_positions(
    office: AreaOffice, hearing: Hearing, user: User
) -> list[ManualPosition]:
    """For every manual of the hearing, in book order. Seven queries."""
    sessions = find_sessions_by_group(hearing)
    answered = find_answered_groups(hearing)
    said = count_office_comments(office, hearing, user)
    delegates = count_delegates(office)
    positions = {}
    for position in find_positions_of([office], hearing):
        positions[position.manual_id, position.edition_id] = position
    rows = []
    for group in find_groups_with_manual(hearing.opens_on):
        of_group = sessions.get(group.pk, GroupSessions(None, []))
        time = judge_time(hearing, of_group, is_answered=group.pk in answered)
        of_manual = said.get(group.manual.pk, OfficeComments())
        found = None
        if of_group.edition_id is not None:
            found = positions.get((group.manual.pk, of_group.edition_id))
        row = ManualPosition(
            group=group,
            time=time,
            said=of_manual,
            delegates=delegates.get(group.pk, 0),
            position=found,
            newer=of_manual.count_after(found.confirmed_at) if found else 0,
        )
        rows.append(row)
    return rows


def last_day_words(hearing: Hearing) -> str:
    return f"ยืนยันและแก้ไขได้ถึงวันที่ {be_date(hearing.closes_on)}"


class TickedComment(NamedTuple):
    """A comment of the office in the form."""

    comment: Comment
    citation: str
    is_ticked: bool


def ticked_comments(
    comments: Sequence[Comment], form: PositionForm
) -> list[TickedComment]:
    ticked = form.ticked()
    rows = []
    for comment in comments:
        citation = cite_in_section(comment.entry)
        rows.append(TickedComment(comment, citation, comment.pk in ticked))
    return rows


class CountedStance(NamedTuple):
    """A figure of the counts, with the offices it counts."""

    badge: StanceBadge
    primary: int
    secondary: int
    primary_url: str
    secondary_url: str


def counted_stances(
    counts: PositionCounts, manual: Manual, hearing_key: str
) -> list[CountedStance]:
    """Each stance and the silent, primary and secondary side by side; they add up to all offices."""
    rows = []
    for stance in Stance:
        family, icon = STANCES[stance]
        rows.append(
            CountedStance(
                StanceBadge(family, icon, stance.label),
                counts.primary.by_stance.get(stance, 0),
                counts.secondary.by_stance.get(stance, 0),
                offices_url(manual, hearing_key, stance, AreaOffice.Kind.PRIMARY),
                offices_url(manual, hearing_key, stance, AreaOffice.Kind.SECONDARY),
            )
        )
    silent = CountedStance(
        NOT_CONFIRMED,
        counts.primary.silent,
        counts.secondary.silent,
        offices_url(manual, hearing_key, NO_POSITION, AreaOffice.Kind.PRIMARY),
        offices_url(manual, hearing_key, NO_POSITION, AreaOffice.Kind.SECONDARY),
    )
    return [*rows, silent]


def offices_url(manual: Manual, hearing_key: str, stance: str, kind: str = "") -> str:
    """The list of the manual's offices, narrowed. `hearing_key` is "" for the current hearing."""
    query = {"hearing": hearing_key, "stance": stance, "kind": kind}
    query = {name: value for name, value in query.items() if value}
    return f"{reverse('group-positions', args=[manual.key])}?{urlencode(query)}"


def total_offices(counts: PositionCounts) -> StanceCounts:
    """Both kinds together."""
    total = StanceCounts(counts.primary.offices + counts.secondary.offices)
    for of_kind in counts:
        for stance, number in of_kind.by_stance.items():
            total.by_stance[stance] = total.by_stance.get(stance, 0) + number
    return total
