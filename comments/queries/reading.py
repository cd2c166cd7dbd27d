"""What the reading pages put beside the manuals: who stands where, who may speak, what was changed by comments."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils.timezone import localdate

from hearing_portal.directory.models import AreaOffice, WorkGroup
from hearing_portal.thai.dates import be_datetime_short
from hearing_portal.thai.diff import Segment
from manuals.content import Content
from manuals.entries import EntryView
from manuals.models import Edition, EditionEntry, Manual, Section
from manuals.reading import SectionPages, anchor_of, page_in_edition, redlines

from ..models import (
    Answer,
    ChangeCause,
    Comment,
    Discussion,
    Hearing,
    HearingSession,
    SessionState,
)
from ..permissions import may_comment_in, may_record_for_others
from .counts import Standing, standing_by_entry
from .sessions import GroupFloor, choose_session, current_hearing

State = SessionState.State
PLACES = {
    HearingSession.Kind.ONLINE: "รับทางออนไลน์",
    HearingSession.Kind.ROOM: "ในห้องประชุมกลุ่ม",
    HearingSession.Kind.PLENARY: "ที่ประชุมรวม",
}


# --- the session: is it open, what is it about


@dataclass(frozen=True, slots=True)
class FloorState:
    """A group's session in words. `kind` open | soon | closed, as the session bar dresses it."""

    kind: str
    word: str
    note: str = ""
    reason: str = ""

    @property
    def is_open(self) -> bool:
        return self.kind == "open"


def state_of(floor: GroupFloor) -> FloorState:
    session = floor.session
    if session is None:
        return FloorState("closed", "ยังไม่มีเวที")
    place = session.place or PLACES[session.kind]
    reason = getattr(session, "state_reason", None) or ""
    match session.state:
        case State.OPENED:
            return FloorState("open", "เปิดรับความเห็น", place)
        case State.PAUSED:
            return FloorState("closed", "พักเวที", place, reason)
        case State.CLOSED:
            return FloorState("closed", "ปิดเวทีแล้ว", place, reason)
    opens = f"กำหนดเปิด {be_datetime_short(session.opens_at)}" if session.opens_at else ""
    return FloorState("soon", "ยังไม่เปิด", f"{place} {opens}".strip())


def floors_of(hearing: Hearing | None) -> dict[int | None, GroupFloor]:
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
        group: GroupFloor(choose_session(own), own, discussed[group].entry if group in discussed else None)
        for group, own in sessions.items()
    }


def entry_url(entry: EditionEntry, manual: Manual) -> str:
    """Where an entry is read in the hearing: its process's page, else its group's. `entry.section` is needed."""
    if entry.section is None:
        return reverse("group", args=[manual.key])
    is_process = entry.section.kind == Section.Kind.PROCESS
    page = reverse("group", args=[manual.key])
    if is_process:
        page = reverse("process", args=[manual.key, entry.section.uuid])
    return f"{page}#{anchor_of(entry.uuid)}" if entry.kind == EditionEntry.Kind.CLAUSE else page


def pages_in_hearing(edition: Edition) -> SectionPages:
    """Where the sections of an edition are read: where one can comment, if the group's session runs on this edition.
    Two queries."""
    sessions = HearingSession.objects.filter(hearing=current_hearing(), edition=edition)
    groups = set(sessions.values_list("work_group", flat=True))

    def page(row: EditionEntry) -> str:
        if row.manual.work_group_id not in groups:
            return page_in_edition(row)
        if row.data.get("kind") == Section.Kind.PROCESS:
            return reverse("process", args=[row.manual.key, row.uuid])
        return reverse("group", args=[row.manual.key])

    return page


# --- who may speak


@dataclass(frozen=True, slots=True)
class Speaking:
    """Whether the reader may comment here and now; if not, why: a few words for every button."""

    allowed: bool
    why_not: str = ""
    needs_sign_in: bool = False


def speaking_of(user, floor: GroupFloor, group: WorkGroup | None) -> Speaking:
    """One query, and only when the group's own session is not open: the plenary may be."""
    if not floor.is_open and not _plenary_is_open(floor):
        return Speaking(False, state_of(floor).word)
    if not user.is_authenticated:
        return Speaking(False, "เข้าสู่ระบบก่อน", needs_sign_in=True)
    if may_comment_in(user, group) or may_record_for_others(user, group):
        return Speaking(True)
    return Speaking(False, "เฉพาะผู้แทนของกลุ่มนี้" if group else "เฉพาะ ผอ.สพท. และผู้ทรงคุณวุฒิ")


def _plenary_is_open(floor: GroupFloor) -> bool:
    if floor.session is None or floor.session.work_group_id is None:
        return False
    plenary = HearingSession.objects.filter(
        hearing=floor.session.hearing_id, work_group=None, edition=floor.session.edition_id
    )
    return any(session.is_open for session in plenary.with_state())


# --- the margin


@dataclass(frozen=True, slots=True)
class WordsChanged:
    """That a published answer changed the words of a clause: by how many comments, and how. No redline and
    `is_retired`: the clause was cancelled."""

    voices: int
    redline: dict[str, list[Segment]]
    is_retired: bool = False


@dataclass(frozen=True, slots=True)
class Margin:
    """What stands beside an entry: `standing` is None as long as nobody said anything."""

    entry_id: int
    speaking: Speaking
    standing: Standing | None = None
    is_now: bool = False
    changed: WordsChanged | None = None

    @property
    def comments(self) -> int:
        return self.standing.comments if self.standing else 0


@dataclass(frozen=True, slots=True)
class Margins:
    """The margins of a page: called with an entry it gives what stands beside it."""

    standings: Mapping[int, Standing]
    speaking: Speaking
    now: int | None = None
    changed: Mapping[int, WordsChanged] = field(default_factory=dict)

    def __call__(self, entry: EntryView) -> Margin | None:
        if entry.entry_id is None:
            return None
        return Margin(
            entry.entry_id,
            self.speaking,
            self.standings.get(entry.entry_id),
            is_now=entry.entry_id == self.now,
            changed=self.changed.get(entry.clause_id) if entry.clause_id else None,
        )


def margins_of(entries: Iterable[EntryView], floor: GroupFloor, speaking: Speaking) -> Margins:
    """Three queries, however many entries."""
    views = [view for view in entries if view.entry_id is not None]
    shown = {view.clause_id: view.content for view in views if view.clause_id}
    return Margins(
        standing_by_entry([view.entry_id for view in views]),
        speaking,
        now=floor.discussed.pk if floor.discussed and floor.is_open else None,
        changed=_changed_by_answers(shown),
    )


def _changed_by_answers(shown: Mapping[int, Content]) -> dict[int, WordsChanged]:
    """{clause: how published answers changed it}, against the words on the page."""
    causes = (
        ChangeCause.objects.filter(change__clause__in=list(shown), disposition__publication__isnull=False)
        .select_related("change__to_blob")
        .annotate(voices=Count("disposition__answers", filter=Q(disposition__answers__current=True)))
        .order_by("change_id")
    )
    found: dict[int, WordsChanged] = {}
    for cause in causes:
        clause, blob = cause.change.clause_id, cause.change.to_blob
        voices = cause.voices + (found[clause].voices if clause in found else 0)
        redline = redlines(shown[clause], blob.as_content) if blob else {}
        found[clause] = WordsChanged(voices, redline, is_retired=blob is None)
    return found


# --- counts of a whole manual


@dataclass(frozen=True, slots=True)
class SectionVoices:
    """What was said about a process and all in it."""

    comments: int = 0
    decided: int = 0
    taken_up: int = 0  # triaged, not decided yet
    issues: tuple[tuple[str, int], ...] = ()  # (class, number), the most frequent first

    @property
    def state(self) -> str:
        """A state of the `state_badge` tag; empty without comments."""
        if not self.comments:
            return ""
        if self.decided == self.comments:
            return "settled"
        return "considering" if self.decided or self.taken_up else "waiting"


def voices_by_section(edition: Edition, manual: Manual) -> dict[int | None, SectionVoices]:
    """{section id (None: the manual itself): what was said}. One query."""
    rows = (
        Comment.objects.filter(entry__edition=edition, entry__manual=manual, parent__isnull=True)
        .annotate(
            is_decided=Exists(Answer.objects.filter(comment=OuterRef("pk"), current=True)),
            is_taken_up=Q(triaged_at__isnull=False),
        )
        .values_list("entry__section", "issue_class", "is_decided", "is_taken_up")
        .annotate(number=Count("pk"))
        .order_by()
    )
    found: dict[int | None, SectionVoices] = {}
    issues: dict[int | None, dict[str, int]] = {}
    for section, issue, is_decided, is_taken_up, number in rows:
        before = found.get(section, SectionVoices())
        found[section] = SectionVoices(
            before.comments + number,
            before.decided + number * is_decided,
            before.taken_up + number * (is_taken_up and not is_decided),
        )
        if issue:
            counted = issues.setdefault(section, {})
            counted[issue] = counted.get(issue, 0) + number
    return {
        section: replace(voices, issues=tuple(sorted(issues.get(section, {}).items(), key=lambda item: -item[1])))
        for section, voices in found.items()
    }


def offices_of_kinds() -> dict[str, int]:
    """{"primary": 183, "secondary": 62} of today. One query."""
    return dict(AreaOffice.objects.valid_on(localdate()).values_list("kind").annotate(n=Count("pk")).order_by())
