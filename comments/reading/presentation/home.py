"""The first page: the work groups with their sessions and numbers, and the line of editions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import Visitor
from manuals.models import Edition, EditionEntry

from ...hearings.presentation import SessionStatus, session_status
from ...hearings.queries import GroupSessions
from ...links import entry_url
from ...models import Hearing, HearingSession, SessionState
from ...permissions import can_work_at, may_comment_in
from ...tallies import Participation, count_recent_participation
from ..queries import count_processes_by_group
from .group_page import PageTab
from .pending_actions import PendingAction


class StateBadge(NamedTuple):
    """The state of a group's session as a badge; `words` are in the reader's digits."""

    family: str
    icon: str
    words: str
    is_bare: bool = True


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A work group in the contents. `discussed` is the entry under discussion, told only to who may read it."""

    group: WorkGroup
    state: SessionStatus
    discussed: EditionEntry | None
    processes: int
    comments: int
    primary: int
    secondary: int

    @property
    def discussed_url(self) -> str:
        if self.discussed is None:
            return ""
        return entry_url(self.discussed, self.group.manual)

    @property
    def discussed_citation(self) -> str:
        if self.discussed is not None and self.discussed.cite:
            return f"ข้อ {self.discussed.cite}"
        return "ทั้งกระบวนงาน"

    @property
    def badge(self) -> StateBadge:
        if self.discussed is not None:
            words = (
                f"อภิปราย ข้อ {self.discussed.cite}" if self.discussed.cite else "อภิปราย"
            )
            return StateBadge("now", "broadcast", words, is_bare=False)
        if self.state.is_open:
            return StateBadge("yes", "door-open", self.state.word)
        icon = "clock" if self.state.kind == "soon" else "door-closed"
        return StateBadge("wait", icon, self.state.word)


def load_group_rows(
    groups: Iterable[WorkGroup],
    sessions_by_group: Mapping[int | None, GroupSessions],
    draft: Edition | None,
) -> list[GroupRow]:
    """Two queries at most, none without a draft that the reader may read."""
    process_counts: Mapping[int | None, int] = {}
    participation: Mapping[int | None, Participation] = {}
    if draft is not None:
        process_counts = count_processes_by_group(draft)
        participation = count_recent_participation(draft.pk)
    nobody = Participation(comments=0, primary=0, secondary=0)
    rows = []
    for group in groups:
        group_sessions = sessions_by_group.get(group.pk, GroupSessions(None, []))
        state = session_status(group_sessions)
        discussed = None
        if state.is_open and draft is not None:
            discussed = group_sessions.discussed
        took_part = participation.get(group.pk, nobody)
        row = GroupRow(
            group=group,
            state=state,
            discussed=discussed,
            processes=process_counts.get(group.pk, 0),
            comments=took_part.comments,
            primary=took_part.primary,
            secondary=took_part.secondary,
        )
        rows.append(row)
    return rows


class ContentsPart(NamedTuple):
    """Some of the groups in the contents, under a title of their own where there are others."""

    rows: list[GroupRow]
    title: str = ""


def contents_parts(rows: Sequence[GroupRow], user: Visitor) -> list[ContentsPart]:
    """The groups the reader comments in or works at come first; all in one part for who has none of them, or all."""
    own = []
    others = []
    for row in rows:
        if may_comment_in(user, row.group) or can_work_at(user, row.group):
            own.append(row)
        else:
            others.append(row)
    if not own or not others:
        return [ContentsPart(list(rows))]
    return [ContentsPart(own, "กลุ่มงานของท่าน"), ContentsPart(others, "กลุ่มงานอื่น")]


class EditionStop(NamedTuple):
    """An edition in the line of all of them; `until` is the day or the moment the note speaks of."""

    edition: Edition
    note: str
    is_current: bool = False
    until: date | datetime | None = None


def _draft_stop(
    draft: Edition, hearing: Hearing, sessions: Iterable[HearingSession]
) -> EditionStop:
    """It says when the last of its `sessions` closes: the hearing's last day may be later, and others sooner. While all
    of them pause nothing is taken."""
    of_draft = [session for session in sessions if session.edition_id == draft.pk]
    taking = []
    for session in of_draft:
        if session.state != SessionState.State.CLOSED:
            taking.append(session)
    if of_draft and not taking:
        return EditionStop(draft, "ปิดรับความคิดเห็นแล้ว", is_current=True)
    if taking and all(session.state == SessionState.State.PAUSED for session in taking):
        return EditionStop(draft, "อยู่ระหว่างพักเวที", is_current=True)
    moments = [session.closes_at for session in taking if session.closes_at is not None]
    if not moments:
        return EditionStop(
            draft, "รับความคิดเห็นถึง", is_current=True, until=hearing.closes_on
        )
    if len(moments) < len(taking):
        return EditionStop(
            draft, "เวทีสุดท้ายรับความคิดเห็นถึง", is_current=True, until=hearing.closes_on
        )
    all_close_at_once = len(set(moments)) == 1
    note = "รับความคิดเห็นถึง" if all_close_at_once else "เวทีสุดท้ายรับความคิดเห็นถึง"
    return EditionStop(draft, note, is_current=True, until=max(moments))


def edition_stops(
    editions: Iterable[Edition],
    draft: Edition | None,
    hearing: Hearing | None,
    sessions: Iterable[HearingSession],
) -> list[EditionStop]:
    """The readable editions, the oldest first; `draft` is the one under hearing, in these sessions."""
    stops = []
    for edition in sorted(editions, key=lambda each: (each.sealed_at, each.pk)):
        if edition.kind == Edition.Kind.SNAPSHOT:
            continue
        is_current = edition == draft
        if is_current and hearing is not None:
            stops.append(_draft_stop(edition, hearing, sessions))
        elif edition.kind == Edition.Kind.BASELINE:
            stops.append(EditionStop(edition, "ฉบับเดิมที่ใช้เปรียบเทียบ", is_current))
        else:
            stops.append(EditionStop(edition, edition.get_kind_display(), is_current))
    return stops


class EditionAhead(NamedTuple):
    """An edition that is still to come: what it is called, and what comes before it."""

    name: str
    note: str


EDITIONS_AHEAD = {
    Edition.Kind.REVISED: EditionAhead("ร่างปรับปรุง", "หลังพิจารณาครบทุกความคิดเห็น"),
    Edition.Kind.FINAL: EditionAhead("ฉบับสมบูรณ์", "รวมทุกกลุ่มงานเป็นเล่มเดียว"),
}


def editions_ahead(editions: Sequence[Edition]) -> list[EditionAhead]:
    """Of the kinds that come after the latest of the readable editions (newest first): after a final one nothing."""
    ahead: list[EditionAhead] = []
    newest_kinds = [
        edition.kind for edition in editions if edition.kind != Edition.Kind.SNAPSHOT
    ][:1]
    for kind in reversed(EDITIONS_AHEAD):
        if kind in newest_kinds:
            break
        ahead.insert(0, EDITIONS_AHEAD[kind])
    return ahead


def home_tabs(
    rows: Iterable[GroupRow],
    actions: Sequence[PendingAction],
    hearing: Hearing | None,
) -> list[PageTab]:
    """Only of the parts the page has below the contents."""
    tabs = []
    discussed = [row for row in rows if row.discussed is not None]
    if discussed:
        tabs.append(PageTab("#now", f"ขณะนี้ในเวที {len(discussed)}"))
    if actions:
        tabs.append(PageTab("#matters", f"เรื่องของท่าน {len(actions)}"))
    if hearing is not None:
        tabs.append(PageTab("#hearing", "ประกาศ"))
    return tabs
