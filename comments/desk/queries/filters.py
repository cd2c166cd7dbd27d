"""Which comments of a group's desk wait for what, and the filters that live in the address of its queue."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from functools import cache
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, Q, QuerySet

from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from hearing_portal.postgres.statements import is_any_of, kept_statement

from ...issue_classes import BY_VALUE, NO_CLASS
from ...models import (
    AdviceRequest,
    Answer,
    Assignment,
    Comment,
    Disposition,
    Grouping,
    Hearing,
    Moderation,
    Objection,
    Recommendation,
)
from ...tallies import NO_OFFICE, tally_offices_by_entry

ISSUE_CLASSES = (*BY_VALUE, NO_CLASS)
OFFICE_KINDS = (*AreaOffice.Kind.values, NO_OFFICE)
# Begins the clause filter that means a section with all below it
WHOLE_SECTION = "process-"
ENTRY = "entry"  # the kind of any other clause filter
NOBODY = "nobody"  # the assignee filter that means comments given to nobody
SOMEBODY = "somebody"  # the kind of any other assignee filter
ANY_ARGUMENT = "any"  # the filter for comments of any group of those that say the same
ONE_ARGUMENT = "one"  # the kind of that filter where it names a group
LONGEST_NUMBER = 15  # digits of an id in an address


class QueueState(StrEnum):
    """What a comment waits for, in the order of the work. A comment may be in several: held and open."""

    HELD = "held"
    OPEN = "open"
    ADVICE = "advice"  # asked of an expert, and not given
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
        case QueueState.ADVICE:
            requests = AdviceRequest.objects.waiting()
            return Q(Exists(requests.filter(comment=OuterRef("pk"))))
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
    `assignee` is a person's id, or "nobody"; `argument` is the id of a group of comments that say the same, or "any";
    `hearing` is the key of a hearing that is not the current one."""

    clause: str = ""
    type: str = ""
    issue: str = ""
    office: str = ""
    state: str = ""
    assignee: str = ""
    argument: str = ""
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
    if not _is_number(clause.removeprefix(WHOLE_SECTION)):
        clause = ""
    assignee = query.get("assignee", "")
    if assignee != NOBODY and not _is_number(assignee):
        assignee = ""
    argument = query.get("argument", "")
    if argument != ANY_ARGUMENT and not _is_number(argument):
        argument = ""
    return QueueFilter(
        clause=clause,
        type=_known(query, "type", Comment.Type.values),
        issue=_known(query, "issue", ISSUE_CLASSES),
        office=_known(query, "office", OFFICE_KINDS),
        state=_known(query, "state", list(QueueState)),
        assignee=assignee,
        argument=argument,
        mine=query.get("mine") == "1",
        differs=query.get("differs") == "1",
    )


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


def _known(query: Mapping[str, str], name: str, values: Collection[str]) -> str:
    value = query.get(name, "")
    return value if value in values else ""


class QueuePlace(NamedTuple):
    """The values by which rows are chosen; how they are chosen is said by a filter of `filter_kind`. `place_id` is that
    of the chosen entry or section, `assignee_id` the person to whom comments are given, `argument_id` the group of
    comments that say the same, `differing` are entries on which the two kinds of offices differ."""

    hearing_id: int
    group_id: int | None
    place_id: int
    user_id: int
    assignee_id: int
    argument_id: int
    differing: list[int]


def assignee_of(chosen: QueueFilter) -> int:
    """The person that the filter names; 0 for none."""
    return int(chosen.assignee) if _is_number(chosen.assignee) else 0


def argument_of(chosen: QueueFilter) -> int:
    """The group that the filter names; 0 for none."""
    return int(chosen.argument) if _is_number(chosen.argument) else 0


def filter_kind(chosen: QueueFilter) -> QueueFilter:
    """What kind of filter it is, without the values that stand in a `QueuePlace`."""
    clause = ""
    if chosen.clause.startswith(WHOLE_SECTION):
        clause = WHOLE_SECTION
    elif chosen.clause:
        clause = ENTRY
    assignee = chosen.assignee
    if assignee_of(chosen):
        assignee = SOMEBODY
    argument = ONE_ARGUMENT if argument_of(chosen) else chosen.argument
    return replace(
        chosen, clause=clause, assignee=assignee, argument=argument, hearing=""
    )


def find_place(
    hearing: Hearing, group: WorkGroup | None, chosen: QueueFilter, user: User
) -> QueuePlace:
    """Two queries while filtering what differs, none otherwise."""
    place_id = int(chosen.clause.removeprefix(WHOLE_SECTION) or 0)
    group_id = group.pk if group is not None else None
    place = QueuePlace(
        hearing.pk,
        group_id,
        place_id,
        user.pk,
        assignee_of(chosen),
        argument_of(chosen),
        [],
    )
    if not chosen.differs:
        return place
    kind = replace(filter_kind(chosen), differs=False)
    entry_ids = _find_entry_ids(*place, kind=kind)
    differing = []
    for entry_id, tallies in tally_offices_by_entry(entry_ids).items():
        if tallies.differs:
            differing.append(entry_id)
    return place._replace(differing=differing)


@kept_statement
def _find_entry_ids(
    hearing_id: int,
    group_id: int | None,
    place_id: int,
    user_id: int,
    assignee_id: int,
    argument_id: int,
    differing: list[int],
    *,
    kind: QueueFilter,
) -> QuerySet[Comment, int]:
    place = QueuePlace(
        hearing_id, group_id, place_id, user_id, assignee_id, argument_id, differing
    )
    comments = comments_in_queue(place, kind).order_by()
    return comments.values_list("entry", flat=True).distinct()


def comments_in_queue(place: QueuePlace, kind: QueueFilter) -> QuerySet[Comment]:
    """Those of the hearing about the group's manual that the filter leaves; replies too: they are moderated, though
    never decided."""
    comments = Comment.objects.with_visibility().filter(
        session__hearing=place.hearing_id, entry__manual__work_group=place.group_id
    )
    return narrow_queue(comments, place, kind)


def narrow_queue(
    comments: QuerySet[Comment], place: QueuePlace, kind: QueueFilter
) -> QuerySet[Comment]:
    """The rows of `with_visibility` that the filter leaves, of whichever hearing and group."""
    if kind.clause == WHOLE_SECTION:
        comments = comments.filter(entry__section=place.place_id)
    elif kind.clause:
        comments = comments.filter(entry=place.place_id)
    if kind.type:
        comments = comments.filter(type=kind.type)
    if kind.issue:
        comments = comments.filter(
            issue_class=None if kind.issue == NO_CLASS else kind.issue
        )
    if kind.office:
        comments = comments.filter(
            office_kind=None if kind.office == NO_OFFICE else kind.office
        )
    if kind.assignee == NOBODY:
        comments = comments.exclude(Exists(_standing_assignments()))
    elif kind.assignee:
        given = _standing_assignments().filter(assignee=place.assignee_id)
        comments = comments.filter(Exists(given))
    if kind.argument == ANY_ARGUMENT:
        shared = Grouping.objects.shared().filter(comment=OuterRef("pk"))
        comments = comments.filter(Exists(shared))
    elif kind.argument:
        standing = Grouping.objects.standing().filter(group=place.argument_id)
        comments = comments.filter(Exists(standing.filter(comment=OuterRef("pk"))))
    if kind.mine:
        comments = comments.filter(is_touched_by(place.user_id))
    if kind.state:
        comments = comments.filter(is_in_state(QueueState(kind.state)))
    if kind.differs:
        comments = comments.filter(is_any_of("entry", place.differing))
    return comments


def _standing_assignments() -> QuerySet[Assignment]:
    return Assignment.objects.standing().filter(comment=OuterRef("pk"))


def is_touched_by(user_id: int) -> Q:
    """The condition on what somebody typed in, moderated, advised on, decided, or has to draft."""
    moderated = Moderation.objects.filter(comment=OuterRef("pk"), by=user_id)
    advised = Recommendation.objects.filter(comment=OuterRef("pk"), by=user_id)
    answers = Answer.objects.filter(comment=OuterRef("pk"))
    decided = answers.filter(disposition__decided_by=user_id)
    to_draft = answers.filter(current=True, disposition__assignee=user_id)
    touched = Q(recorded_by=user_id)
    for act in (moderated, advised, decided, to_draft):
        touched |= Q(Exists(act))
    return touched
