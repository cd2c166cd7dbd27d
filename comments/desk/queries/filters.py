"""Which comments of a group's desk wait for what, and the filters that live in the address of its queue."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearing_portal.directory.models import AreaOffice, User, WorkGroup

from ...issue_classes import BY_VALUE
from ...models import (
    Answer,
    Comment,
    Disposition,
    Hearing,
    Moderation,
    Objection,
    Recommendation,
)
from ...tallies import tally_offices_by_entry

NO_CLASS = "none"  # of comments without an issue class
NO_OFFICE = "none"  # of experts and the central bureau, who speak for no office
ISSUE_CLASSES = (*BY_VALUE, NO_CLASS)
OFFICE_KINDS = (*AreaOffice.Kind.values, NO_OFFICE)
# Begins the clause filter that means a section with all below it
WHOLE_SECTION = "process-"
LONGEST_NUMBER = 15  # digits of an id in an address


class QueueState(StrEnum):
    """What a comment waits for, in the order of the work. A comment may be in several: held and open."""

    HELD = "held"
    OPEN = "open"
    UNCONFIRMED = "unconfirmed"
    DECIDED = "decided"
    OBJECTED = "objected"
    PUBLISHED = "published"
    HIDDEN = "hidden"


@cache  # the queue counts them all: to put them together takes longer than to answer
def is_in_state(state: QueueState) -> Q:
    """The condition on rows of `with_visibility`."""
    answered = Answer.objects.filter(comment=OuterRef("pk"), current=True)
    match state:
        case QueueState.HELD:
            # What its author took back is shown to nobody, and waits for nobody
            withdrawn = answered.filter(
                disposition__outcome=Disposition.Outcome.WITHDRAWN
            )
            return Q(~Exists(withdrawn), visibility_now=Moderation.Visibility.HELD)
        case QueueState.OPEN:
            return Q(~Exists(answered), parent__isnull=True)
        case QueueState.UNCONFIRMED:
            refused = answered.filter(
                disposition__outcome=Disposition.Outcome.NOT_ACCEPTED
            )
            return Q(Exists(refused.filter(disposition__confirmed_by__isnull=True)))
        case QueueState.DECIDED:
            return Q(Exists(answered.filter(disposition__publication__isnull=True)))
        case QueueState.OBJECTED:
            objections = Objection.objects.filter(comment=OuterRef("pk"))
            return Q(Exists(objections.filter(answered_by__isnull=True)))
        case QueueState.PUBLISHED:
            return Q(Exists(answered.filter(disposition__publication__isnull=False)))
        case QueueState.HIDDEN:
            return Q(visibility_now=Moderation.Visibility.HIDDEN)


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """The filters of the address. `clause` is an entry's id, or "process-7" for a section with all below it;
    `hearing` is the key of a hearing that is not the current one."""

    clause: str = ""
    type: str = ""
    issue: str = ""
    office: str = ""
    state: str = ""
    mine: bool = False
    differs: bool = False
    hearing: str = ""

    def as_query(self) -> str:
        """The query string; equal filters give equal addresses."""
        query: dict[str, str] = {}
        for name, value in asdict(self).items():
            if value:
                query[name] = "1" if value is True else value
        return urlencode(query)

    @property
    def is_empty(self) -> bool:
        return self == QueueFilter(hearing=self.hearing)


def read_filter(query: Mapping[str, str]) -> QueueFilter:
    """From a query string; a value that is none of ours is as if it were not there."""
    clause = query.get("clause", "")
    number = clause.removeprefix(WHOLE_SECTION)
    if not (number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER):
        clause = ""
    return QueueFilter(
        clause=clause,
        type=_known(query, "type", Comment.Type.values),
        issue=_known(query, "issue", ISSUE_CLASSES),
        office=_known(query, "office", OFFICE_KINDS),
        state=_known(query, "state", list(QueueState)),
        mine=query.get("mine") == "1",
        differs=query.get("differs") == "1",
    )


def _known(query: Mapping[str, str], name: str, values: Collection[str]) -> str:
    value = query.get(name, "")
    return value if value in values else ""


def comments_at_desk(hearing: Hearing, group: WorkGroup | None) -> QuerySet[Comment]:
    """All of the hearing about the group's manual, replies too: they are moderated, though never decided."""
    return Comment.objects.with_visibility().filter(
        session__hearing=hearing, entry__manual__work_group=group
    )


def filter_comments(
    comments: QuerySet[Comment], chosen: QueueFilter, user: User
) -> QuerySet[Comment]:
    """Three queries more while filtering what differs, none otherwise."""
    if chosen.clause.startswith(WHOLE_SECTION):
        comments = comments.filter(
            entry__section=int(chosen.clause.removeprefix(WHOLE_SECTION))
        )
    elif chosen.clause:
        comments = comments.filter(entry=int(chosen.clause))
    if chosen.type:
        comments = comments.filter(type=chosen.type)
    if chosen.issue:
        comments = comments.filter(
            issue_class=None if chosen.issue == NO_CLASS else chosen.issue
        )
    if chosen.office:
        comments = comments.filter(
            office_kind=None if chosen.office == NO_OFFICE else chosen.office
        )
    if chosen.mine:
        comments = comments.filter(is_touched_by(user))
    if chosen.state:
        comments = comments.filter(is_in_state(QueueState(chosen.state)))
    if chosen.differs:
        entry_ids = set(comments.order_by().values_list("entry", flat=True).distinct())
        tallies_by_entry = tally_offices_by_entry(entry_ids)
        differing = []
        for entry_id, tallies in tallies_by_entry.items():
            if tallies.differs:
                differing.append(entry_id)
        comments = comments.filter(entry__in=differing)
    return comments


def is_touched_by(user: User) -> Q:
    """The condition on what somebody typed in, moderated, advised on, decided, or has to draft."""
    moderated = Moderation.objects.filter(comment=OuterRef("pk"), by=user)
    advised = Recommendation.objects.filter(comment=OuterRef("pk"), by=user)
    answers = Answer.objects.filter(comment=OuterRef("pk"))
    decided = answers.filter(disposition__decided_by=user)
    to_draft = answers.filter(current=True, disposition__assignee=user)
    touched = Q(recorded_by=user)
    for act in (moderated, advised, decided, to_draft):
        touched |= Q(Exists(act))
    return touched
