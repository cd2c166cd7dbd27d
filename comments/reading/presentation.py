"""What the reading pages put beside the words: who stands where, who may speak, what comments changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from django.db.models import Count, Q
from django.urls import reverse

from hearing_portal.directory.models import WorkGroup
from hearing_portal.thai.diff import Segment
from manuals.content import Content
from manuals.entries import EntryView
from manuals.models import Edition, EditionEntry, Section
from manuals.reading.presentation.changes import field_redlines
from manuals.reading.presentation.links import SectionPages, page_in_edition

from ..hearings.presentation import CommentingPermission, SessionStatus
from ..hearings.queries import GroupSessions, find_current_hearing
from ..links import entry_url
from ..models import ChangeCause, Hearing, HearingSession
from ..tallies import OfficeTallies, tally_offices_by_entry


def pages_in_hearing(edition: Edition) -> SectionPages:
    """Where the sections of an edition are read: where one can comment, if the group's session runs on this edition.
    Two queries."""
    sessions = HearingSession.objects.filter(hearing=find_current_hearing(), edition=edition)
    groups = set(sessions.values_list("work_group", flat=True))

    def page(row: EditionEntry) -> str:
        if row.manual.work_group_id not in groups:
            return page_in_edition(row)
        if row.data.get("kind") == Section.Kind.PROCESS:
            return reverse("process", args=[row.manual.key, row.uuid])
        return reverse("group", args=[row.manual.key])

    return page


# --- the announcement with the groups


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
        return entry_url(self.discussed, self.group.manual) if self.discussed else ""

    @property
    def discussed_citation(self) -> str:
        if self.discussed is not None and self.discussed.cite:
            return f"ข้อ {self.discussed.cite}"
        return "ทั้งกระบวนงาน"

    @property
    def badge(self) -> StateBadge:
        if self.discussed is not None:
            words = f"อภิปราย ข้อ {self.discussed.cite}" if self.discussed.cite else "อภิปราย"
            return StateBadge("now", "broadcast", words, is_bare=False)
        if self.state.is_open:
            return StateBadge("yes", "door-open", self.state.word)
        icon = "clock" if self.state.kind == "soon" else "door-closed"
        return StateBadge("wait", icon, self.state.word)


class EditionStop(NamedTuple):
    """An edition in the line of all of them; `until` is the day the note speaks of."""

    edition: Edition
    note: str
    is_current: bool = False
    until: date | None = None


def edition_stops(editions: Iterable[Edition], draft: Edition | None, hearing: Hearing | None) -> list[EditionStop]:
    """The readable editions, the oldest first; `draft` is the one under hearing."""
    stops = []
    for edition in sorted(editions, key=lambda each: (each.sealed_at, each.pk)):
        if edition.kind == Edition.Kind.SNAPSHOT:
            continue
        is_current = edition == draft
        if is_current and hearing is not None:
            stops.append(EditionStop(edition, "รับความเห็นถึง", is_current, hearing.closes_on))
        elif edition.kind == Edition.Kind.BASELINE:
            stops.append(EditionStop(edition, "ฉบับเดิม ใช้เป็นฐานเทียบ", is_current))
        else:
            stops.append(EditionStop(edition, edition.get_kind_display(), is_current))
    return stops


# --- what stands beside a clause


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """That a published answer changed the words of a clause: by how many comments, and how. No redline and
    `is_retired`: the clause was cancelled."""

    voices: int
    redline: dict[str, list[Segment]]
    is_retired: bool = False

    @property
    def title(self) -> str:
        return "ยกเลิกข้อนี้แล้ว" if self.is_retired else "แก้ถ้อยคำแล้ว"

    @property
    def note(self) -> str:
        """What is said where there is no redline."""
        return "ฉบับต่อไปจะไม่มีข้อนี้" if self.is_retired else "ถ้อยคำที่อ่านอยู่นี้เป็นถ้อยคำที่แก้แล้ว"


@dataclass(frozen=True, slots=True)
class ClauseSidebar:
    """What stands beside an entry: `tallies` is None as long as nobody said anything."""

    entry_id: int
    commenting_permission: CommentingPermission
    tallies: OfficeTallies | None = None
    is_now: bool = False
    changed: PublishedChange | None = None

    @property
    def comments(self) -> int:
        return self.tallies.comments if self.tallies else 0

    @property
    def modifier(self) -> str:
        """How the clause beside it is dressed: under discussion, or nobody has said anything of it yet."""
        if self.is_now:
            return "now"
        return "" if self.tallies else "quiet"


@dataclass(frozen=True, slots=True)
class ClauseSidebars:
    """The margins of a page: called with an entry it gives what stands beside it."""

    tallies_by_entry: Mapping[int, OfficeTallies]
    commenting_permission: CommentingPermission
    now: int | None = None
    changed: Mapping[int, PublishedChange] = field(default_factory=dict)

    def __call__(self, entry: EntryView) -> ClauseSidebar | None:
        if entry.entry_id is None:
            return None
        return ClauseSidebar(
            entry.entry_id,
            self.commenting_permission,
            self.tallies_by_entry.get(entry.entry_id),
            is_now=entry.entry_id == self.now,
            changed=self.changed.get(entry.clause_id) if entry.clause_id else None,
        )


def load_sidebars(
    entries: Iterable[EntryView], group_sessions: GroupSessions, commenting_permission: CommentingPermission
) -> ClauseSidebars:
    """Three queries, however many entries."""
    entry_ids: list[int] = []
    shown: dict[int, Content] = {}
    for view in entries:
        if view.entry_id is None:
            continue
        entry_ids.append(view.entry_id)
        if view.clause_id and view.content is not None:
            shown[view.clause_id] = view.content
    return ClauseSidebars(
        tally_offices_by_entry(entry_ids),
        commenting_permission,
        now=group_sessions.discussed.pk if group_sessions.discussed and group_sessions.is_open else None,
        changed=_changed_by_answers(shown),
    )


def _changed_by_answers(shown: Mapping[int, Content]) -> dict[int, PublishedChange]:
    """{clause: how published answers changed it}, against the words on the page."""
    causes = (
        ChangeCause.objects.filter(change__clause__in=list(shown), disposition__publication__isnull=False)
        .select_related("change__to_blob")
        .annotate(voices=Count("disposition__answers", filter=Q(disposition__answers__current=True)))
        .order_by("change_id")
    )
    found: dict[int, PublishedChange] = {}
    for cause in causes:
        clause, blob = cause.change.clause_id, cause.change.to_blob
        voices = cause.voices + (found[clause].voices if clause in found else 0)
        redline = field_redlines(shown[clause], blob.as_content) if blob else {}
        found[clause] = PublishedChange(voices, redline, is_retired=blob is None)
    return found
