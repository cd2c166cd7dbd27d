"""What stands beside a clause: the offices' tallies, whether one may comment, what comments changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from hearing_portal.thai.diff import Segment
from manuals.drafting.told_words import load_told_words
from manuals.entries import EntryView
from manuals.reading.presentation.changes import field_redlines, fill_references

from ...hearings.presentation import CommentingPermission
from ...hearings.queries import GroupSessions
from ...models import Hearing
from ...tallies import OfficeTallies, tally_offices_by_entry
from ..queries import find_published_wordings


@dataclass(frozen=True, slots=True)
class PublishedChange:
    """That a published answer changed the words of a clause: by how many comments, and how. No redline and
    `is_retired`: the clause was cancelled."""

    comments: int
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
    """What stands beside an entry: `tallies` is None as long as nobody has commented on it."""

    entry_id: int
    commenting_permission: CommentingPermission
    tallies: OfficeTallies | None = None
    is_now: bool = False
    changed: PublishedChange | None = None

    @property
    def comments(self) -> int:
        if self.tallies is None:
            return 0
        return self.tallies.comments

    @property
    def modifier(self) -> str:
        """How the clause beside it is dressed: under discussion, or without any comment yet."""
        if self.is_now:
            return "now"
        return "" if self.tallies else "quiet"


@dataclass(frozen=True, slots=True)
class ClauseSidebars:
    """The sidebars of a page: called with an entry it gives what stands beside it."""

    tallies_by_entry: Mapping[int, OfficeTallies]
    commenting_permission: CommentingPermission
    now: int | None = None
    changed: Mapping[int, PublishedChange] = field(default_factory=dict)

    def __call__(self, entry: EntryView) -> ClauseSidebar | None:
        if entry.entry_id is None:
            return None
        changed = None
        if entry.clause_id is not None:
            changed = self.changed.get(entry.clause_id)
        return ClauseSidebar(
            entry.entry_id,
            self.commenting_permission,
            self.tallies_by_entry.get(entry.entry_id),
            is_now=entry.entry_id == self.now,
            changed=changed,
        )


def load_sidebars(
    entries: Iterable[EntryView],
    group_sessions: GroupSessions,
    commenting_permission: CommentingPermission,
    hearing: Hearing | None,
) -> ClauseSidebars:
    """Of a page that is read in the hearing. Two queries, however many entries."""
    entry_ids: list[int] = []
    shown: dict[int, EntryView] = {}
    for entry in entries:
        if entry.entry_id is None:
            continue
        entry_ids.append(entry.entry_id)
        if entry.clause_id and entry.content is not None:
            shown[entry.clause_id] = entry
    now = None
    if group_sessions.is_open and group_sessions.discussed is not None:
        now = group_sessions.discussed.pk
    return ClauseSidebars(
        tally_offices_by_entry(entry_ids),
        commenting_permission,
        now=now,
        changed=load_published_changes(shown, hearing),
    )


def load_published_changes(
    shown: Mapping[int, EntryView], hearing: Hearing | None
) -> dict[int, PublishedChange]:
    """{clause id: how published answers of the hearing changed it}, against the words on the page, references
    by the numbers they have now. One query, those of load_told_words where they refer to a clause."""
    wordings = find_published_wordings(shown, hearing)
    referring = []
    for clause_id, wording in wordings.items():
        if wording.content is not None:
            before = shown[clause_id].clause_content
            referring += [before.referring, wording.content.referring]
    told = load_told_words(referring)
    changes = {}
    for clause_id, wording in wordings.items():
        redline: dict[str, list[Segment]] = {}
        if wording.content is not None:
            before = shown[clause_id].clause_content
            targets = told.read_in(shown[clause_id].section_id)
            for name, parts in field_redlines(before, wording.content).items():
                redline[name] = fill_references(
                    parts,
                    targets,
                    before.stored_text(name),
                    wording.content.stored_text(name),
                )
        changes[clause_id] = PublishedChange(
            wording.comments,
            redline,
            is_retired=wording.content is None,
        )
    return changes
