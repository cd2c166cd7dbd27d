"""A session in words, what may be done with it, and who may comment now."""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from django.urls import reverse
from django.utils.timezone import localdate

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import Visitor
from hearing_portal.thai.dates import (
    be_date,
    be_datetime,
    be_datetime_short,
    be_datetimes_short,
)
from hearing_portal.thai.sentences import joined, listed
from manuals.models import Edition, EditionRelease

from ..models import Hearing, HearingDocument, HearingSession, SessionState
from ..permissions import may_comment_in, may_record_for_others
from .choosing import HearingChoice
from .commenting_context import find_open_plenary
from .queries import GroupSessions, is_finished, sessions_with_state
from .refusals import name_audience
from .services.session_states import Obstacle, reason_of_time

State = SessionState.State
NO_OBJECTIONS = "ไม่เปิดให้ขอทบทวนผล (ซ้อม)"
DEFAULT_VENUES = {
    # Told beside every state: that something is taken in is the state's to say
    HearingSession.Kind.ONLINE: "ทางออนไลน์",
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


def state_buttons(state: str, *, can_open: bool = True) -> list[StateButton]:
    """What may be done with a session in this state; empty is one that was never opened."""
    buttons = []
    if state == State.OPENED:
        buttons.append(StateButton(State.PAUSED, "hourglass-split", "พักเวที", "พัก"))
    elif can_open:
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
class HearingRow:
    """A hearing in the list of all of them."""

    hearing: Hearing
    today: date
    is_current: bool = False  # what pages are about when they name none
    is_here: bool = False
    is_settled: bool = False  # nothing more can be said in it, although it runs today

    @property
    def url(self) -> str:
        return reverse("hearing-edit", args=[self.hearing.key])

    @property
    def state_label(self) -> str:
        if self.hearing.opens_on > self.today:
            return "ยังไม่เริ่ม"
        if self.hearing.closes_on < self.today or self.is_settled:
            return "สิ้นสุดแล้ว"
        return "กำลังดำเนินการ"


def show_hearings(choice: HearingChoice) -> list[HearingRow]:
    """All of them where there are several. Five queries more for one that runs today."""
    if not choice.is_offered:
        return []
    today = localdate()
    rows = []
    for hearing in choice.hearings:
        runs = hearing.opens_on <= today <= hearing.closes_on
        row = HearingRow(
            hearing,
            today,
            is_current=hearing == choice.current,
            is_here=hearing == choice.hearing,
            is_settled=runs
            and is_finished(hearing, list(sessions_with_state(hearing))),
        )
        rows.append(row)
    return rows


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """A document as it is offered to be opened."""

    document: HearingDocument

    @property
    def url(self) -> str:
        return reverse(
            "hearing-document", args=[self.document.hearing.key, self.document.pk]
        )

    @property
    def note(self) -> str:
        """Its kind and size."""
        kilobytes = math.ceil(self.document.size / 1024)
        if kilobytes < 1024:
            return f"{self.document.kind_label} {kilobytes} KB"
        return f"{self.document.kind_label} {kilobytes / 1024:.1f} MB"


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session in the list of a hearing's sessions, with its newest act or None."""

    session: HearingSession  # with its state
    act: SessionState | None
    obstacle: Obstacle | None = None  # why it cannot be opened

    @property
    def controls(self) -> "SessionControls":
        return SessionControls(self.session, self.obstacle)

    @property
    def state_label(self) -> str:
        if self.session.state is None:
            return "ยังไม่เปิด"
        return str(SessionState.State(self.session.state).label)

    @property
    def told_act(self) -> SessionState | None:
        """The act that made the state; None where the announced time did, and no row tells it yet."""
        if self.act is None or self.act.state != self.session.state:
            return None
        return self.act

    @property
    def ends_by_time(self) -> bool:
        """Whether its time is over: it opens again only when it is extended."""
        return self.session.state == State.CLOSED and self.session.closes_at is not None

    @property
    def facts(self) -> str:
        """Venue, edition and the announced time."""
        facts = [self.session.venue, self.session.edition.code, self.announced_time]
        return " · ".join(fact for fact in facts if fact)

    @property
    def announced_time(self) -> str:
        opens_at = self.session.opens_at
        closes_at = self.session.closes_at
        if opens_at is not None and closes_at is not None:
            return be_datetimes_short(opens_at, closes_at)
        if opens_at is not None:
            return f"ตั้งแต่ {be_datetime_short(opens_at)}"
        if closes_at is not None:
            return f"ถึง {be_datetime_short(closes_at)}"
        return ""

    @property
    def extension(self) -> str:
        """That its time to close was moved, and why; empty where it was not."""
        if not self.session.extension_reason:
            return ""
        return joined("เปลี่ยนเวลาปิดแล้ว", because(self.session.extension_reason))


@dataclass(frozen=True, slots=True)
class SessionControls:
    """What may be done with a session now. `obstacle` is why it cannot be opened, None where it can."""

    session: HearingSession  # with its state
    obstacle: Obstacle | None

    @property
    def state_buttons(self) -> list[StateButton]:
        return state_buttons(self.session.state or "", can_open=self.obstacle is None)

    @property
    def why_not_open(self) -> Obstacle | None:
        """Told in the place of the button; None for an open session."""
        return None if self.session.is_open else self.obstacle

    @property
    def act_of_time(self) -> SessionState | None:
        """What the announced time has done and no row tells yet."""
        state = self.session.state
        if state is None or state == self.session.state_facts.acted_state:
            return None
        return SessionState(
            session=self.session,
            state=state,
            at=self.session.moment_of_state,
            reason=reason_of_time(self.session),
        )


@dataclass(frozen=True, slots=True)
class UnreadableEdition:
    """An edition that the participants may not read yet, with whose sessions wait for it."""

    edition: Edition
    names: list[str]

    @property
    def words(self) -> str:
        return (
            f"{joined('ผู้เข้าร่วมยังอ่าน', self.edition.title)} ({self.edition.code}) ไม่ได้ "
            + joined("เวทีของ", listed(self.names), "จึงเปิดไม่ได้แม้ถึงเวลา")
        )

    @property
    def release_url(self) -> str:
        return reverse("release-gate", args=[self.edition.code])


def find_unreadable(sessions: Iterable[HearingSession]) -> list[UnreadableEdition]:
    """Of sessions with their states."""
    unreadable: dict[int, UnreadableEdition] = {}
    for session in sessions:
        if session.state_facts.is_readable:
            continue
        row = unreadable.setdefault(
            session.edition_id, UnreadableEdition(session.edition, [])
        )
        name = name_audience(session)
        if name not in row.names:
            row.names.append(name)
    return list(unreadable.values())


@dataclass(frozen=True, slots=True)
class DraftReaders:
    """Who may read what is heard, by the releases of its editions; `is_public` where the public may read any."""

    words: str
    is_public: bool


def find_draft_readers(
    hearing: Hearing, sessions: Iterable[HearingSession]
) -> DraftReaders:
    """What the hearing announces is no release (docs/decisions/0014): a release may come later, or go further. One
    query."""
    editions = {session.edition_id for session in sessions}
    releases = set(
        EditionRelease.objects.filter(edition__in=editions).values_list(
            "edition", "audience"
        )
    )
    to_public = set()
    for edition, audience in releases:
        if audience == EditionRelease.Audience.PUBLIC:
            to_public.add(edition)
    if editions and editions == to_public:
        return DraftReaders("ประชาชนอ่านร่างได้", is_public=True)
    if to_public:
        return DraftReaders("ประชาชนอ่านร่างได้บางฉบับ", is_public=True)
    if not releases:
        return DraftReaders("ยังไม่เผยแพร่ร่าง", is_public=False)
    if hearing.public:
        return DraftReaders(
            "อ่านร่างได้เฉพาะผู้เข้าร่วม จนกว่าจะเผยแพร่ฉบับแก่ประชาชน", is_public=False
        )
    return DraftReaders("อ่านร่างได้เฉพาะผู้เข้าร่วม", is_public=False)


@dataclass(frozen=True, slots=True)
class ClosingRow:
    """A session that is about to be closed, and how much was said in it."""

    session: HearingSession
    comments: int


@dataclass(frozen=True, slots=True)
class StayingRow:
    """A session that is not opened with the others, and why."""

    session: HearingSession
    why: str


def explain_staying(
    sessions: Iterable[HearingSession],
    opening: Collection[HearingSession],
    obstacles: Mapping[int, Obstacle],
) -> list[StayingRow]:
    """Of a hearing's `sessions`, those that are not among the `opening` ones. `obstacles` as find_obstacles tells."""
    rows = []
    for session in sessions:
        if session in opening:
            continue
        if session.is_open:
            why = "เปิดอยู่แล้ว"
        elif session.pk in obstacles:
            why = obstacles[session.pk].short
        elif session.state == State.PAUSED:
            why = "ไม่ได้เลือกเวทีประเภทนี้ จะยังพักอยู่ต่อไป"
        elif session.state == State.CLOSED:
            why = "ปิดแล้ว หากต้องการรับฟังต่อ โปรดเปิดทีละเวที"
        else:
            why = "ไม่ได้เลือกเวทีประเภทนี้"
        rows.append(StayingRow(session, why))
    return rows


@dataclass(frozen=True, slots=True)
class SessionSchedule:
    """The announced times of a session, in words."""

    session: HearingSession

    @property
    def opens(self) -> str:
        """How it opens; empty for one that is open or closed: it does no more."""
        if self.session.state in (State.OPENED, State.CLOSED):
            return ""
        if self.session.state == State.PAUSED:
            return "เปิดต่อเมื่อผู้ดำเนินเวทีกดเปิด"
        if self.session.opens_at is None:
            return "เปิดเมื่อผู้ดำเนินเวทีกดเปิด"
        return f"เปิดเองเมื่อ {be_datetime(self.session.opens_at)}"

    @property
    def closes(self) -> str:
        """Until when it takes comments, and why that was moved, whether to an earlier or a later time; of a closed one
        until when it would have."""
        if self.session.closes_at is not None:
            until = f" {be_datetime(self.session.closes_at)}"
        else:
            until = f"สิ้นวันที่ {be_date(self.session.state_facts.last_day)}"
        if self.session.extension_reason:
            return f"เปลี่ยนเวลาปิดเป็น{until} {because(self.session.extension_reason)}"
        if self.session.state == State.CLOSED:
            return f"กำหนดรับความคิดเห็นถึง{until} ขณะนี้ปิดแล้ว"
        return f"รับความคิดเห็นถึง{until}"


def tell_visibility(session: HearingSession | None) -> str:
    """Where what is sent goes, and who sees it when; empty where no session takes it."""
    if session is None:
        return ""
    kind = HearingSession.Kind(session.kind).label
    to = f"ส่งเข้าเวที{kind}"
    if session.holds_comments:
        return f"{to} ผู้ดำเนินเวทีตรวจก่อน ผู้อื่นจึงเห็น"
    return f"{to} ผู้อื่นเห็นทันทีเมื่อส่ง"


def because(reason: str) -> str:
    """เพราะผู้แทนยังรอ…, also where the reason begins with such a word itself."""
    for word in ("เพราะ", "เนื่องจาก"):
        reason = reason.removeprefix(word).strip()
    return joined("เพราะ", reason)


def explain_missing_edition(used_in: Hearing | None) -> str:
    """Why a hearing has no edition to be heard yet, and what to do. `used_in` is the other hearing that uses those
    there are (docs/decisions/0038-an-edition-is-heard-once.md)."""
    if used_in is None:
        return "ยังไม่มีฉบับสำหรับการประชาพิจารณ์ครั้งนี้ โปรดจัดทำฉบับจากร่างก่อน จึงตั้งเวทีได้"
    return (
        f"ยังไม่มีฉบับสำหรับการประชาพิจารณ์ครั้งนี้ ฉบับที่มีอยู่ใช้ใน “{used_in.title}” แล้ว "
        "หนึ่งฉบับใช้รับฟังครั้งเดียว เพื่อไม่ให้ความคิดเห็นและจำนวนเขตของแต่ละครั้งปนกัน "
        "โปรดจัดทำฉบับใหม่สำหรับครั้งนี้ ใช้ถ้อยคำเดิมได้"
    )


def explain_extension(hearing: Hearing) -> str:
    """That its last day was moved, and why; empty where it was not, and where it was before the first day."""
    if not hearing.extension_reason:
        return ""
    return f"เปลี่ยนวันสิ้นสุดเป็น {be_date(hearing.closes_on)} {because(hearing.extension_reason)}"


def objection_rule(hearing: Hearing | None) -> str:
    """Whether one may ask for an answer to be reconsidered, and for how long."""
    if hearing is None:
        return "หากไม่เห็นด้วยกับผล ขอให้ทบทวนได้ 1 ครั้งภายในเวลาที่กำหนด"
    if not hearing.takes_objections:
        return NO_OBJECTIONS
    return f"หากไม่เห็นด้วยกับผล ขอให้ทบทวนได้ 1 ครั้งภายใน {hearing.objection_days} วันนับจากวันที่เผยแพร่ผล"


@dataclass(frozen=True, slots=True)
class SessionStatus:
    """A group's session in words. `kind` open | soon | closed, as the session bar dresses it. `reason` is why it is
    closed, `extension` until when it takes comments where that was moved, and why."""

    kind: str
    word: str
    note: str = ""
    reason: str = ""
    extension: str = ""

    @property
    def is_open(self) -> bool:
        return self.kind == "open"


def session_status(group_sessions: GroupSessions) -> SessionStatus:
    session = group_sessions.session
    if session is None:
        return SessionStatus("closed", "ยังไม่มีเวที")
    venue = _name_venue(session)
    match session.state:
        case State.OPENED:
            return _open_status(group_sessions.open_ones)
        case State.PAUSED:
            return _paused_status(group_sessions.paused_ones)
        case State.CLOSED:
            return SessionStatus("closed", "ปิดเวทีแล้ว", venue, session.state_reason)
    note = venue
    if session.opens_at is not None:
        note = f"{venue} กำหนดเปิด {be_datetime_short(session.opens_at)}"
    elif session.closes_at is not None:
        note = f"{venue} กำหนดปิด {be_datetime_short(session.closes_at)}"
    return SessionStatus("soon", "ยังไม่เปิด", note)


def _name_venue(session: HearingSession) -> str:
    return session.venue or DEFAULT_VENUES[HearingSession.Kind(session.kind)]


def _open_status(sessions: Sequence[HearingSession]) -> SessionStatus:
    """Of one open session, or of several: each is named, for one can speak in each."""
    notes = []
    extensions = []
    for session in sessions:
        venue = _name_venue(session)
        note = venue
        if session.closes_at is not None:
            note = f"{venue} ถึง {be_datetime_short(session.closes_at)}"
        notes.append(note)
        if session.extension_reason:
            whose = venue if len(sessions) > 1 else ""
            extensions.append(f"{whose} {SessionSchedule(session).closes}".strip())
    return SessionStatus(
        "open", "เปิดรับความคิดเห็น", listed(notes), extension=" ".join(extensions)
    )


def _paused_status(sessions: Sequence[HearingSession]) -> SessionStatus:
    """Of one paused session, or of several: each is named, for each opens again by itself."""
    reasons = dict.fromkeys(
        session.state_reason for session in sessions if session.state_reason
    )
    venues = listed([_name_venue(session) for session in sessions])
    return SessionStatus("closed", "พักเวที", venues, " · ".join(reasons))


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


def may_change_for(user: Visitor, session: HearingSession) -> bool:
    """Whether the session matters to somebody who reads now: they speak in it, and its hearing runs today."""
    hearing = session.hearing
    if not hearing.opens_on <= localdate() <= hearing.closes_on:
        return False
    return may_comment_in(user, session.work_group) or may_record_for_others(
        user, session.work_group
    )


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
