"""Opening, pausing and closing sessions; saying which clause is under discussion."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from manuals.models import EditionEntry

from ...acts import SESSION_STATE_CHANGED, about_session
from ...models import Discussion, HearingSession, SessionState
from ..refusals import SessionRefused

State = SessionState.State
# Out of which states a session may come into each (None: nobody has opened it yet)
ALLOWED_BEFORE: dict[str, set[str | None]] = {
    State.OPENED: {None, State.PAUSED, State.CLOSED},
    State.PAUSED: {State.OPENED},
    State.CLOSED: {State.OPENED, State.PAUSED},
}


def open_session(session: HearingSession, *, by: User, reason: str = "") -> SessionState:
    return set_session_state(session, State.OPENED, by=by, reason=reason)


def pause_session(session: HearingSession, *, by: User, reason: str = "") -> SessionState:
    return set_session_state(session, State.PAUSED, by=by, reason=reason)


def close_session(session: HearingSession, *, by: User, reason: str = "") -> SessionState:
    return set_session_state(session, State.CLOSED, by=by, reason=reason)


def set_session_state(
    session: HearingSession,
    state: str,
    *,
    by: User,
    reason: str = "",
) -> SessionState:
    """Open, pause or close; asking for the state it has changes nothing. Closing ends the discussion.

    Raises SessionRefused when the session is not in a state that allows it.
    """
    with act(by=by, reason=reason) as done:
        lock_session(session)
        latest = session.states.order_by("-id").first()
        current = None
        if latest is not None:
            current = latest.state
            if current == state:
                return latest
        if current not in ALLOWED_BEFORE.get(state, set()):
            raise SessionRefused("เวทีไม่ได้อยู่ในสถานะที่ทำเช่นนี้ได้ โปรดเปิดหน้าใหม่เพื่อดูสถานะล่าสุด")
        if state == State.CLOSED:
            discussion = session.discussions.order_by("-id").first()
            _end_discussion(session, discussion, by=by)
        made = SessionState.objects.create(
            session=session,
            state=state,
            by=by,
            reason=reason.strip(),
        )
        done.record(SESSION_STATE_CHANGED[state], about_session(session), detail=session.kind)
    session.state_now = state  # what the instance remembered of `with_state()` or of an earlier question
    return made


def lock_session(session: HearingSession) -> None:
    """Until the act ends nobody else changes the session's state or its discussion."""
    HearingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)


def _end_discussion(
    session: HearingSession,
    latest: Discussion | None,
    *,
    by: User,
) -> Discussion | None:
    """Nothing is discussed any more. `latest` is what the session discussed until now."""
    if latest is None or latest.entry_id is None:
        return latest
    return Discussion.objects.create(session=session, entry=None, by=by)


def discuss_entry(
    session: HearingSession,
    entry: EditionEntry | None,
    *,
    by: User,
) -> Discussion | None:
    """Put an entry of the session's edition under discussion; None ends the discussion. Safe to repeat.

    Raises SessionRefused for an entry of another edition or another group, and in a closed session.
    """
    with act(by=by):
        lock_session(session)
        latest = session.discussions.order_by("-id").first()
        if entry is None:
            return _end_discussion(session, latest, by=by)
        if latest is not None and latest.entry_id == entry.pk:
            return latest
        if entry.edition_id != session.edition_id:
            raise SessionRefused("ข้อนี้ไม่ได้อยู่ในฉบับที่เวทีนี้ใช้")
        if session.work_group_id not in (None, entry.manual.work_group_id):
            raise SessionRefused("ข้อนี้เป็นของกลุ่มงานอื่น จึงนำขึ้นอภิปรายในเวทีนี้ไม่ได้")
        # Read again under the lock: the instance may remember an older state
        state = session.states.order_by("-id").values_list("state", flat=True).first()
        if state == State.CLOSED:
            raise SessionRefused("เวทีปิดแล้ว โปรดเปิดเวทีก่อนนำข้อขึ้นอภิปราย")
        return Discussion.objects.create(session=session, entry=entry, by=by)
