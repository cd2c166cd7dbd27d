"""The line of speakers in words: where each stands and why, and how long a speech may take."""

from dataclasses import dataclass

from django.utils import timezone

from hearing_portal.directory.models import User
from hearing_portal.thai.dates import be_time

from ..hearings.timers import GivenTime, measure_time
from ..models import HearingSession, SpeakerRequest
from ..permissions import can_see_speakers_name
from .ordering import PlaceInLine
from .queries import SpeakerLine


@dataclass(frozen=True, slots=True)
class ShownPlace:
    """`person_name` is empty for who may not read it."""

    place: PlaceInLine
    why: str
    person_name: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class Speech:
    """Somebody who has the floor."""

    request: SpeakerRequest
    person_name: str
    is_own: bool
    time: GivenTime

    @property
    def told(self) -> str:
        """Since when and until when; that the time is over, quietly."""
        words = f"เริ่ม {be_time(self.time.began_at)} ให้เวลา {self.time.minutes} นาที"
        if self.time.stands:
            return words
        words = f"{words} ถึง {be_time(self.time.until)}"
        if self.time.is_over:
            return f"{words} · ครบเวลาแล้ว"
        return words


@dataclass(frozen=True, slots=True)
class ShownLine:
    """The line as one reader sees it. `own` is the reader's place."""

    line: SpeakerLine
    speech: Speech | None
    places: list[ShownPlace]
    own: PlaceInLine | None


def show_line(line: SpeakerLine, reader: User) -> ShownLine:
    sees_names = can_see_speakers_name(reader, line.session)

    def name_of(request: SpeakerRequest) -> str:
        if sees_names and request.person is not None:
            return request.person.get_full_name()
        return ""

    places = []
    for place in line.places:
        request = place.request
        is_own = request.person_id == reader.pk
        places.append(ShownPlace(place, explain_place(place), name_of(request), is_own))
    speech = None
    if line.speaking is not None:
        is_own = line.speaking.person_id == reader.pk
        time = time_of_speech(line.session, line.speaking)
        speech = Speech(line.speaking, name_of(line.speaking), is_own, time)
    return ShownLine(line, speech, places, line.find_place(reader))


def time_of_speech(session: HearingSession, request: SpeakerRequest) -> GivenTime:
    """Of who has the floor. One query."""
    began_at = request.called_at or timezone.now()
    return measure_time(session, request.minutes or 0, began_at)


def explain_place(place: PlaceInLine) -> str:
    """Why somebody stands where they stand."""
    if place.move is not None:
        return f"ผู้ดำเนินเวทีจัดลำดับ เหตุผล: {place.move.reason}"
    if place.request.subject == SpeakerRequest.Subject.PROCEDURE:
        return "เรื่องการดำเนินการประชุม ได้พูดก่อน"
    if place.turns == 0:
        return "ยังไม่ได้พูดในเวทีนี้"
    return f"พูดแล้วหรือมีคำขอก่อนหน้า {place.turns} ครั้ง"
