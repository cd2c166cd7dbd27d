"""Which hearing runs, and which session of a group one speaks in."""

from dataclasses import dataclass

from django.db.models import QuerySet

from hearing_portal.directory.models import WorkGroup
from manuals.models import EditionEntry

from ..models import Discussion, Hearing, HearingSession


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
        return self.session.edition_id if self.session else None


def current_hearing() -> Hearing | None:
    """The latest hearing: the portal shows one at a time."""
    return Hearing.objects.order_by("-opens_on", "-pk").first()


def find_group_sessions(hearing: Hearing | None, group: WorkGroup | None) -> GroupSessions:
    """The group's sessions; an open room comes before the open online session: who sits in the hall speaks there.

    With none open it is the latest one, so that a page can say why it is closed. Two queries.
    """
    if hearing is None:
        return GroupSessions(None, [])
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
    return GroupSessions(session, sessions, discussed)


def choose_session(sessions: list[HearingSession]) -> HearingSession | None:
    is_open = [session for session in sessions if session.is_open]
    rooms = [session for session in is_open if session.is_room]
    begun = [session for session in sessions if session.state is not None]
    return next(iter(rooms + is_open + begun + sessions), None)


def entries_of_session(session: HearingSession) -> QuerySet[EditionEntry]:
    """The entries one may speak about in the session: of its group's manual, in the plenary of all."""
    entries = EditionEntry.objects.filter(edition=session.edition_id)
    if session.work_group_id is not None:
        entries = entries.filter(manual__work_group=session.work_group_id)
    return entries


def neighbours(
    entries: QuerySet[EditionEntry], entry: EditionEntry | None
) -> tuple[EditionEntry | None, EditionEntry | None]:
    """The clause before and the clause after, in reading order of the same manual."""
    if entry is None:
        return None, None
    clauses = entries.filter(kind="clause", manual=entry.manual_id)
    before = clauses.filter(ordinal__lt=entry.ordinal).order_by("-ordinal").first()
    return before, clauses.filter(ordinal__gt=entry.ordinal).order_by("ordinal").first()


def find_sessions_by_group(hearing: Hearing | None) -> dict[int | None, GroupSessions]:
    """{work group id: its floor} for all groups of a hearing. Two queries."""
    if hearing is None:
        return {}
    rows = HearingSession.objects.filter(hearing=hearing).select_related("edition", "hearing", "work_group")
    sessions: dict[int | None, list[HearingSession]] = {}
    for session in rows.with_state().order_by("pk"):
        sessions.setdefault(session.work_group_id, []).append(session)
    latest = Discussion.objects.filter(session__hearing=hearing).order_by("session_id", "-pk").distinct("session_id")
    discussed: dict[int | None, Discussion] = {}
    for row in latest.select_related("session", "entry__section", "entry__manual"):
        group = row.session.work_group_id
        if group not in discussed or discussed[group].pk < row.pk:
            discussed[group] = row
    return {
        group: GroupSessions(choose_session(own), own, discussed[group].entry if group in discussed else None)
        for group, own in sessions.items()
    }
