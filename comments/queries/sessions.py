"""Which hearing runs, and which session of a group one speaks in."""

from dataclasses import dataclass

from hearing_portal.directory.models import WorkGroup
from manuals.models import EditionEntry

from ..models import Discussion, Hearing, HearingSession


@dataclass(frozen=True, slots=True)
class GroupFloor:
    """What a page of a group needs to know of its sessions: the one to speak in (or None), all of them, and the
    entry under discussion."""

    session: HearingSession | None
    sessions: list[HearingSession]
    discussed: EditionEntry | None = None

    @property
    def is_open(self) -> bool:
        return self.session is not None and self.session.is_open

    @property
    def edition_id(self) -> int | None:
        return self.session.edition_id if self.session else None


def current_hearing() -> Hearing | None:
    """The latest hearing: the portal shows one at a time."""
    return Hearing.objects.order_by("-opens_on", "-pk").first()


def floor_of(hearing: Hearing | None, group: WorkGroup | None) -> GroupFloor:
    """The group's sessions; an open room comes before the open online session: who sits in the hall speaks there.

    With none open it is the latest one, so that a page can say why it is closed. Two queries.
    """
    if hearing is None:
        return GroupFloor(None, [])
    sessions = list(
        HearingSession.objects.filter(hearing=hearing, work_group=group)
        .select_related("edition", "hearing", "work_group")
        .with_state()
        .order_by("pk")
    )
    session = choose_session(sessions)
    discussed = None
    if session is not None:
        latest = (
            Discussion.objects.filter(session__in=sessions).select_related("entry__section").order_by("-pk").first()
        )
        discussed = latest.entry if latest else None
    return GroupFloor(session, sessions, discussed)


def choose_session(sessions: list[HearingSession]) -> HearingSession | None:
    is_open = [session for session in sessions if session.is_open]
    rooms = [session for session in is_open if session.is_room]
    begun = [session for session in sessions if session.state is not None]
    return next(iter(rooms + is_open + begun + sessions), None)
