"""What sessions took up and when, and the answers that are published on it: a fixed number of statements."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Exists
from django.utils.timezone import localdate

from hearing_portal.directory.permissions import Visitor
from manuals.models import EditionEntry
from manuals.permissions import editions_readable_by

from ..citations import with_section_title
from ..commenting.queries.card_parts import load_shown_answers
from ..commenting.queries.comments import not_withdrawn
from ..commenting.queries.kept_promises import load_kept_promises
from ..hearings.queries import sessions_with_state
from ..models import (
    Answer,
    Comment,
    Discussion,
    Hearing,
    HearingSession,
    Motion,
    Poll,
)
from ..motions.queries import standing_motions
from ..results import ANSWER_UNDER_REVIEW

MOST_ANSWERS = 5  # of one entry that are written out; its own page has all of them


@dataclass(frozen=True, slots=True)
class Consideration:
    """A time at which a session had an entry before it; `until` is None while it has, and where nobody said the end."""

    session: HearingSession  # with its state
    at: datetime
    until: datetime | None
    is_latest: bool  # whether the session took up nothing after it

    @property
    def is_going_on(self) -> bool:
        return self.is_latest and self.session.is_open


class BoardGroup(NamedTuple):
    """Whose manual an entry stands in; "" and 0 for what belongs to no group."""

    order: int
    key: str
    name: str


@dataclass(slots=True)
class ConsideredEntry:
    """An entry that was taken up, with the times in their order."""

    entry_id: int
    ordinal: int
    group: BoardGroup
    times: list[Consideration] = field(default_factory=list)


def find_considered(hearing: Hearing, reader: Visitor) -> list[ConsideredEntry]:
    """What sessions took up of the editions that the reader may read, in the order of the groups, and in each what was
    taken up last before the others: who looks during the meeting looks for what has just been said. Taken up twice, an
    entry stands once. Two queries."""
    readable = editions_readable_by(reader).values("pk")
    sessions = {
        session.pk: session
        for session in sessions_with_state(hearing).filter(edition__in=readable)
    }
    rows = Discussion.objects.filter(session__in=list(sessions)).order_by("-pk")
    found: dict[int, ConsideredEntry] = {}
    next_at: dict[int, datetime] = {}  # of a session, read from the end
    taken_up = rows.values_list(
        "session",
        "at",
        "entry",
        "entry__ordinal",
        "entry__manual__work_group__order",
        "entry__manual__work_group__key",
        "entry__manual__work_group__name",
    )
    for session_id, at, entry_id, ordinal, order, key, name in taken_up:
        until = next_at.get(session_id)
        next_at[session_id] = at
        if entry_id is None:
            continue
        group = BoardGroup(order or 0, key or "", name or "")
        considered = found.setdefault(
            entry_id, ConsideredEntry(entry_id, ordinal, group)
        )
        time = Consideration(sessions[session_id], at, until, until is None)
        considered.times.insert(0, time)
    # As they were found, the latest of each group first
    return sorted(found.values(), key=lambda each: each.group)


def narrow_to(
    considered: Iterable[ConsideredEntry], group_key: str = "", day: date | None = None
) -> list[ConsideredEntry]:
    """Those of a group, and with the times of a day alone."""
    narrowed = []
    for each in considered:
        if group_key and each.group.key != group_key:
            continue
        times = [
            time for time in each.times if day is None or localdate(time.at) == day
        ]
        if times:
            narrowed.append(
                ConsideredEntry(each.entry_id, each.ordinal, each.group, times)
            )
    return narrowed


def load_considered_entries(entry_ids: Collection[int]) -> dict[int, EditionEntry]:
    """{id: the entry} with all by which it is cited. One query."""
    entries = EditionEntry.objects.filter(pk__in=entry_ids)
    entries = with_section_title(entries.select_related("blob", "section", "manual"))
    return {entry.pk: entry for entry in entries}


def find_hands(hearing: Hearing, entry_ids: Collection[int]) -> dict[int, list[Poll]]:
    """{entry id: its shows of hands that ended, the first one first}. One query."""
    hands: dict[int, list[Poll]] = defaultdict(list)
    polls = Poll.objects.filter(
        session__hearing=hearing, entry__in=entry_ids, ended_at__isnull=False
    )
    for poll in polls.order_by("ended_at", "pk"):
        if poll.entry_id is not None:
            hands[poll.entry_id].append(poll)
    return hands


def find_noted_motions_on(
    hearing: Hearing, entries: Mapping[int, EditionEntry]
) -> dict[int, list[Motion]]:
    """{entry id: what its sessions noted, as it was corrected last, the first one first}, each with its entry. One
    query."""
    noted: dict[int, list[Motion]] = defaultdict(list)
    motions = standing_motions().filter(
        session__hearing=hearing, entry__in=list(entries)
    )
    for motion in motions.order_by("pk"):
        motion.entry = entries[motion.entry_id]
        noted[motion.entry_id].append(motion)
    return noted


@dataclass(slots=True)
class PublishedAnswer:
    """An answer of an entry, told by one of the comments it is given to, and to how many."""

    comment: Comment
    comments: int


@dataclass(slots=True)
class PublishedAnswers:
    """Of one entry, the latest published first; `others` is how many more answers there are."""

    answers: list[PublishedAnswer] = field(default_factory=list)
    others: int = 0


def find_published_answers(
    entry_ids: Sequence[int], reader: Visitor
) -> dict[int, PublishedAnswers]:
    """{entry id: its published answers}: nothing that is decided and not published, and nothing of a comment that is
    held back, hidden or withdrawn. Two queries, at most five more for answers that name a clause or promised words."""
    shown = Comment.objects.with_visibility().shown()
    of_entries = shown.filter(entry__in=entry_ids, parent__isnull=True)
    published = Answer.objects.filter(
        comment__in=not_withdrawn(of_entries).values("pk"),
        disposition__publication__isnull=False,
    )
    latest = published.order_by("comment", "-pk").distinct("comment")
    latest = latest.annotate(is_reviewed=Exists(ANSWER_UNDER_REVIEW))
    # Of one answer, the comments whose authors wait for a review are told by themselves: nothing is settled of them
    comments_of: dict[tuple[int, int, bool], list[int]] = defaultdict(list)
    for comment_id, entry_id, disposition_id, is_reviewed in latest.values_list(
        "comment", "comment__entry", "disposition", "is_reviewed"
    ):
        comments_of[entry_id, disposition_id, is_reviewed].append(comment_id)
    told: dict[int, PublishedAnswers] = defaultdict(PublishedAnswers)
    numbers: list[
        tuple[int, int, int]
    ] = []  # entry, comment that stands for all, how many
    for (entry_id, *_), comment_ids in sorted(comments_of.items(), reverse=True):
        answers = told[entry_id]
        if sum(each[0] == entry_id for each in numbers) < MOST_ANSWERS:
            numbers.append((entry_id, comment_ids[0], len(comment_ids)))
        else:
            answers.others += 1
    comments = Comment.objects.in_bulk([comment_id for _, comment_id, _ in numbers])
    load_shown_answers(comments.values())
    load_kept_promises(comments.values(), reader)
    for entry_id, comment_id, number in numbers:
        told[entry_id].answers.append(PublishedAnswer(comments[comment_id], number))
    return told
