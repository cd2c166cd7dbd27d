"""Which session takes what is said about an entry, and that it is open: decided here, and nowhere else."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import QuerySet

from hearing_portal.postgres.statements import kept_statement
from manuals.models import EditionEntry

from ..links import edition_entry_url, entry_url
from ..models import Hearing, HearingSession
from .queries import GroupSessions, choose_session, find_group_sessions, find_hearing_of
from .refusals import SessionClosed


@dataclass(frozen=True, slots=True)
class CommentingContext:
    """Where one speaks about an entry: the sessions of its group, and the one that takes what is said (or would)."""

    entry: EditionEntry
    group_sessions: GroupSessions
    session: HearingSession | None
    # Whether the entry's hearing is the one that pages are about
    is_current: bool = True

    @property
    def reading_url(self) -> str:
        """Where the entry is read: among the comments of the current hearing, else in its own edition."""
        if self.is_current:
            return entry_url(self.entry, self.entry.manual)
        return edition_entry_url(self.entry)

    @property
    def open_session(self) -> HearingSession | None:
        if self.session is not None and self.session.is_open:
            return self.session
        return None


def find_commenting_context(entry: EditionEntry, named: int = 0) -> CommentingContext:
    """In the hearing of the entry's edition: an open session on that edition, the group's own before the plenary; else
    any open one of the group; else the latest. Three queries, four while the group's own are closed.

    `named` is the session that the page told of before something was sent: it comes first while it takes comments.
    """
    hearing, is_current, _ = find_hearing_of(entry.edition_id)
    group_sessions = find_group_sessions(hearing, entry.manual.work_group)
    sessions = []
    for each in group_sessions.sessions:
        if each.edition_id == entry.edition_id:
            sessions.append(each)
    session = choose_session(sessions)
    if named and (session is None or session.pk != named):
        session = _find_named(named, hearing, entry, sessions) or session
    if session is not None and session.is_open:
        return CommentingContext(entry, group_sessions, session, is_current)
    if group_sessions.is_open:
        return CommentingContext(
            entry, group_sessions, group_sessions.session, is_current
        )
    plenary = None
    if hearing is not None:
        plenary = find_open_plenary(hearing.pk, entry.edition_id)
    return CommentingContext(
        entry, group_sessions, plenary or session or group_sessions.session, is_current
    )


def _find_named(
    named: int,
    hearing: Hearing | None,
    entry: EditionEntry,
    sessions: Sequence[HearingSession],
) -> HearingSession | None:
    """Of the group's `sessions` and the plenary, the named one while it is open. One query at most."""
    candidates = list(sessions)
    if hearing is not None and named not in {session.pk for session in sessions}:
        plenary = find_open_plenary(hearing.pk, entry.edition_id)
        candidates = [plenary] if plenary is not None else []
    for session in candidates:
        if session.pk == named and session.is_open:
            return session
    return None


def find_open_plenary(hearing_id: int, edition_id: int) -> HearingSession | None:
    """The plenary takes what every group may say, on its own edition. One query."""
    plenaries = HearingSession.objects.filter(
        hearing=hearing_id,
        work_group=None,
        edition=edition_id,
    )
    plenaries = plenaries.with_state().select_related("hearing", "work_group")
    for session in plenaries.order_by("pk"):
        if session.is_open:
            return session
    return None


def require_open_session(
    *candidates: HearingSession | None, has_text: bool = True
) -> HearingSession:
    """The first candidate that is open: the comment's own session, or the one to speak in now. To be asked inside the
    act that stores: the session stays open until that ends, and who closes it waits.

    Raises SessionClosed about the last candidate there is. `has_text` as there. Two queries for each candidate.
    """
    last_known = None
    for session in candidates:
        if session is None:
            continue
        hold_session(session)
        if session.is_open:
            return session
        last_known = session
    raise SessionClosed(last_known, has_text=has_text)


def hold_session(session: HearingSession) -> None:
    """Reads what the session's state follows from, as it stands now and until the transaction ends. Many hold a session
    at once; whoever changes it, or its hearing's days, locks it for themselves alone."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT FROM comments_hearingsession session JOIN comments_hearing hearing ON hearing.id = hearing_id"
            " WHERE session.id = %s FOR KEY SHARE",
            [session.pk],
        )
    # In a statement of its own: that of the lock still sees the acts of before it waited
    [now] = _find_as_it_stands(session.pk)
    session.opens_at = now.opens_at
    session.closes_at = now.closes_at
    session.remember_state(now.state_facts)


@kept_statement
def _find_as_it_stands(session_id: int) -> QuerySet[HearingSession]:
    sessions = HearingSession.objects.filter(pk=session_id).with_state()
    return sessions.only("opens_at", "closes_at")
