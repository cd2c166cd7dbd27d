"""Where one comments on an entry: the group's sessions, and the one that takes what is said."""

from dataclasses import dataclass

from manuals.models import EditionEntry

from ...hearings.queries import GroupSessions, choose_session, current_hearing, find_group_sessions
from ...models import Hearing, HearingSession


@dataclass(frozen=True, slots=True)
class CommentingContext:
    """Where one speaks about an entry: the group's floor, and the session that takes what is said (or would)."""

    entry: EditionEntry
    group_sessions: GroupSessions
    session: HearingSession | None

    @property
    def open_session(self) -> HearingSession | None:
        return self.session if self.session is not None and self.session.is_open else None


def find_commenting_context(entry: EditionEntry) -> CommentingContext:
    """An open session on the entry's edition, the group's own before the plenary; else any open one of the group;
    else the latest. Three queries, four while the group's own are closed."""
    hearing = current_hearing()
    group_sessions = find_group_sessions(hearing, entry.manual.work_group)
    here = choose_session([session for session in group_sessions.sessions if session.edition_id == entry.edition_id])
    if here is not None and here.is_open:
        return CommentingContext(entry, group_sessions, here)
    if group_sessions.is_open:
        return CommentingContext(entry, group_sessions, group_sessions.session)
    return CommentingContext(entry, group_sessions, _open_plenary(hearing, entry) or here or group_sessions.session)


def _open_plenary(hearing: Hearing | None, entry: EditionEntry) -> HearingSession | None:
    sessions = HearingSession.objects.filter(hearing=hearing, work_group=None, edition=entry.edition_id)
    rows = sessions.select_related("hearing", "work_group").with_state().order_by("pk")
    return next((session for session in rows if session.is_open), None)
