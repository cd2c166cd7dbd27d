"""What was considered, group by group, as a page and a paper tell it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.urls import reverse

from hearing_portal.directory.permissions import Visitor
from hearing_portal.thai.dates import be_datetime_short, be_datetimes_short
from manuals.models import EditionEntry

from ..citations import cite_entry
from ..commenting.presentation.status import CommentStatus, comment_status
from ..models import Hearing, Poll
from ..motions.presentation import ShownMotion, show_motions
from ..polls.presentation import show_ended, tell_counts
from ..tallies import OfficeTallies, tally_offices_by_entry
from .queries import (
    BoardGroup,
    Consideration,
    ConsideredEntry,
    PublishedAnswers,
    find_hands,
    find_noted_motions_on,
    find_published_answers,
    load_considered_entries,
)


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """`comments` is to how many comments it was given."""

    status: CommentStatus
    comments: int


@dataclass(frozen=True, slots=True)
class ConsideredRow:
    """An entry that was taken up, and what became of it so far."""

    considered: ConsideredEntry
    entry: EditionEntry
    tallies: OfficeTallies
    published: PublishedAnswers
    hands: list[Poll]
    motions: list[ShownMotion]  # what the meeting noted

    @property
    def citation(self) -> str:
        return cite_entry(self.entry)

    @property
    def process_title(self) -> str:
        """Where a clause stands; "" of what is no clause."""
        if self.entry.kind != EditionEntry.Kind.CLAUSE:
            return ""
        title: str = getattr(self.entry, "section_title", "") or ""
        return title

    @property
    def url(self) -> str:
        return reverse("entry-comments", args=[self.entry.pk])

    @property
    def times(self) -> list[str]:
        return [tell_time(time) for time in self.considered.times]

    @property
    def is_going_on(self) -> bool:
        return any(time.is_going_on for time in self.considered.times)

    @property
    def hands_told(self) -> list[str]:
        return [tell_counts(show_ended(poll)) for poll in self.hands]

    @property
    def answers(self) -> list[ShownAnswer]:
        return [
            ShownAnswer(comment_status(each.comment), each.comments)
            for each in self.published.answers
        ]


@dataclass(frozen=True, slots=True)
class GroupOnBoard:
    """What was considered of one group."""

    group: BoardGroup
    rows: list[ConsideredRow]

    @property
    def name(self) -> str:
        return self.group.name or "ส่วนนำ"


def tell_time(time: Consideration) -> str:
    """ออนไลน์ กลุ่มอำนวยการ 20 ก.ย. 2565 10.30 น. – 10.42 น."""
    if time.until is None:
        return f"{time.session} {be_datetime_short(time.at)}"
    return f"{time.session} {be_datetimes_short(time.at, time.until)}"


def _show_noted(
    hearing: Hearing, entries: Mapping[int, EditionEntry]
) -> dict[int, list[ShownMotion]]:
    """All of them are shown together: their references are looked up once."""
    motions = []
    for several in find_noted_motions_on(hearing, entries).values():
        motions.extend(several)
    shown: dict[int, list[ShownMotion]] = {}
    for each in show_motions(motions):
        shown.setdefault(each.motion.entry_id, []).append(each)
    return shown


def show_considered(
    hearing: Hearing, considered: Sequence[ConsideredEntry], reader: Visitor
) -> list[GroupOnBoard]:
    """In the order they come in. Four queries, those of the answers, and those of `show_motions`
    where words were proposed."""
    entry_ids = [each.entry_id for each in considered]
    entries = load_considered_entries(entry_ids)
    tallies = tally_offices_by_entry(entry_ids)
    hands = find_hands(hearing, entry_ids)
    noted = _show_noted(hearing, entries)
    published = find_published_answers(entry_ids, reader)
    groups = []
    for group, several in groupby(considered, key=lambda each: each.group):
        rows = []
        for each in several:
            row = ConsideredRow(
                each,
                entries[each.entry_id],
                tallies.get(each.entry_id, OfficeTallies()),
                published.get(each.entry_id, PublishedAnswers()),
                hands.get(each.entry_id, []),
                noted.get(each.entry_id, []),
            )
            rows.append(row)
        groups.append(GroupOnBoard(group, rows))
    return groups
