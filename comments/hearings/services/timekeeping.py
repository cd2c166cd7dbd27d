"""Sessions keep their announced times: what the clock did is written down as an act nobody did.

The state of a session follows from the times at once (comments/models/hearing.py); here it gets its row, so that
history, log and pages tell it, and the discussion of a closed session ends.
"""

from ...models import HearingSession, SessionState
from .session_states import write_down_time


def keep_session_times() -> list[SessionState]:
    """Writes a row for every session whose state the time has changed. One query when none has."""
    made = []
    for session in HearingSession.objects.with_state().select_related(
        "work_group", "edition", "hearing"
    ):
        row = write_down_time(session)
        if row is not None:
            made.append(row)
    return made
