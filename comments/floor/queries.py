"""Who waits for the floor of a session, who has it and who had it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from hearing_portal.directory.models import User

from ..models import HearingSession, SpeakerMove, SpeakerRequest
from .ordering import PlaceInLine, Speaker, order_requests, speaker_of

SHOWN_SPEECHES = 30


@dataclass(frozen=True, slots=True)
class SpeakerLine:
    """`speaking` has the floor; `places` wait for it; `speeches` had it, the latest first."""

    session: HearingSession
    speaking: SpeakerRequest | None
    places: Sequence[PlaceInLine]
    speeches: Sequence[SpeakerRequest]

    def find_place(self, person: User) -> PlaceInLine | None:
        for place in self.places:
            if place.request.person_id == person.pk:
                return place
        return None


def requests_of(session: HearingSession) -> QuerySet[SpeakerRequest]:
    return SpeakerRequest.objects.filter(session=session)


def load_line(session: HearingSession) -> SpeakerLine:
    """Three queries."""
    open_requests = requests_of(session).filter(ended_at__isnull=True)
    speaking = None
    waiting = []
    for request in _with_things(open_requests).order_by("asked_at", "pk"):
        if request.is_speaking:
            speaking = request
        else:
            waiting.append(request)
    had_floor = requests_of(session).filter(ending=SpeakerRequest.Ending.SPOKEN)
    speeches = list(_with_things(had_floor).order_by("-called_at"))
    spoken, last_kind = _count_turns(speeches, speaking)
    moves = SpeakerMove.objects.filter(request__in=waiting).order_by("pk")
    places = order_requests(
        waiting, spoken=spoken, last_kind=last_kind, moves=moves if waiting else ()
    )
    return SpeakerLine(session, speaking, places, speeches[:SHOWN_SPEECHES])


def _with_things(requests: QuerySet[SpeakerRequest]) -> QuerySet[SpeakerRequest]:
    return requests.select_related("office", "person")


def _count_turns(
    speeches: Sequence[SpeakerRequest], speaking: SpeakerRequest | None
) -> tuple[Counter[Speaker], str | None]:
    """How often each had the floor for a clause, and the kind of office that had it last. `speeches`: the latest
    first."""
    spoken: Counter[Speaker] = Counter()
    last_kind = None
    had_floor = list(speeches)
    if speaking is not None:
        had_floor.insert(0, speaking)
    for request in had_floor:
        if request.subject != SpeakerRequest.Subject.CLAUSE:
            continue
        spoken[speaker_of(request)] += 1
        last_kind = last_kind or request.office_kind
    return spoken, last_kind


def find_speaking(session: HearingSession) -> SpeakerRequest | None:
    """Who has the floor, with the office. One query."""
    called = requests_of(session).filter(called_at__isnull=False, ended_at__isnull=True)
    return called.select_related("office").first()


def find_open_request(session: HearingSession, person: User) -> SpeakerRequest | None:
    return requests_of(session).filter(person=person, ended_at__isnull=True).first()


def find_times_of_requests(account_id: int, /, *, skipped: int) -> list[datetime]:
    """When the account asked, the newest first, without so many of the newest."""
    times = SpeakerRequest.objects.filter(asked_by=account_id).order_by("-pk")
    return list(times.values_list("asked_at", flat=True)[skipped : skipped + 1])
