"""Comments as they are shown: what a reader may see of each, whose they are, who supports them, what became of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from hearing_portal.directory.permissions import roles_of
from hearing_portal.thai.diff import diff_tokens, segments
from manuals.content import Content, ContentRefused, content_from_json
from manuals.models import EditionEntry
from manuals.permissions import editions_readable_by

from ..issue_classes import BY_VALUE, issue_details
from ..models import Amendment, Answer, Comment, Disposition, Hearing, HearingSession, Support
from ..permissions import can_edit, can_see_hidden_text, can_see_name
from ..wording import Redline, redlines
from .places import place_of, section_title
from .sessions import GroupFloor, choose_session, current_hearing, floor_of

Kind = AreaOffice.Kind


def readable_entries(user: User) -> QuerySet[EditionEntry]:
    """Entries of the editions the reader may read, with words, group and section title."""
    entries = EditionEntry.objects.filter(edition__in=editions_readable_by(user))
    entries = entries.select_related("blob", "manual__work_group", "edition", "section")
    return entries.annotate(section_title=section_title())


@dataclass(frozen=True, slots=True)
class Hall:
    """Where one speaks about an entry: the group's floor, and the session that takes what is said (or would)."""

    entry: EditionEntry
    floor: GroupFloor
    session: HearingSession | None

    @property
    def open_session(self) -> HearingSession | None:
        return self.session if self.session is not None and self.session.is_open else None


def hall_of(entry: EditionEntry) -> Hall:
    """An open session on the entry's edition, the group's own before the plenary; else any open one of the group;
    else the latest. Three queries, four while the group's own are closed."""
    hearing = current_hearing()
    floor = floor_of(hearing, entry.manual.work_group)
    here = choose_session([session for session in floor.sessions if session.edition_id == entry.edition_id])
    if here is not None and here.is_open:
        return Hall(entry, floor, here)
    if floor.is_open:
        return Hall(entry, floor, floor.session)
    return Hall(entry, floor, _open_plenary(hearing, entry) or here or floor.session)


def _open_plenary(hearing: Hearing | None, entry: EditionEntry) -> HearingSession | None:
    sessions = HearingSession.objects.filter(hearing=hearing, work_group=None, edition=entry.edition_id)
    rows = sessions.select_related("hearing", "work_group").with_state().order_by("pk")
    return next((session for session in rows if session.is_open), None)


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a comment, as far as it is published. `state` names a badge of the `state_badge` tag."""

    state: str
    disposition: Disposition | None = None

    @property
    def is_answered(self) -> bool:
        return self.disposition is not None

    @property
    def is_withdrawn(self) -> bool:
        return self.state == Disposition.Outcome.WITHDRAWN


def fate_of(comment: Comment) -> Fate:
    """From the answers fetched by `shown_comments`. A decision not yet published is never told."""
    answers = sorted(comment.answers.all(), key=lambda answer: -answer.pk)
    current = next((answer.disposition for answer in answers if answer.current), None)
    if current is not None and current.outcome == Disposition.Outcome.WITHDRAWN:
        return Fate(Disposition.Outcome.WITHDRAWN)
    published = next((answer.disposition for answer in answers if answer.disposition.publication_id), None)
    if published is not None:
        return Fate(published.outcome, published)
    if current is not None:
        return Fate("unpublished")
    return Fate("considering" if comment.is_triaged else "waiting")


@dataclass(slots=True)
class CommentCard:
    """One comment for the template comment.html; what the reader may not see is empty here already."""

    comment: Comment
    name: str
    is_mine: bool
    is_stub: bool
    is_hidden: bool
    fate: Fate
    primary: int = 0
    secondary: int = 0
    supporting: list[AreaOffice] = field(default_factory=list)  # offices of the reader that may still support
    supported: list[AreaOffice] = field(default_factory=list)  # offices of the reader that stand behind it
    may_reply: bool = False
    may_edit: bool = False
    proposals: list[Redline] = field(default_factory=list)
    replies: list["CommentCard"] = field(default_factory=list)

    @property
    def is_supported(self) -> bool:
        return bool(self.supported)

    @property
    def place(self) -> str:
        return place_of(self.comment.entry)

    @property
    def issue(self) -> str:
        meaning = BY_VALUE.get(self.comment.issue_class or "")
        return meaning.word if meaning else ""

    @property
    def issue_details(self) -> list[tuple[str, object]]:
        return issue_details(self.comment.issue_class, self.comment.issue_data)

    @property
    def is_recorded(self) -> bool:
        """Said in the room or on paper, and typed in by somebody else."""
        return self.comment.channel != Comment.Channel.WEB


def shown_comments(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """The rows with all that a card needs: three queries for the whole list."""
    answers = Answer.objects.select_related("disposition__publication", "disposition__points_to")
    return (
        comments.select_related(
            "office", "author", "session", "entry__blob", "entry__manual__work_group", "entry__section"
        )
        .annotate(section_title=section_title("entry__"))
        .prefetch_related(
            Prefetch("answers", queryset=answers),
            Prefetch("amendments", queryset=Amendment.objects.standing().select_related("base_blob").order_by("id")),
        )
    )


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and whether one may speak now: `session` is the open one, or None."""

    user: User
    session: HearingSession | None = None

    def offices(self, group: WorkGroup | None) -> list[AreaOffice]:
        return roles_of(self.user).delegate_offices(group) if self.session else []

    def may_speak(self, group: WorkGroup | None) -> bool:
        return bool(self.session) and (bool(self.offices(group)) or roles_of(self.user).advises(group))


def cards_of(comments: Iterable[Comment], reader: Reader, *, with_replies: bool = True) -> list[CommentCard]:
    """Cards of rows from `shown_comments`: one query for the supports, two for the replies."""
    rows = list(comments)
    supports = _supports(rows)
    replies = _replies(rows, reader) if with_replies else {}
    return [_card(row, reader, supports.get(row.pk, {}), replies.get(row.pk, [])) for row in rows]


def _card(comment: Comment, reader: Reader, supporters: dict[int, str], replies: list[CommentCard]) -> CommentCard:
    user, group = reader.user, comment.entry.manual.work_group
    is_hidden = comment.is_hidden
    is_stub = is_hidden and not can_see_hidden_text(user, comment)
    fate = fate_of(comment)
    is_live = not (is_hidden or fate.is_withdrawn)
    offices = reader.offices(group) if is_live else []
    stood = {**supporters, comment.office_id: comment.office_kind} if comment.office_id else supporters
    return CommentCard(
        comment,
        name="" if is_stub else name_for(user, comment),
        is_mine=comment.author_id == user.pk,
        is_stub=is_stub,
        is_hidden=is_hidden,
        fate=fate,
        primary=sum(kind == Kind.PRIMARY for kind in stood.values()),
        secondary=sum(kind == Kind.SECONDARY for kind in stood.values()),
        supporting=[office for office in offices if office.pk not in stood],
        supported=[office for office in offices if office.pk in supporters],
        may_reply=is_live and reader.may_speak(group),
        may_edit=is_live and can_edit(user, comment) and fate.state == "waiting",
        proposals=[] if is_stub else proposed_redlines(comment),
        replies=replies,
    )


def name_for(user: User, comment: Comment) -> str:
    """The commenter's name where the reader may see it. An admin's look is an act that must be logged, so a page
    that only lists shows an admin the office; a recorded comment without account names nobody."""
    if comment.author_id == comment.recorded_by_id and comment.channel != Comment.Channel.WEB:
        return ""
    is_own = comment.author_id == user.pk
    if not is_own and roles_of(user).is_admin:
        return ""
    return comment.author.get_full_name() if can_see_name(user, comment) else ""


def proposed_redlines(comment: Comment) -> list[Redline]:
    """The proposal that came with the comment as a word diff; empty when it has none (or gave it up)."""
    amendment = next(reversed(list(comment.amendments.all())), None)
    if amendment is None:
        return []
    if amendment.op == Amendment.Op.DELETE:
        return redlines(amendment.base_blob.as_content, None) if amendment.base_blob_id else []
    proposed = _content(amendment)
    if proposed is None:
        return []
    replaces = amendment.op == Amendment.Op.REPLACE and amendment.base_blob_id
    return redlines(amendment.base_blob.as_content if replaces else None, proposed)


def _content(amendment: Amendment) -> Content | None:
    try:
        return content_from_json(amendment.proposed) if amendment.proposed else None
    except ContentRefused:
        return None


def _supports(comments: Sequence[Comment]) -> dict[int, dict[int, str]]:
    """{comment: {supporting office: its kind}}."""
    standing = Support.objects.standing().filter(comment__in=comments)
    rows = standing.values_list("comment_id", "office_id", "office__kind")
    supporters: dict[int, dict[int, str]] = {}
    for comment, office, kind in rows:
        supporters.setdefault(comment, {})[office] = kind
    return supporters


def _replies(comments: Sequence[Comment], reader: Reader) -> dict[int, list[CommentCard]]:
    rows = (
        Comment.objects.visible_to(reader.user)
        .filter(parent__in=comments)
        .select_related("office", "author", "session", "entry__manual__work_group")
        .prefetch_related(Prefetch("answers", queryset=Answer.objects.select_related("disposition")))
        .order_by("pk")
    )
    found: dict[int, list[CommentCard]] = {}
    for row in rows:
        found.setdefault(row.parent_id, []).append(_reply_card(row, reader.user))
    return found


def _reply_card(reply: Comment, user: User) -> CommentCard:
    is_hidden = reply.is_hidden
    is_stub = is_hidden and not can_see_hidden_text(user, reply)
    fate = fate_of(reply)
    is_mine = reply.author_id == user.pk
    may_edit = can_edit(user, reply) and fate.state == "waiting" and not is_hidden
    name = "" if is_stub else name_for(user, reply)
    return CommentCard(reply, name, is_mine, is_stub, is_hidden, fate, may_edit=may_edit)


ORDERS = {"new": ("-pk",), "old": ("pk",), "support": ("-supporters", "-pk")}


def comments_on(entry: EditionEntry, user: User, order: str = "new") -> QuerySet[Comment]:
    """The entry's comments this reader may see, replies left out."""
    comments = Comment.objects.visible_to(user).filter(entry=entry, parent__isnull=True)
    if order == "support":
        comments = comments.annotate(supporters=Count("supports", filter=Q(supports__taken_back_at__isnull=True)))
    return shown_comments(comments).order_by(*ORDERS[order])


def not_withdrawn(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    withdrawn = Answer.objects.filter(
        comment=OuterRef("pk"), current=True, disposition__outcome=Disposition.Outcome.WITHDRAWN
    )
    return comments.exclude(Exists(withdrawn))


def comments_for(user: User) -> QuerySet[Comment]:
    """Every comment the reader may see, replies too, with all that a page of one shows."""
    return shown_comments(Comment.objects.visible_to(user)).select_related("parent__author")


@dataclass(frozen=True, slots=True)
class Version:
    """What an edit changed, with the moment of it. Names stay out of the history."""

    at: datetime
    redlines: list[Redline]


def versions_of(comment: Comment) -> list[Version]:
    """The edits of a comment and its proposal, the latest first. Two queries."""
    versions = [
        Version(
            row.history_date, [Redline("ความเห็น", segments(diff_tokens(before.text, row.text), before.text, row.text))]
        )
        for before, row in pairwise(comment.history.order_by("history_id"))
        if row.text != before.text
    ]
    rows = list(Amendment.history.filter(comment_id=comment.pk).order_by("id", "history_id"))
    for before, row in pairwise(rows):
        changes = redlines(_content(before), _content(row)) if before.id == row.id else []
        if changes:
            versions.append(Version(row.history_date, changes))
    return sorted(versions, key=lambda version: version.at, reverse=True)
