"""What an office said as a whole about each manual, what its people said, and until when it can still be said."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import localdate

from hearing_portal.directory.models import (
    AreaOffice,
    RoleAssignment,
    User,
    WorkGroup,
)
from hearing_portal.postgres.statements import is_any_of, kept_statement
from manuals.models import Manual

from ..commenting.queries.comments import shown_comments
from ..commenting.queries.stages import comments_from, of_hearing
from ..hearings.queries import GroupSessions
from ..models import AnswerPublication, Comment, Hearing, OfficePosition

Stance = OfficePosition.Stance


# --- until when


class PositionTime(StrEnum):
    """Whether positions on a manual are taken now, and why they are not (docs/decisions/0117)."""

    NO_SESSION = "no-session"
    COMING = "coming"  # no session of the group was opened yet
    OPEN = "open"
    ANSWERED = "answered"  # the group's answers are published
    OVER = "over"  # the hearing's last day has passed, or the final edition is public


def judge_time(
    hearing: Hearing, sessions: GroupSessions, *, is_answered: bool
) -> PositionTime:
    """From the first opening of a session of the group until the hearing ends; a session that closes ends nothing: an
    office says what it thinks as a whole when its people have spoken."""
    session = sessions.session
    if session is None:
        return PositionTime.NO_SESSION
    if localdate() > hearing.closes_on or session.is_ended_by_final:
        return PositionTime.OVER
    if is_answered:
        return PositionTime.ANSWERED
    if all(each.state is None for each in sessions.sessions):
        return PositionTime.COMING
    return PositionTime.OPEN


def find_answered_groups(hearing: Hearing) -> set[int | None]:
    """The work groups whose answers were published. One query."""
    return set(_find_answered(hearing.pk))


@kept_statement
def _find_answered(hearing_id: int) -> QuerySet[AnswerPublication, int | None]:
    publications = AnswerPublication.objects.filter(hearing=hearing_id).order_by()
    return publications.values_list("work_group", flat=True)


# --- one office, every manual


@dataclass(slots=True)
class OfficeComments:
    """What the people of an office said about a manual and did not withdraw."""

    by_type: Counter[str] = field(default_factory=Counter)
    moments: list[datetime] = field(default_factory=list)

    @property
    def number(self) -> int:
        return len(self.moments)

    def count_after(self, moment: datetime) -> int:
        return sum(at > moment for at in self.moments)


def count_office_comments(
    office: AreaOffice, hearing: Hearing, user: User
) -> dict[int, OfficeComments]:
    """{manual id: what was said}, as far as the reader sees it. One query."""
    comments = of_hearing(comments_from([office], user), hearing)
    rows = comments.order_by().values_list(
        "entry__manual", "type", "made_at", F("stage")
    )
    said: dict[int, OfficeComments] = {}
    for manual_id, kind, made_at, stage in rows:
        if stage != "withdrawn":
            of_manual = said.setdefault(manual_id, OfficeComments())
            of_manual.moments.append(made_at)
            of_manual.by_type[kind] += 1
    return said


def find_office_comments(
    office: AreaOffice, hearing: Hearing, manual: Manual, user: User
) -> list[Comment]:
    """What the office's people said about the manual and did not withdraw, in reading order. One query."""
    comments = of_hearing(comments_from([office], user), hearing)
    comments = comments.filter(entry__manual=manual).exclude(Q(stage="withdrawn"))
    return list(shown_comments(comments).order_by("entry__ordinal", "pk"))


def count_delegates(office: AreaOffice) -> dict[int | None, int]:
    """{work group id: how many people speak for the office in it today}. One query."""
    roles = RoleAssignment.objects.valid_on(localdate()).filter(
        office=office, role=RoleAssignment.Role.DELEGATE
    )
    rows = roles.order_by().values_list("work_group")
    return dict(rows.annotate(people=Count("user", distinct=True)))


def find_positions_of(
    offices: Iterable[AreaOffice], hearing: Hearing
) -> list[OfficePosition]:
    """One query."""
    return _find_positions([office.pk for office in offices], hearing.pk)


@kept_statement
def _find_positions(office_ids: list[int], hearing_id: int) -> QuerySet[OfficePosition]:
    return OfficePosition.objects.filter(
        is_any_of("office", office_ids), hearing=hearing_id
    )


def find_position(
    office: AreaOffice, hearing: Hearing, edition_id: int, manual: Manual
) -> OfficePosition | None:
    """One query."""
    return OfficePosition.objects.filter(
        office=office, hearing=hearing, edition=edition_id, manual=manual
    ).first()


class EarlierPosition(NamedTuple):
    """What the office's position was; nobody is named."""

    stance: str
    words: str
    comments: int
    confirmed_at: datetime


def find_earlier_positions(position: OfficePosition) -> list[EarlierPosition]:
    """Before the present one, the latest first. One query."""
    rows = position.history.order_by("-history_id")[1:]
    earlier = []
    for row in rows:
        earlier.append(
            EarlierPosition(
                row.get_stance_display(),
                row.words,
                len(row.comment_ids),
                row.confirmed_at,
            )
        )
    return earlier


# --- all offices, one manual or all


@dataclass(slots=True)
class StanceCounts:
    """Offices of one kind by what they confirmed; `offices` are all there are on the hearing's day."""

    offices: int = 0
    by_stance: dict[str, int] = field(default_factory=dict)

    @property
    def confirmed(self) -> int:
        return sum(self.by_stance.values())

    @property
    def silent(self) -> int:
        return self.offices - self.confirmed

    @property
    def support(self) -> int:
        return self.by_stance.get(Stance.SUPPORT, 0)

    @property
    def support_with_changes(self) -> int:
        return self.by_stance.get(Stance.SUPPORT_WITH_CHANGES, 0)

    @property
    def object(self) -> int:
        return self.by_stance.get(Stance.OBJECT, 0)


class PositionCounts(NamedTuple):
    """Both kinds of offices, side by side."""

    primary: StanceCounts
    secondary: StanceCounts


def count_positions(
    hearing: Hearing, editions: Mapping[int, int | None]
) -> dict[int, PositionCounts]:
    """{manual id: what its offices confirmed}. `editions` is {manual id: the edition that is heard}. Two queries."""
    totals = dict(_count_offices_on(hearing.opens_on))
    counts = {}
    for manual_id in editions:
        counts[manual_id] = PositionCounts(
            StanceCounts(totals.get(AreaOffice.Kind.PRIMARY, 0)),
            StanceCounts(totals.get(AreaOffice.Kind.SECONDARY, 0)),
        )
    rows = _count_stances(hearing.pk, hearing.opens_on)
    for manual_id, edition_id, kind, stance, number in rows:
        if editions.get(manual_id) == edition_id:
            of_kind: StanceCounts = getattr(counts[manual_id], kind)
            of_kind.by_stance[stance] = number
    return counts


@kept_statement
def _count_offices_on(day: date) -> QuerySet[AreaOffice, tuple[Any, ...]]:
    offices = AreaOffice.objects.valid_on(day).order_by()
    return offices.values_list("kind").annotate(number=Count("pk"))


@kept_statement
def _count_stances(
    hearing_id: int, day: date
) -> QuerySet[OfficePosition, tuple[Any, ...]]:
    """Of the offices there are on the day."""
    positions = OfficePosition.objects.filter(
        hearing=hearing_id, office__in=AreaOffice.objects.valid_on(day)
    )
    rows = positions.order_by().values_list(
        "manual", "edition", "office__kind", "stance"
    )
    return rows.annotate(number=Count("pk"))


@dataclass(frozen=True, slots=True)
class OfficeStand:
    """An office in the list of a manual: what it confirmed, and how much its people said."""

    office: AreaOffice
    position: OfficePosition | None
    comments: int

    @property
    def is_silent(self) -> bool:
        return self.position is None

    @property
    def said_nothing(self) -> bool:
        return self.position is None and not self.comments


def find_office_rows(
    hearing: Hearing, manual: Manual, edition_id: int | None
) -> list[OfficeStand]:
    """Of all offices there are on the hearing's day, primary ones first. Three queries."""
    positions = {}
    for position in OfficePosition.objects.filter(
        hearing=hearing, manual=manual, edition=edition_id
    ):
        positions[position.office_id] = position
    said = Comment.objects.filter(
        session__hearing=hearing, entry__manual=manual, parent__isnull=True
    )
    comments = dict(said.order_by().values_list("office").annotate(number=Count("pk")))
    rows = []
    for office in AreaOffice.objects.valid_on(hearing.opens_on):
        rows.append(
            OfficeStand(office, positions.get(office.pk), comments.get(office.pk, 0))
        )
    return rows


def editions_heard(
    groups: Sequence[WorkGroup], sessions: Mapping[int | None, GroupSessions]
) -> dict[int, int | None]:
    """{manual id: the edition of the session to speak in}."""
    editions: dict[int, int | None] = {}
    for group in groups:
        found = sessions.get(group.pk)
        editions[group.manual.pk] = found.edition_id if found is not None else None
    return editions


def count_unconfirmed(
    positions: Collection[OfficePosition],
    office: AreaOffice,
    open_editions: Mapping[int, int | None],
) -> int:
    """Manuals on which the office has not confirmed what it thinks. `open_editions` are those that can be confirmed."""
    confirmed = set()
    for position in positions:
        if position.office_id == office.pk:
            confirmed.add((position.manual_id, position.edition_id))
    waiting = 0
    for manual_edition in open_editions.items():
        if manual_edition not in confirmed:
            waiting += 1
    return waiting
