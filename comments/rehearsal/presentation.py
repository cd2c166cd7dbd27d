"""The seeded day as the players need it: with addresses."""

from django.conf import settings
from django.urls import reverse

from manuals.models import EditionEntry

from ..links import entry_url
from ..models import HearingSession
from .plan import Person, Plan, Room
from .services import Attendee, SeededDay

FORGETS_CARD = 10  # one of so many signs in by password


def describe_day(day: SeededDay) -> Plan:
    rooms = []
    for session, facilitator in zip(day.rooms, day.facilitators, strict=True):
        rooms.append(_describe_room(session, facilitator))
    position = {session.pk: at for at, session in enumerate(day.rooms)}
    people = []
    for number, attendee in enumerate(day.delegates):
        card = reverse("card", args=[attendee.card])
        people.append(
            Person(
                username=attendee.person.username,
                room=position[attendee.room.pk],
                office=attendee.person.office_id or 0,
                session=attendee.session_key,
                card="" if number % FORGETS_CARD == 0 else card,
            )
        )
    return Plan(settings.SESSION_COOKIE_NAME, day.password, rooms, people)


def _describe_room(session: HearingSession, facilitator: Attendee) -> Room:
    """The pages people read in it, the processes before the group; the clauses that are spoken of, plain text all."""
    clauses = EditionEntry.objects.filter(
        edition=session.edition,
        manual__work_group=session.work_group,
        kind=EditionEntry.Kind.CLAUSE,
        clause__kind="text",
    )
    clauses = clauses.select_related("section", "manual").order_by("ordinal")
    pages: list[str] = []
    entries = []
    key = ""
    for entry in clauses:
        page = entry_url(entry, entry.manual).partition("#")[0]
        if page not in pages:
            pages.append(page)
        entries.append(entry.pk)
        key = entry.manual.key
    return Room(
        session=session.pk,
        live=reverse("group-session-live", args=[session.hearing.key, key]),
        discussion=reverse("session-discussion", args=[session.pk]),
        hands=reverse("polls", args=[session.pk]),
        pages=[*pages, reverse("group", args=[key])],
        entries=entries,
        facilitator=facilitator.session_key,
    )
