"""Which hearing runs, which session of a group one speaks in, and what a session is about."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import QuerySet

from hearing_portal.directory.models import WorkGroup
from manuals.models import EditionEntry

from ..models import Discussion, Hearing, HearingSession, SessionState


@dataclass(frozen=True, slots=True)
class GroupSessions:
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
        if self.session is None:
            return None
        return self.session.edition_id


def find_current_hearing() -> Hearing | None:
    """The latest hearing: the portal shows one at a time."""
    return Hearing.objects.order_by("-opens_on", "-pk").first()


def find_group_sessions(hearing: Hearing | None, group: WorkGroup | None) -> GroupSessions:
    """The group's sessions, and the one that `choose_session` takes. Two queries."""
    if hearing is None:
        return GroupSessions(None, [])
    sessions = list(sessions_with_state(hearing).filter(work_group=group))
    session = choose_session(sessions)
    if session is None:
        return GroupSessions(None, sessions)
    discussions = Discussion.objects.filter(session__in=sessions).select_related("entry__section")
    latest = discussions.order_by("-pk").first()
    if latest is None:
        return GroupSessions(session, sessions)
    return GroupSessions(session, sessions, latest.entry)


def find_sessions_by_group(hearing: Hearing | None) -> dict[int | None, GroupSessions]:
    """{work group id: its sessions} for all groups of a hearing. Two queries."""
    if hearing is None:
        return {}
    sessions_of_group: dict[int | None, list[HearingSession]] = {}
    for session in sessions_with_state(hearing):
        sessions_of_group.setdefault(session.work_group_id, []).append(session)
    discussed_by = _find_discussed_by_group(hearing)
    group_sessions = {}
    for group_id, sessions in sessions_of_group.items():
        group_sessions[group_id] = GroupSessions(
            choose_session(sessions),
            sessions,
            discussed_by.get(group_id),
        )
    return group_sessions


def _find_discussed_by_group(hearing: Hearing) -> dict[int | None, EditionEntry | None]:
    """{work group id: what the latest of its sessions' discussions is about}. One query."""
    latest_of_session = (
        Discussion.objects.filter(session__hearing=hearing)
        .select_related("session", "entry__section", "entry__manual")
        .order_by("session_id", "-pk")
        .distinct("session_id")
    )
    latest_of_group: dict[int | None, Discussion] = {}
    for discussion in latest_of_session:
        group_id = discussion.session.work_group_id
        known = latest_of_group.get(group_id)
        if known is None or known.pk < discussion.pk:
            latest_of_group[group_id] = discussion
    return {group_id: discussion.entry for group_id, discussion in latest_of_group.items()}


def sessions_with_state(hearing: Hearing) -> QuerySet[HearingSession]:
    sessions = HearingSession.objects.filter(hearing=hearing).with_state()
    return sessions.select_related("edition", "hearing", "work_group").order_by("pk")


def find_latest_acts(sessions: Sequence[HearingSession]) -> dict[int, SessionState]:
    """{session id: what was last done to it, and by whom} of those that were opened ever. One query."""
    acts = SessionState.objects.filter(session__in=sessions).select_related("by")
    latest = acts.order_by("session_id", "-pk").distinct("session_id")
    return {act.session_id: act for act in latest}


def choose_session(sessions: Sequence[HearingSession]) -> HearingSession | None:
    """The one to speak in: an open room before the open online session, since who sits in the hall speaks there.

    With none open it is one that was open, else any, so that a page can say why it is closed.
    """
    open_sessions = [session for session in sessions if session.is_open]
    open_rooms = [session for session in open_sessions if session.is_room]
    begun = [session for session in sessions if session.state is not None]
    for candidates in (open_rooms, open_sessions, begun, sessions):
        if candidates:
            return candidates[0]
    return None


def entries_of_session(session: HearingSession) -> QuerySet[EditionEntry]:
    """The entries one may speak about in the session: of its group's manual, in the plenary of all."""
    entries = EditionEntry.objects.filter(edition=session.edition_id)
    if session.work_group_id is not None:
        entries = entries.filter(manual__work_group=session.work_group_id)
    return entries


class Neighbours(NamedTuple):
    before: EditionEntry | None
    after: EditionEntry | None


def find_neighbours(entries: QuerySet[EditionEntry], entry: EditionEntry | None) -> Neighbours:
    """The clause before and the clause after, in reading order of the same manual. Two queries."""
    if entry is None:
        return Neighbours(None, None)
    clauses = entries.filter(kind="clause", manual=entry.manual_id)
    before = clauses.filter(ordinal__lt=entry.ordinal).order_by("-ordinal").first()
    after = clauses.filter(ordinal__gt=entry.ordinal).order_by("ordinal").first()
    return Neighbours(before, after)
