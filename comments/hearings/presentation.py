"""A group's session in words, who may comment now, and the clauses of a session's room."""

from dataclasses import dataclass, field

from django.db.models import QuerySet

from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.dates import be_datetime_short
from manuals.models import EditionEntry

from ..citations import cite_entry, section_title
from ..models import HearingSession, SessionState
from ..permissions import may_comment_in, may_record_for_others
from ..tallies import OfficeTallies, tally_offices_by_entry
from .queries import GroupSessions, entries_of_session, neighbours


@dataclass(frozen=True, slots=True)
class RoomEntry:
    """An entry that can be put under discussion."""

    entry: EditionEntry
    tallies: OfficeTallies

    @property
    def words(self) -> str:
        return cite_entry(self.entry)


@dataclass(frozen=True, slots=True)
class SessionRoom:
    """`places` are those of the chosen process, `processes` what can be chosen."""

    session: HearingSession
    acts: list[SessionState]
    processes: list[EditionEntry]
    process: EditionEntry | None = None
    places: list[RoomEntry] = field(default_factory=list)
    discussed: EditionEntry | None = None
    before: EditionEntry | None = None
    after: EditionEntry | None = None

    @property
    def discussed_place(self) -> str:
        return cite_entry(self.discussed) if self.discussed else ""

    @property
    def before_place(self) -> str:
        return cite_entry(self.before) if self.before else ""

    @property
    def after_place(self) -> str:
        return cite_entry(self.after) if self.after else ""

    @property
    def is_closed(self) -> bool:
        return self.session.state == SessionState.State.CLOSED


def find_room(session: HearingSession, process: str = "") -> SessionRoom:
    """Nine queries. `process` is the id of a section; the discussed one's, else the first, where it is none."""
    entries = entries_of_session(session).select_related("blob", "manual")
    processes = list(
        entries.filter(kind="section", data__kind__in=["process", "mission", "chapter", "front"]).order_by("ordinal")
    )
    latest = session.discussions.order_by("-pk").first()
    discussed = None
    if latest is not None and latest.entry_id is not None:
        discussed = entries.annotate(section_title=section_title()).filter(pk=latest.entry_id).first()
    by_section = {str(entry.section_id): entry for entry in processes}
    default = str(discussed.section_id) if discussed else ""
    chosen = by_section.get(process) or by_section.get(default) or next(iter(processes), None)
    before, after = neighbours(entries, discussed)
    return SessionRoom(
        session,
        acts=list(session.states.select_related("by").order_by("-pk")),
        processes=processes,
        process=chosen,
        places=_places(entries, chosen),
        discussed=discussed,
        before=before,
        after=after,
    )


def _places(entries: QuerySet[EditionEntry], process: EditionEntry | None) -> list[RoomEntry]:
    if process is None:
        return []
    rows = [process, *entries.filter(section=process.section_id, kind="clause").order_by("ordinal")]
    tallies_by_entry = tally_offices_by_entry([row.pk for row in rows])
    return [RoomEntry(row, tallies_by_entry.get(row.pk, OfficeTallies())) for row in rows]


State = SessionState.State
VENUES = {
    HearingSession.Kind.ONLINE: "รับทางออนไลน์",
    HearingSession.Kind.ROOM: "ในห้องประชุมกลุ่ม",
    HearingSession.Kind.PLENARY: "ที่ประชุมรวม",
}


# --- the session: is it open, what is it about


@dataclass(frozen=True, slots=True)
class SessionStatus:
    """A group's session in words. `kind` open | soon | closed, as the session bar dresses it."""

    kind: str
    word: str
    note: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.kind == "open"


def session_status(group_sessions: GroupSessions) -> SessionStatus:
    session = group_sessions.session
    if session is None:
        return SessionStatus("closed", "ยังไม่มีเวที")
    venue = session.venue or VENUES[session.kind]
    reason = getattr(session, "state_reason", None) or ""
    match session.state:
        case State.OPENED:
            return SessionStatus("open", "เปิดรับความเห็น", venue)
        case State.PAUSED:
            return SessionStatus("closed", "พักเวที", venue, reason)
        case State.CLOSED:
            return SessionStatus("closed", "ปิดเวทีแล้ว", venue, reason)
    opens = f"กำหนดเปิด {be_datetime_short(session.opens_at)}" if session.opens_at else ""
    return SessionStatus("soon", "ยังไม่เปิด", f"{venue} {opens}".strip())


# --- who may speak


@dataclass(frozen=True, slots=True)
class CommentingPermission:
    """Whether the reader may comment here and now; if not, why: a few words for every button."""

    allowed: bool
    why_not: str = ""
    needs_sign_in: bool = False


def find_commenting_permission(user, group_sessions: GroupSessions, group: WorkGroup | None) -> CommentingPermission:
    """One query, and only when the group's own session is not open: the plenary may be."""
    if not group_sessions.is_open and not _plenary_is_open(group_sessions):
        return CommentingPermission(False, session_status(group_sessions).word)
    if not user.is_authenticated:
        return CommentingPermission(False, "เข้าสู่ระบบก่อน", needs_sign_in=True)
    if may_comment_in(user, group) or may_record_for_others(user, group):
        return CommentingPermission(True)
    return CommentingPermission(False, "เฉพาะผู้แทนของกลุ่มนี้" if group else "เฉพาะ ผอ.สพท. และผู้ทรงคุณวุฒิ")


def _plenary_is_open(group_sessions: GroupSessions) -> bool:
    if group_sessions.session is None or group_sessions.session.work_group_id is None:
        return False
    plenary = HearingSession.objects.filter(
        hearing=group_sessions.session.hearing_id, work_group=None, edition=group_sessions.session.edition_id
    )
    return any(session.is_open for session in plenary.with_state())
