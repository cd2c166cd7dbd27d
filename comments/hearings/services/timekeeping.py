"""Sessions keep their announced times: what the clock did is written down as an act nobody did.

The state of a session follows from the times at once (comments/models/hearing.py); here it gets its row, so that
history, log and pages tell it, and the discussion of a closed session ends.
"""

from hearing_portal.acts.services import act

from ...models import HearingSession, SessionState
from .session_states import reason_of_time, set_session_state


def keep_session_times() -> list[SessionState]:
    """Writes a row for every session whose state the time has changed. One query when none has."""
    made = []
    for session in HearingSession.objects.with_state().select_related(
        "work_group", "edition", "hearing"
    ):
        if session.state == session.acted_state or session.state is None:
            continue
        # Closed without ever having been open: there is nothing to end, and no row to tell
        if session.acted_state is None and session.state == SessionState.State.CLOSED:
            continue
        reason = reason_of_time(session)
        with act(by=None, reason=reason):
            made.append(
                set_session_state(session, session.state, by=None, reason=reason)
            )
    return made
