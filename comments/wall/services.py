"""Calling back the link of a room's wall."""

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User

from ..acts import WALL_RECALLED, about_session
from ..models import HearingSession, WallRecall


def recall_wall(session: HearingSession, *, by: User) -> WallRecall:
    """At once, also for the screen that has it open. The wall has another link from then on."""
    with act(by=by) as done:
        recall = WallRecall.objects.create(session=session, by=by)
        done.record(WALL_RECALLED, about_session(session), detail=session.kind)
    return recall
