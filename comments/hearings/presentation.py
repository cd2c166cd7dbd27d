"""A group's session in words, who may comment now, and the clauses of a session's room."""

from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils.text import Truncator

from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.dates import be_datetime_short
from hearing_portal.web.choices import Option
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
    def citation(self) -> str:
        return cite_entry(self.entry)


@dataclass(frozen=True, slots=True)
class SessionRoom:
    """`entries` are those of the chosen process, `processes` what can be chosen."""

    session: HearingSession
    acts: list[SessionState]
    processes: list[EditionEntry]
    process: EditionEntry | None = None
    entries: list[RoomEntry] = field(default_factory=list)
    discussed: EditionEntry | None = None
    before: EditionEntry | None = None
    after: EditionEntry | None = None

    @property
    def discussed_citation(self) -> str:
        return cite_entry(self.discussed) if self.discussed else ""

    @property
    def before_citation(self) -> str:
        return cite_entry(self.before) if self.before else ""

    @property
    def after_citation(self) -> str:
        return cite_entry(self.after) if self.after else ""

    @property
    def is_closed(self) -> bool:
        return self.session.state == SessionState.State.CLOSED

    @property
    def state_buttons(self) -> list["StateButton"]:
        return state_buttons(self.session.state or "")

    @property
    def process_options(self) -> list[Option]:
        return [Option(str(process.section_id), process.label, process.title) for process in self.processes]

    @property
    def chosen_process(self) -> str:
        return str(self.process.section_id) if self.process else ""

    @property
    def entry_options(self) -> list[Option]:
        """Each entry with the beginning of its words."""
        options = []
        for row in self.entries:
            plain = Truncator(row.entry.blob.plain).chars(50) if row.entry.blob_id else ""
            options.append(Option(str(row.entry.pk), f"{row.citation} {plain}".strip()))
        return options


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
        entries=_room_entries(entries, chosen),
        discussed=discussed,
        before=before,
        after=after,
    )


def _room_entries(entries: QuerySet[EditionEntry], process: EditionEntry | None) -> list[RoomEntry]:
    if process is None:
        return []
    rows = [process, *entries.filter(section=process.section_id, kind="clause").order_by("ordinal")]
    tallies_by_entry = tally_offices_by_entry([row.pk for row in rows])
    return [RoomEntry(row, tallies_by_entry.get(row.pk, OfficeTallies())) for row in rows]


State = SessionState.State


class StateButton(NamedTuple):
    """An act on a session's state; `short_label` stands where the session is named beside it."""

    state: str
    icon: str
    label: str
    short_label: str
    is_main: bool = False


def state_buttons(state: str) -> list[StateButton]:
    """What may be done with a session in this state; empty is one that was never opened."""
    buttons = []
    if state == State.OPENED:
        buttons.append(StateButton(State.PAUSED, "hourglass-split", "พักเวที", "พัก"))
    else:
        label = "เปิดเวทีต่อ" if state else "เปิดเวที"
        buttons.append(StateButton(State.OPENED, "play-circle", label, "เปิด", is_main=True))
    if state in (State.OPENED, State.PAUSED):
        buttons.append(StateButton(State.CLOSED, "stop-circle", "ปิดเวที", "ปิด"))
    return buttons


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in the list of a hearing's sessions, with its newest act or None."""

    session: HearingSession
    act: SessionState | None

    @property
    def state_buttons(self) -> list[StateButton]:
        return state_buttons(self.act.state if self.act else "")

    @property
    def facts(self) -> str:
        """Venue, edition and the announced time."""
        facts = [self.session.venue, self.session.edition.code, self.announced_time]
        return " · ".join(fact for fact in facts if fact)

    @property
    def announced_time(self) -> str:
        if not self.session.opens_at:
            return ""
        opens = be_datetime_short(self.session.opens_at)
        if not self.session.closes_at:
            return opens
        return f"{opens} – {be_datetime_short(self.session.closes_at)}"


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

    @property
    def note_with_reason(self) -> str:
        return f"{self.note} · {self.reason}" if self.reason else self.note


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

    @property
    def leads_on(self) -> bool:
        """Whether the button can be pressed: to comment, or to sign in first."""
        return self.allowed or self.needs_sign_in


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
