"""The queue of a group's desk: which comments wait for what, found by filters that live in the address."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import groupby
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet

from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from manuals.models import EditionEntry

from ..citations import cite_entry, section_title
from ..issue_classes import BY_VALUE
from ..models import Answer, Comment, Disposition, Hearing, Moderation, Objection, Recommendation, Support
from ..tallies import OfficeTallies, tally_offices_by_entry

PAGE_SIZE = 50
Kind, Outcome, Visibility = AreaOffice.Kind, Disposition.Outcome, Moderation.Visibility
OFFICE_TYPES = {"primary": "สพป.", "secondary": "สพม.", "none": "ไม่ใช่ สพท."}
NO_CLASS = "none"


def _answered(**conditions: object) -> Exists:
    return Exists(Answer.objects.filter(comment=OuterRef("pk"), current=True, **conditions))


def _is_open() -> Q:
    return Q(parent__isnull=True) & ~Q(_answered())


def _needs_second_person() -> Q:
    return Q(_answered(disposition__outcome=Outcome.NOT_ACCEPTED, disposition__confirmed_by__isnull=True))


def _has_open_objection() -> Q:
    return Q(Exists(Objection.objects.filter(comment=OuterRef("pk"), answered_by__isnull=True)))


# What a comment waits for, in the order of the work; the word, and the condition on rows `with_visibility()`
STATES: dict[str, tuple[str, Callable[[], Q]]] = {
    "held": ("รอตรวจก่อนแสดง", lambda: Q(visibility_now=Visibility.HELD)),
    "open": ("รอพิจารณา", _is_open),
    "unconfirmed": ("รอผู้ยืนยัน", _needs_second_person),
    "decided": ("รอเผยแพร่", lambda: Q(_answered(disposition__publication__isnull=True))),
    "objected": ("มีข้อโต้แย้ง", _has_open_objection),
    "published": ("เผยแพร่แล้ว", lambda: Q(_answered(disposition__publication__isnull=False))),
    "hidden": ("ซ่อนอยู่", lambda: Q(visibility_now=Visibility.HIDDEN)),
}


@dataclass(frozen=True, slots=True)
class QueueFilter:
    """The filters of the address. `clause` is an entry id, "process-7" a section with all below it."""

    clause: str = ""
    type: str = ""
    issue: str = ""
    office: str = ""
    state: str = ""
    mine: bool = False
    differs: bool = False

    @classmethod
    def of(cls, query: Mapping[str, str]) -> "QueueFilter":
        """From a query string; a value that is none of ours is as if it were not there."""

        def one_of(name: str, allowed: Iterable[str]) -> str:
            value = query.get(name, "")
            return value if value in allowed else ""

        clause = query.get("clause", "")
        number = clause.removeprefix("process-")
        is_place = number.isascii() and number.isdigit() and len(number) < 16
        return cls(
            clause=clause if is_place else "",
            type=one_of("type", Comment.Type.values),
            issue=one_of("issue", [*BY_VALUE, NO_CLASS]),
            office=one_of("office", OFFICE_TYPES),
            state=one_of("state", STATES),
            mine=query.get("mine") == "1",
            differs=query.get("differs") == "1",
        )

    def as_query(self) -> str:
        """The query string; equal filters give equal addresses."""
        values = {name: getattr(self, name) for name in self.__slots__}
        return urlencode({name: "1" if value is True else value for name, value in values.items() if value})

    @property
    def is_empty(self) -> bool:
        return self == QueueFilter()


def comments_at(hearing: Hearing, group: WorkGroup | None) -> QuerySet[Comment]:
    """All of the hearing about the group's manual, replies too: they are moderated, though never decided."""
    return Comment.objects.with_visibility().filter(session__hearing=hearing, entry__manual__work_group=group)


def filtered(comments: QuerySet[Comment], chosen: QueueFilter, user: User) -> QuerySet[Comment]:
    if chosen.clause:
        comments = comments.filter(_at_place(chosen.clause))
    if chosen.type:
        comments = comments.filter(type=chosen.type)
    if chosen.issue:
        comments = comments.filter(issue_class=None if chosen.issue == NO_CLASS else chosen.issue)
    if chosen.office:
        comments = comments.filter(office_kind=None if chosen.office == "none" else chosen.office)
    if chosen.mine:
        comments = comments.filter(_touched_by(user))
    if chosen.state:
        comments = comments.filter(STATES[chosen.state][1]())
    if chosen.differs:
        entries = set(comments.order_by().values_list("entry", flat=True).distinct())
        tallies_by_entry = tally_offices_by_entry(entries)
        comments = comments.filter(entry__in=[entry for entry, tallies in tallies_by_entry.items() if tallies.differs])
    return comments


def _at_place(clause: str) -> Q:
    if clause.startswith("process-"):
        return Q(entry__section=int(clause.removeprefix("process-")))
    return Q(entry=int(clause))


def _touched_by(user: User) -> Q:
    """What somebody typed in, moderated, advised on, decided, or has to draft."""
    acted = [
        Exists(Moderation.objects.filter(comment=OuterRef("pk"), by=user)),
        Exists(Recommendation.objects.filter(comment=OuterRef("pk"), by=user)),
        Exists(Answer.objects.filter(comment=OuterRef("pk"), disposition__decided_by=user)),
        Exists(Answer.objects.filter(comment=OuterRef("pk"), current=True, disposition__assignee=user)),
    ]
    condition = Q(recorded_by=user)
    for act in acted:
        condition |= Q(act)
    return condition


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One comment of the list. `primary` and `secondary` count the offices behind it."""

    comment: Comment
    primary: int
    secondary: int

    @property
    def disposition(self) -> Disposition | None:
        """The current one, published or not: this is the desk."""
        return self.comment.current_answers[0].disposition if self.comment.current_answers else None

    @property
    def state(self) -> str:
        """A badge of the `state_badge` tag."""
        if self.comment.is_held or self.comment.is_hidden:
            return self.comment.visibility
        if self.disposition is not None:
            return self.disposition.outcome
        return "considering" if self.comment.is_triaged else "waiting"

    @property
    def note(self) -> str:
        """What still has to happen to the answer."""
        if self.comment.has_open_objection:
            return "มีข้อโต้แย้ง"
        if self.disposition is None or self.disposition.outcome == Outcome.WITHDRAWN:
            return ""
        if self.disposition.needs_confirmation:
            return "รอผู้ยืนยัน"
        return "เผยแพร่แล้ว" if self.disposition.publication_id else "รอเผยแพร่"

    @property
    def facts(self) -> list[str]:
        """What is asked for, the class of issue, and how it came in."""
        kind = "ตอบความเห็น" if self.comment.parent_id else self.comment.get_type_display()
        meaning = BY_VALUE.get(self.comment.issue_class or "")
        issue = meaning.word if meaning else ""
        is_recorded = self.comment.channel != Comment.Channel.WEB
        channel = self.comment.get_channel_display() if is_recorded else ""
        return [fact for fact in (kind, issue, channel) if fact]


@dataclass(frozen=True, slots=True)
class QueueGroup:
    """The rows on one entry, with who stands for and against its words."""

    entry: EditionEntry
    tallies: OfficeTallies
    rows: list[QueueRow]

    @property
    def citation(self) -> str:
        return cite_entry(self.entry)

    @property
    def section_title(self) -> str:
        return self.rows[0].comment.section_title or ""


@dataclass(frozen=True, slots=True)
class QueuePage:
    """A page of the list, grouped by clause in reading order, with the numbers of the state filter."""

    groups: list[QueueGroup]
    page: Page
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def rows(self) -> list[QueueRow]:
        return [row for group in self.groups for row in group.rows]

    def after(self, comment: Comment) -> Comment | None:
        """The next one of the list, or the one before the last: where the work goes on."""
        comments = [row.comment for row in self.rows]
        at = next((at for at, other in enumerate(comments) if other.pk == comment.pk), None)
        if at is None:
            return comments[0] if comments else None
        following = comments[at + 1 :] or comments[:at][-1:]
        return following[0] if following else None


def queue_page(
    hearing: Hearing, group: WorkGroup | None, chosen: QueueFilter, user: User, number: object = 1
) -> QueuePage:
    """Seven queries, however many rows (two more while filtering what differs)."""
    everything = comments_at(hearing, group)
    rows = filtered(everything, chosen, user).order_by("-entry__edition", "entry__ordinal", "pk")
    page = Paginator(_with_facts(rows), PAGE_SIZE).get_page(number)
    comments = list(page.object_list)
    supporters = _supporters(comments)
    tallies_by_entry = tally_offices_by_entry({comment.entry_id for comment in comments})
    groups = [
        QueueGroup(
            entry, tallies_by_entry.get(entry.pk, OfficeTallies()), [_row(comment, supporters) for comment in of_entry]
        )
        for entry, of_entry in groupby(comments, key=lambda comment: comment.entry)
    ]
    return QueuePage(groups, page, state_counts(everything, chosen, user))


def _with_facts(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    current = Answer.objects.filter(current=True).select_related("disposition")
    return (
        comments.select_related("office", "entry__blob", "entry__manual")
        .annotate(section_title=section_title("entry__"), has_open_objection=_has_open_objection())
        .prefetch_related(Prefetch("answers", current, to_attr="current_answers"))
    )


def _row(comment: Comment, supporters: dict[int, dict[int, str]]) -> QueueRow:
    behind = dict(supporters.get(comment.pk, {}))
    if comment.office_id is not None:
        behind[comment.office_id] = comment.office_kind
    kinds = list(behind.values())
    return QueueRow(comment, kinds.count(Kind.PRIMARY), kinds.count(Kind.SECONDARY))


def _supporters(comments: list[Comment]) -> dict[int, dict[int, str]]:
    found: dict[int, dict[int, str]] = {}
    supports = Support.objects.active().filter(comment__in=comments)
    rows = supports.values_list("comment_id", "office_id", "office__kind")
    for comment, office, kind in rows:
        found.setdefault(comment, {})[office] = kind
    return found


def _with_flags(comments: QuerySet[Comment], names: Iterable[str]) -> tuple[QuerySet[Comment], dict[str, Count]]:
    """The rows with one flag for each state, and the counts of these flags."""
    names = list(names)
    flagged = comments.annotate(**{f"is_{name}": STATES[name][1]() for name in names})
    return flagged, {name: Count("pk", filter=Q(**{f"is_{name}": True})) for name in names}


def state_counts(everything: QuerySet[Comment], chosen: QueueFilter, user: User) -> dict[str, int]:
    """{state: comments} under the other filters; "all" is all of them. One query."""
    rest = filtered(everything, replace(chosen, state="", differs=False), user).order_by()
    rows, counts = _with_flags(rest, STATES)
    return rows.aggregate(all=Count("pk"), **counts)


@dataclass(frozen=True, slots=True)
class CommentedEntry:
    """A clause (or process) with comments, for the filter."""

    value: str
    words: str
    comments: int


def find_commented_entries(hearing: Hearing, group: WorkGroup | None) -> dict[str, list[CommentedEntry]]:
    """{title of the process: its places in reading order}. One query."""
    entries = (
        EditionEntry.objects.filter(comments__session__hearing=hearing, manual__work_group=group)
        .select_related("blob", "manual")
        .annotate(number=Count("comments"), section_title=section_title())
        .order_by("-edition", "ordinal")
    )
    places: dict[str, list[CommentedEntry]] = {}
    for entry in entries:
        listed = places.setdefault(entry.section_title or entry.manual.title, [])
        if not listed and entry.section_id:
            listed.append(CommentedEntry(f"process-{entry.section_id}", "ทั้งกระบวนงาน", 0))
        listed.append(CommentedEntry(str(entry.pk), cite_entry(entry), entry.number))
    return places


@dataclass(frozen=True, slots=True)
class GroupQueue:
    """A group in the list of desks: what waits there."""

    key: str
    title: str
    held: int = 0
    open: int = 0
    objected: int = 0

    @property
    def states(self) -> list[tuple[str, str, int]]:
        """[(state, word, comments)]: those that wait for somebody, and the open ones always."""
        states = []
        for name, number in (("held", self.held), ("objected", self.objected), ("open", self.open)):
            if number or name == "open":
                states.append((name, STATES[name][0], number))
        return states


def count_group_queues(hearing: Hearing | None, groups: Iterable[WorkGroup]) -> list[GroupQueue]:
    """The groups that have a manual, in the order given, with their numbers. One query for all the numbers."""
    groups = [group for group in groups if hasattr(group, "manual")]
    counted = {}
    if hearing is not None:
        rows = Comment.objects.with_visibility().filter(session__hearing=hearing, entry__manual__work_group__in=groups)
        rows, counts = _with_flags(rows.order_by(), ("held", "open", "objected"))
        numbers = rows.values(group=F("entry__manual__work_group")).annotate(**counts)
        counted = {row.pop("group"): row for row in numbers}
    return [GroupQueue(group.manual.key, group.name, **counted.get(group.pk, {})) for group in groups]
