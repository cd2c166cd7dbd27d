"""Who is present in a session, which offices that are, and the cards of a hearing."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q, QuerySet

from hearing_portal.directory.models import AreaOffice, RoleAssignment, User
from hearing_portal.thai.text import search_form, search_terms
from manuals.previewing.queries import hash_secret

from ..models import Attendance, Hearing, HearingSession, InvitationCard
from ..permissions import Role


@dataclass(frozen=True, slots=True)
class OfficeNumbers:
    """How many offices of each kind; counted are offices, not heads."""

    primary: int = 0
    secondary: int = 0

    @property
    def total(self) -> int:
        return self.primary + self.secondary

    def of(self, kind: str) -> int:
        return self.primary if kind == AreaOffice.Kind.PRIMARY else self.secondary


def find_card(secret: str) -> InvitationCard | None:
    """The card with this secret, whether it signs in or not, with its recall. One query."""
    cards = InvitationCard.objects.select_related("hearing", "person", "recall")
    return cards.filter(secret_sha=hash_secret(secret)).first()


def is_card_recalled(card: InvitationCard) -> bool:
    """The card comes with its recall."""
    return hasattr(card, "recall")


def latest_attendance(session: HearingSession) -> QuerySet[Attendance]:
    """The latest row of each person. A query of its own rows only."""
    latest = (
        Attendance.objects.filter(session=session)
        .order_by("person_id", "-pk")
        .distinct("person_id")
    )
    return latest.select_related("by")


def present_in(session: HearingSession) -> QuerySet[Attendance]:
    latest = latest_attendance(session).values("pk")
    return Attendance.objects.filter(pk__in=latest, state=Attendance.State.ARRIVED)


def count_present_offices(session: HearingSession) -> OfficeNumbers:
    """One query."""
    counted = (
        present_in(session)
        .filter(office__isnull=False)
        .order_by()
        .values_list("office_kind")
        .annotate(number=Count("office", distinct=True))
    )
    return _numbers(counted)


def roles_in_session(session: HearingSession) -> QuerySet[RoleAssignment]:
    """Today's roles of those who may take part: delegates of the group, heads, experts and the central bureau; in the
    plenary everybody's."""
    of_group = Q()
    advisers = Q(role__in=(Role.EXPERT, Role.CENTRAL_BUREAU))
    if session.work_group_id is not None:
        of_group = Q(work_group=session.work_group_id)
        advisers &= Q(work_group__isnull=True) | of_group
    delegates = Q(role=Role.DELEGATE) & of_group
    heads = Q(role=Role.OFFICE_HEAD)
    roles = RoleAssignment.objects.now().filter(
        delegates | heads | advisers, user__is_active=True
    )
    return roles.select_related("user", "office", "work_group")


def count_registered_offices(session: HearingSession) -> OfficeNumbers:
    """Offices with a delegate of the session's group; in the plenary with any. One query."""
    delegates = RoleAssignment.objects.now().filter(
        role=Role.DELEGATE, user__is_active=True
    )
    if session.work_group_id is not None:
        delegates = delegates.filter(work_group=session.work_group_id)
    counted = (
        delegates.order_by()
        .values_list("office__kind")
        .annotate(number=Count("office", distinct=True))
    )
    return _numbers(counted)


def _numbers(counted: Iterable[tuple[str | None, int]]) -> OfficeNumbers:
    """Of rows of a kind of office and a number."""
    by_kind = dict(counted)
    return OfficeNumbers(by_kind.get("primary", 0), by_kind.get("secondary", 0))


# -- people and cards of a hearing


@dataclass(frozen=True, slots=True)
class Attendant:
    """Somebody who may take part in a session, with their roles there and the latest row of their attendance."""

    person: User
    roles: tuple[RoleAssignment, ...]
    latest: Attendance | None

    @property
    def office(self) -> AreaOffice | None:
        return next((role.office for role in self.roles if role.office), None)

    @property
    def is_present(self) -> bool:
        return self.latest is not None and self.latest.state == Attendance.State.ARRIVED


def find_attendants(session: HearingSession, typed: str = "") -> list[Attendant]:
    """By office and name; those whose name or office has all parts of what was typed. Two queries."""
    roles: dict[int, list[RoleAssignment]] = {}
    people = {}
    for role in roles_in_session(session).order_by(
        "office__kind", "office__short_name", "user__given_name", "user__pk"
    ):
        people[role.user_id] = role.user
        roles.setdefault(role.user_id, []).append(role)
    latest = {row.person_id: row for row in latest_attendance(session)}
    parts = search_terms(typed)
    found = []
    for person_id, person in people.items():
        attendant = Attendant(person, tuple(roles[person_id]), latest.get(person_id))
        if not parts or _has_all(parts, attendant):
            found.append(attendant)
    return found


def _has_all(parts: Iterable[str], attendant: Attendant) -> bool:
    office = attendant.office
    words = attendant.person.get_full_name()
    if office is not None:
        words = f"{words} {office.short_name} {office.name}"
    form = search_form(words)
    return all(part in form for part in parts)


def find_arrivals(hearing: Hearing) -> dict[int, datetime]:
    """{person: when they first came to a session of the hearing}. One query."""
    rows = Attendance.objects.filter(
        session__hearing=hearing, state=Attendance.State.ARRIVED
    ).order_by("pk")
    arrivals: dict[int, datetime] = {}
    for person_id, at in rows.values_list("person", "at"):
        arrivals.setdefault(person_id, at)
    return arrivals


def standing_cards(hearing: Hearing) -> QuerySet[InvitationCard]:
    """Those that were not called back, each with `times` and `used_at`."""
    cards = InvitationCard.objects.filter(hearing=hearing, recall__isnull=True)
    cards = cards.select_related("person__office")
    return cards.annotate(times=Count("uses"), used_at=Max("uses__at")).order_by(
        "person__office__kind", "person__office__short_name", "person__given_name", "pk"
    )
