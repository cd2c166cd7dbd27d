"""The list of a group's queue: its comments under the clauses they are about."""

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.thai.dates import be_datetime_short
from manuals.models import EditionEntry

from ...citations import cite_entry
from ...deciding.services.ruling import open_objection
from ...issue_classes import BY_VALUE
from ...models import Comment, Disposition, Hearing
from ...tallies import OfficeTallies, tally_offices_by_entry
from ..queries.filters import QueueFilter, QueueState, filter_kind, find_place
from ..queries.queue import (
    OfficesBehind,
    StateCounts,
    count_offices_behind,
    count_states,
    find_current_dispositions,
    find_queue,
)
from .states import STATE_WORDS

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One comment of the list, with the offices behind it. The disposition is the current one, published or not: this
    is the desk."""

    comment: Comment
    disposition: Disposition | None
    offices: OfficesBehind

    @property
    def is_withdrawn(self) -> bool:
        """Its author took it back: nothing is left to be done about it."""
        return (
            self.disposition is not None
            and self.disposition.outcome == Disposition.Outcome.WITHDRAWN
        )

    @property
    def state(self) -> str:
        """A badge of the `state_badge` tag."""
        if self.is_withdrawn:
            return Disposition.Outcome.WITHDRAWN
        if self.comment.is_held or self.comment.is_hidden:
            return self.comment.visibility
        if self.comment.parent_id is not None:
            return "shown"  # part of the talk: it waits for nothing more
        if self.disposition is not None:
            return self.disposition.outcome
        return "considering" if self.comment.is_triaged else "waiting"

    @property
    def note(self) -> str:
        """What still has to happen to the answer."""
        if open_objection(self.comment) is not None:
            return STATE_WORDS[QueueState.OBJECTED]
        if self.disposition is None or self.is_withdrawn:
            return ""
        if self.disposition.needs_confirmation:
            return STATE_WORDS[QueueState.UNCONFIRMED]
        if self.disposition.publication_id is None:
            return STATE_WORDS[QueueState.DECIDED]
        return STATE_WORDS[QueueState.PUBLISHED]

    @property
    def facts(self) -> list[str]:
        """What is asked for, the class of issue, and how it came in."""
        comment = self.comment
        facts = ["ตอบความคิดเห็น" if comment.parent_id else comment.get_type_display()]
        meaning = BY_VALUE.get(comment.issue_class or "")
        if meaning is not None:
            facts.append(meaning.word)
        if comment.channel != Comment.Channel.WEB:
            facts.append(comment.get_channel_display())
        if comment.edited_at is not None:
            facts.append(f"ผู้เสนอแก้ไข {be_datetime_short(comment.edited_at)}")
        return facts


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """The rows on one entry, with who stands for and against its words."""

    entry: EditionEntry
    section_title: str
    tallies: OfficeTallies
    rows: list[QueueRow]

    @property
    def citation(self) -> str:
        return cite_entry(self.entry)


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the list, grouped by clause in reading order, with the numbers of the state filter."""

    groups: list[QueueGroup]
    page: Page[Comment]
    counts: StateCounts

    @property
    def comments(self) -> list[Comment]:
        return list(self.page.object_list)

    def tallies_of(self, comment: Comment) -> OfficeTallies | None:
        """Of the comment's entry, as far as the page has them."""
        for group in self.groups:
            if group.entry.pk == comment.entry_id:
                return group.tallies
        return None

    def after(self, comment: Comment) -> Comment | None:
        """Where the work goes on: the next one of the list, or the one before the last; the first one where the
        comment is not in the list."""
        comments = self.comments
        positions = {each.pk: position for position, each in enumerate(comments)}
        position = positions.get(comment.pk)
        if position is None:
            return comments[0] if comments else None
        if position + 1 < len(comments):
            return comments[position + 1]
        return comments[position - 1] if position > 0 else None


def load_queue_page(
    hearing: Hearing,
    group: WorkGroup | None,
    chosen: QueueFilter,
    user: User,
    number: str | None = None,
) -> QueuePage:
    """Six queries, however many rows (two more while filtering what differs)."""
    place = find_place(hearing, group, chosen, user)
    kind = filter_kind(chosen)
    rows: Any = find_queue(place, kind)
    paginator: Paginator[Comment] = Paginator(rows, PAGE_SIZE)
    page = paginator.get_page(number)
    comments = list(page.object_list)
    dispositions = find_current_dispositions(comments)
    offices = count_offices_behind(comments)
    tallies_by_entry = tally_offices_by_entry(
        {comment.entry_id for comment in comments}
    )
    groups: list[QueueGroup] = []
    for comment in comments:
        if not groups or groups[-1].entry.pk != comment.entry_id:
            tallies = tallies_by_entry.get(comment.entry_id, OfficeTallies())
            groups.append(
                QueueGroup(comment.entry, comment.section_title or "", tallies, [])
            )
        row = QueueRow(comment, dispositions.get(comment.pk), offices[comment.pk])
        groups[-1].rows.append(row)
    return QueuePage(groups, page, count_states(place, kind))
