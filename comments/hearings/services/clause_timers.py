"""The time that a meeting gives itself for what it discusses."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ...live.services import record_event
from ...models import ClauseTimer, Event, HearingSession
from ..refusals import SessionClosed, SessionRefused
from .session_states import lock_session

LONGEST_TIME = 240  # minutes


def start_clause_timer(
    session: HearingSession, *, minutes: int, by: User
) -> ClauseTimer:
    """From now on, in place of the one that runs; 0 ends it. Raises SessionClosed, and SessionRefused where nothing
    is discussed or for more than LONGEST_TIME."""
    with act(by=by):
        lock_session(session)
        session.forget_state()
        if not session.is_open:
            raise SessionClosed(session, has_text=False)
        latest = session.discussions.order_by("-pk").first()
        if latest is None or latest.entry_id is None:
            raise SessionRefused("ยังไม่มีข้อที่กำลังอภิปราย โปรดนำข้อขึ้นอภิปรายก่อน แล้วจึงจับเวลา")
        if not 0 <= minutes <= LONGEST_TIME:
            raise SessionRefused(f"โปรดเลือกเวลาไม่เกิน {LONGEST_TIME} นาที")
        timer = ClauseTimer.objects.create(discussion=latest, minutes=minutes, by=by)
        record_event(session, Event.Kind.TIMER)
    return timer
