"""Seeding a hearing day: the offices and groups that are shipped, manuals with a public draft, ten open sessions, and
as many people as are asked for.

For a portal that is thrown away afterwards: people, roles and sessions are written in bulk, without lines in the log.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.utils import timezone

from hearing_portal.directory.loading.services import load_directory
from hearing_portal.directory.models import (
    AreaOffice,
    RoleAssignment,
    User,
    WorkGroup,
)
from manuals.editions.services.freezing import freeze_edition
from manuals.importing.fixtures import FixtureManuals
from manuals.law.services import load_legal_sources
from manuals.models import Edition, EditionRelease
from manuals.searching.services import index_edition

from ..arrivals.services import issue_cards
from ..hearings.services.announcing import create_hearing, create_session
from ..hearings.services.session_states import open_session
from ..models import Hearing, HearingSession
from ..releasing.services import release_edition

Role = RoleAssignment.Role
EDITION = "REHEARSAL"


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody of one room, and the key of a session in which they are signed in."""

    person: User
    room: HearingSession
    session_key: str
    card: str = ""  # its secret


@dataclass(frozen=True, slots=True)
class SeededDay:
    """`facilitators` are one for each room, in the order of the rooms."""

    hearing: Hearing
    rooms: list[HearingSession]
    facilitators: list[Attendee]
    delegates: list[Attendee]
    password: str


def seed_hearing_day(people: int) -> SeededDay:
    """Into an empty database."""
    password = secrets.token_urlsafe(12)
    fixtures = settings.BASE_DIR / "fixtures"
    load_directory(fixtures / "directory", by=None)
    load_legal_sources(fixtures / "legal" / "legal_sources.csv", by=None)
    admin = User.objects.create_superuser("rehearsal-admin")
    FixtureManuals(fixtures / "manuals", by=admin).load_drafted_processes()
    edition = _release_draft(by=admin)
    today = timezone.localdate()
    hearing = create_hearing(
        by=admin,
        title="การซ้อมวันประชาพิจารณ์",
        opens_on=today,
        closes_on=today + timedelta(days=1),  # it may be played past midnight
        public=True,
    )
    groups = list(WorkGroup.objects.valid_on(today).filter(manual__isnull=False))
    # One hash for all: making it takes as long as several pages
    encoded = make_password(password)
    running = _make_facilitators(groups, encoded)
    rooms = []
    for number, (group, facilitator) in enumerate(
        zip(groups, running, strict=True), start=1
    ):
        room = create_session(
            hearing=hearing,
            kind=HearingSession.Kind.ROOM,
            work_group=group,
            edition=edition,
            by=admin,
            venue=f"ห้อง {number}",
        )
        open_session(room, by=facilitator)
        rooms.append(room)
    attending = _make_delegates(people, groups, encoded)
    in_rooms = [rooms[number % len(rooms)] for number in range(people)]
    facilitators = _sign_in_all(running, rooms)
    delegates = _sign_in_all(attending, in_rooms)
    made = issue_cards(hearing, attending, most_uses=None, by=admin)
    secrets_of = {each.card.person_id: each.secret for each in made}
    delegates = [
        replace(delegate, card=secrets_of[delegate.person.pk]) for delegate in delegates
    ]
    return SeededDay(hearing, rooms, facilitators, delegates, password)


def _release_draft(*, by: User) -> Edition:
    edition = freeze_edition(
        code=EDITION,
        kind=Edition.Kind.HEARING,
        title="ร่างรับฟังความคิดเห็นสำหรับการซ้อม",
        by=by,
    )
    index_edition(edition)
    release_edition(edition, EditionRelease.Audience.PUBLIC, by=by)
    return edition


def _make_facilitators(groups: Sequence[WorkGroup], encoded: str) -> list[User]:
    people = []
    for group in groups:
        name = f"rehearsal-facilitator-{group.key.lower()}"
        people.append(_person(name, encoded, None))
    people = User.objects.bulk_create(people)
    roles = []
    for person, group in zip(people, groups, strict=True):
        roles.append(_role(person, Role.FACILITATOR, group, None))
    RoleAssignment.objects.bulk_create(roles)
    return people


def _make_delegates(
    number: int, groups: Sequence[WorkGroup], encoded: str
) -> list[User]:
    """By turns one for each group: ten from an office, then from the next; both kinds of office come from the first."""
    offices = _offices_by_turns()
    people = []
    for at in range(number):
        office = offices[at // len(groups) % len(offices)]
        people.append(_person(f"rehearsal-{at + 1}", encoded, office))
    people = User.objects.bulk_create(people)
    roles = []
    for at, person in enumerate(people):
        group = groups[at % len(groups)]
        roles.append(_role(person, Role.DELEGATE, group, person.office))
    RoleAssignment.objects.bulk_create(roles)
    return people


def _offices_by_turns() -> list[AreaOffice]:
    """Every fourth is a secondary one, as in the country, as long as there are any."""
    valid = AreaOffice.objects.valid_on(timezone.localdate()).order_by("pk")
    primary = list(valid.filter(kind=AreaOffice.Kind.PRIMARY))
    secondary = list(valid.filter(kind=AreaOffice.Kind.SECONDARY))
    offices = []
    while primary or secondary:
        offices += primary[:3] + secondary[:1]
        del primary[:3], secondary[:1]
    return offices


def _person(username: str, encoded: str, office: AreaOffice | None) -> User:
    return User(
        username=username,
        password=encoded,
        given_name="ผู้ร่วมซ้อม",
        family_name=username,
        office=office,
    )


def _role(
    person: User, role: Role, group: WorkGroup, office: AreaOffice | None
) -> RoleAssignment:
    return RoleAssignment(
        user=person,
        role=role,
        work_group=group,
        office=office,
        valid_from=timezone.localdate(),
    )


def _sign_in_all(
    people: Sequence[User], rooms: Sequence[HearingSession]
) -> list[Attendee]:
    """As Django signs in, without a request."""
    ends = timezone.now() + timedelta(days=1)
    store = SessionStore()
    attendees = []
    rows = []
    for person, room in zip(people, rooms, strict=True):
        key = secrets.token_hex(16)
        signed_in = {
            SESSION_KEY: str(person.pk),
            BACKEND_SESSION_KEY: settings.AUTHENTICATION_BACKENDS[0],
            HASH_SESSION_KEY: person.get_session_auth_hash(),
        }
        data = store.encode(signed_in)
        rows.append(Session(session_key=key, session_data=data, expire_date=ends))
        attendees.append(Attendee(person, room, key))
    Session.objects.bulk_create(rows)
    return attendees
