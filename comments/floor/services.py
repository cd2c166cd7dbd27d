"""Asking for the floor, giving it, ending a speech, and changing the order."""

from django.db import connection
from django.utils import timezone

from hearing_portal.acts.pace import require_pace
from hearing_portal.acts.services import act
from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.thai.sentences import joined

from ..acts import SPEAKER_MOVED, about_session
from ..hearings.refusals import SessionClosed
from ..live.services import record_event
from ..models import Event, HearingSession, SpeakerMove, SpeakerRequest
from .queries import find_open_request, find_times_of_requests, requests_of
from .refusals import FloorRefused

Subject = SpeakerRequest.Subject
Ending = SpeakerRequest.Ending
_FLOOR_LOCK = (
    0x464C4F52  # "FLOR": advisory, with the session's id; comments do not wait for it
)
GONE = "คำขอพูดนี้สิ้นสุดแล้ว โปรดดูลำดับล่าสุดในหน้านี้"
OTHER_SPEAKS = "ผู้ที่กำลังพูดเปลี่ยนไปก่อนแล้ว ระบบจึงยังไม่ได้เชิญ โปรดดูลำดับล่าสุดในหน้านี้ แล้วเชิญใหม่"
ASKED_OFTEN = "ท่านขอพูดครบ {most} ครั้งใน 1 นาทีแล้ว"


def ask_for_floor(
    session: HearingSession,
    *,
    subject: str,
    office: AreaOffice | None,
    by: User,
) -> SpeakerRequest:
    """The person's own request; asking again gives the one that stands. `office` is None for an expert.

    Raises SessionClosed, FloorRefused where one on another subject stands, and TooMuchAtOnce.
    """
    _require_open(session)
    require_pace(find_times_of_requests, by.pk, ASKED_OFTEN)
    with act(by=by):
        made = _make_request(session, subject, office, person=by, by=by)
        standing = made or find_open_request(session, by)
        if standing is None:
            raise FloorRefused(GONE)
        if standing.subject != subject:
            raise FloorRefused(
                "ท่านขอพูดไว้แล้วในอีกเรื่อง โปรดถอนคำขอเดิมก่อน แล้วขอพูดใหม่",
                field="subject",
            )
    return standing


def write_down_request(
    session: HearingSession, *, subject: str, office: AreaOffice, by: User
) -> SpeakerRequest:
    """The facilitator saw a hand in the room: for who has no phone. Raises SessionClosed and FloorRefused."""
    _require_open(session)
    with act(by=by):
        made = _make_request(session, subject, office, person=None, by=by)
        if made is None:
            raise FloorRefused(joined(office.short_name, "อยู่ในลำดับแล้ว"), field="office")
    return made


def _make_request(
    session: HearingSession,
    subject: str,
    office: AreaOffice | None,
    *,
    person: User | None,
    by: User,
) -> SpeakerRequest | None:
    """None where one stands already: the database says so, whoever was quicker."""
    latest = session.discussions.order_by("-pk").first()
    request = SpeakerRequest(
        session=session,
        person=person,
        office=office,
        office_kind=office.kind if office is not None else None,
        subject=subject,
        entry_id=latest.entry_id if latest is not None else None,
        asked_by=by,
    )
    SpeakerRequest.objects.bulk_create([request], ignore_conflicts=True)
    made = (
        requests_of(session)
        .filter(
            person=person,
            office=office,
            asked_at=request.asked_at,
            ended_at__isnull=True,
        )
        .first()
    )
    if made is not None:
        record_event(session, Event.Kind.SPEAKER, str(made.pk))
    return made


def give_floor(
    request: SpeakerRequest, *, minutes: int, by: User, seen: int | None = None
) -> SpeakerRequest:
    """Whoever spoke until now has spoken. Giving it again to who has it changes nothing. `seen` is the request of who
    spoke when the person decided so, 0 for nobody.

    Raises SessionClosed, and FloorRefused where another speaks by now.
    """
    with act(by=by):
        request = _lock(request)
        if request.ended_at is not None:
            raise FloorRefused(GONE)
        if request.is_speaking:
            return request
        _require_open(request.session)
        now = timezone.now()
        speaking = requests_of(request.session).filter(
            called_at__isnull=False, ended_at__isnull=True
        )
        now_speaks = speaking.first()
        if seen is not None and (now_speaks.pk if now_speaks else 0) != seen:
            raise FloorRefused(OTHER_SPEAKS)
        for other in speaking:
            _end(other, Ending.SPOKEN, by)
        request.called_at = now
        request.called_by = by
        request.minutes = minutes
        request.save(update_fields=["called_at", "called_by", "minutes"])
        record_event(request.session, Event.Kind.SPEAKER, str(request.pk))
    return request


def end_request(request: SpeakerRequest, *, by: User) -> SpeakerRequest:
    """However it stands: who has the floor has spoken; who waits is withdrawn, by themselves or, by the facilitator, as
    not in the room. What has ended stays so."""
    with act(by=by):
        request = _lock(request)
        if request.ended_at is not None:
            return request
        ending = Ending.PASSED
        if request.is_speaking:
            ending = Ending.SPOKEN
        elif request.person_id == by.pk:
            ending = Ending.WITHDRAWN
        _end(request, ending, by)
        record_event(request.session, Event.Kind.SPEAKER, str(request.pk))
    return request


def _end(request: SpeakerRequest, ending: str, by: User) -> None:
    request.ending = ending
    request.ended_by = by
    request.ended_at = timezone.now()
    request.save(update_fields=["ending", "ended_by", "ended_at"])


def move_request(
    request: SpeakerRequest, *, before: SpeakerRequest | None, reason: str, by: User
) -> SpeakerMove:
    """To before another who waits, or to the end. Everybody reads the reason. Raises FloorRefused."""
    with act(by=by, reason=reason) as done:
        request = _lock(request)
        if not request.is_waiting:
            raise FloorRefused(GONE, field="request")
        if before is not None:
            before = SpeakerRequest.objects.get(pk=before.pk)
            if not before.is_waiting or before.session_id != request.session_id:
                raise FloorRefused(GONE, field="before")
            if before.pk == request.pk:
                raise FloorRefused("โปรดเลือกคำขออื่นที่จะให้พูดก่อน", field="before")
        move = SpeakerMove.objects.create(
            request=request, before=before, reason=reason.strip(), by=by
        )
        office = request.office.short_name if request.office is not None else ""
        session = request.session
        record_event(session, Event.Kind.SPEAKER, str(request.pk))
        done.record(
            SPEAKER_MOVED, about_session(session), detail=session.kind, note=office
        )
    return move


def _lock(request: SpeakerRequest) -> SpeakerRequest:
    """The row as it stands now; nobody else changes the line until the act ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, %s)", [_FLOOR_LOCK, request.session_id]
        )
    rows = SpeakerRequest.objects.select_related("session__work_group", "office")
    return rows.get(pk=request.pk)


def _require_open(session: HearingSession) -> None:
    session.forget_state()
    if not session.is_open:
        raise SessionClosed(session, has_text=False)
