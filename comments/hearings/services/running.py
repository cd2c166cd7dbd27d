"""Opening, pausing and closing sessions; saying which clause is under discussion."""

from django.db import transaction

from hearing_portal.directory.models import User
from manuals.models import EditionEntry

from ...models import Discussion, HearingSession, SessionState
from ..refusals import SessionRefused

State = SessionState.State
# What a session may become, and out of which states (None: nobody has opened it yet)
ALLOWED = {
    State.OPENED: {None, State.PAUSED, State.CLOSED},
    State.PAUSED: {State.OPENED},
    State.CLOSED: {State.OPENED, State.PAUSED},
}


@transaction.atomic
def set_session_state(session: HearingSession, state: str, *, by: User, reason: str = "") -> SessionState:
    """Open, pause or close; asking for the state it has changes nothing. Closing ends the discussion.

    Raises SessionRefused when the session is not in a state that allows it.
    """
    HearingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    latest = session.states.order_by("-id").first()
    current = latest.state if latest else None
    if current == state:
        return latest
    if current not in ALLOWED.get(state, ()):
        raise SessionRefused("เวทีไม่ได้อยู่ในสถานะที่ทำเช่นนี้ได้ โปรดเปิดหน้าใหม่เพื่อดูสถานะล่าสุด")
    if state == State.CLOSED:
        _end_discussion(session, by)
    made = SessionState.objects.create(session=session, state=state, by=by, reason=reason.strip())
    session.state_now = state  # what the instance remembered of `with_state()` or of an earlier question
    return made


def _end_discussion(session: HearingSession, by: User) -> None:
    latest = session.discussions.order_by("-id").first()
    if latest is not None and latest.entry_id is not None:
        Discussion.objects.create(session=session, entry=None, by=by)


def open_session(session: HearingSession, *, by: User, reason: str = "") -> SessionState:
    return set_session_state(session, State.OPENED, by=by, reason=reason)


def pause_session(session: HearingSession, *, by: User, reason: str = "") -> SessionState:
    return set_session_state(session, State.PAUSED, by=by, reason=reason)


def close_session(session: HearingSession, *, by: User, reason: str = "") -> SessionState:
    return set_session_state(session, State.CLOSED, by=by, reason=reason)


@transaction.atomic
def discuss_entry(session: HearingSession, entry: EditionEntry | None, *, by: User) -> Discussion | None:
    """Put an entry of the session's edition under discussion; None ends the discussion. Safe to repeat.

    Raises SessionRefused for an entry of another edition or another group, and in a closed session.
    """
    HearingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    latest = session.discussions.order_by("-id").first()
    if (latest.entry_id if latest else None) == (entry.pk if entry else None):
        return latest
    if entry is not None:
        _refuse_entry(session, entry)
    return Discussion.objects.create(session=session, entry=entry, by=by)


def _refuse_entry(session: HearingSession, entry: EditionEntry) -> None:
    if entry.edition_id != session.edition_id:
        raise SessionRefused("ข้อนี้ไม่ได้อยู่ในฉบับที่เวทีนี้ใช้")
    if session.work_group_id not in (None, entry.manual.work_group_id):
        raise SessionRefused("ข้อนี้เป็นของกลุ่มงานอื่น จึงนำขึ้นอภิปรายในเวทีนี้ไม่ได้")
    latest = session.states.order_by("-id").values_list("state", flat=True).first()
    if latest == State.CLOSED:
        raise SessionRefused("เวทีปิดแล้ว โปรดเปิดเวทีก่อนนำข้อขึ้นอภิปราย")
