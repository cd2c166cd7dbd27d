"""A session in words, what may be done with it, and who may comment now."""

from dataclasses import dataclass
from typing import NamedTuple

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import Visitor
from hearing_portal.thai.dates import be_datetime_short

from ..models import HearingSession, SessionState
from ..permissions import may_comment_in, may_record_for_others
from .open_session import find_open_plenary
from .queries import GroupSessions

State = SessionState.State
DEFAULT_VENUES = {
    HearingSession.Kind.ONLINE: "รับทางออนไลน์",
    HearingSession.Kind.ROOM: "ในห้องประชุมกลุ่ม",
    HearingSession.Kind.PLENARY: "ที่ประชุมรวม",
}


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
        buttons.append(
            StateButton(
                State.OPENED,
                "play-circle",
                label,
                "เปิด",
                is_main=True,
            )
        )
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
        if self.act is None:
            return state_buttons("")
        return state_buttons(self.act.state)

    @property
    def facts(self) -> str:
        """Venue, edition and the announced time."""
        facts = [self.session.venue, self.session.edition.code, self.announced_time]
        return " · ".join(fact for fact in facts if fact)

    @property
    def announced_time(self) -> str:
        if self.session.opens_at is None:
            return ""
        opens = be_datetime_short(self.session.opens_at)
        if self.session.closes_at is None:
            return opens
        return f"{opens} – {be_datetime_short(self.session.closes_at)}"


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
        if not self.reason:
            return self.note
        return f"{self.note} · {self.reason}"


def session_status(group_sessions: GroupSessions) -> SessionStatus:
    session = group_sessions.session
    if session is None:
        return SessionStatus("closed", "ยังไม่มีเวที")
    venue = session.venue or DEFAULT_VENUES[HearingSession.Kind(session.kind)]
    match session.state:
        case State.OPENED:
            return SessionStatus("open", "เปิดรับความเห็น", venue)
        case State.PAUSED:
            return SessionStatus("closed", "พักเวที", venue, session.state_reason or "")
        case State.CLOSED:
            return SessionStatus("closed", "ปิดเวทีแล้ว", venue, session.state_reason or "")
    note = venue
    if session.opens_at is not None:
        note = f"{venue} กำหนดเปิด {be_datetime_short(session.opens_at)}"
    return SessionStatus("soon", "ยังไม่เปิด", note)


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


def find_commenting_permission(
    user: Visitor,
    group_sessions: GroupSessions,
    group: WorkGroup | None,
) -> CommentingPermission:
    """One query, and only when the group's own session is not open: the plenary may be."""
    session = group_sessions.session
    is_open = group_sessions.is_open
    # The plenary itself (of no group) has no other beside it
    if not is_open and session is not None and session.work_group_id is not None:
        is_open = find_open_plenary(session.hearing_id, session.edition_id) is not None
    if not is_open:
        return CommentingPermission(False, session_status(group_sessions).word)
    if not user.is_authenticated:
        return CommentingPermission(False, "เข้าสู่ระบบก่อน", needs_sign_in=True)
    if may_comment_in(user, group) or may_record_for_others(user, group):
        return CommentingPermission(True)
    if group is None:
        return CommentingPermission(False, "เฉพาะ ผอ.สพท. และผู้ทรงคุณวุฒิ")
    return CommentingPermission(False, "เฉพาะผู้แทนของกลุ่มนี้")
