"""Comments as they are shown: what a reader may see of each, and who supports them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import Prefetch

from hearing_portal.directory.models import AreaOffice, User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from manuals.content import Content, ContentRefused, content_from_json
from manuals.models import EditionEntry

from ...citations import cite_entry
from ...issue_classes import BY_VALUE, issue_details
from ...models import Amendment, Answer, Comment, HearingSession, Support
from ...permissions import can_edit, can_see_hidden_text, can_see_name
from ...wording import Redline, redlines
from .status import CommentStatus, comment_status

Kind = AreaOffice.Kind


class Chip(NamedTuple):
    """A word about a comment beside who made it."""

    label: str
    icon: str = ""


@dataclass(slots=True)
class CommentCard:
    """One comment for the template comment.html; what the reader may not see is empty here already."""

    comment: Comment
    name: str
    is_mine: bool
    is_stub: bool
    is_hidden: bool
    status: CommentStatus
    primary: int = 0
    secondary: int = 0
    supporting: list[AreaOffice] = field(default_factory=list)  # offices of the reader that may still support
    supported: list[AreaOffice] = field(default_factory=list)  # offices of the reader that stand behind it
    may_reply: bool = False
    may_edit: bool = False
    proposals: list[Redline] = field(default_factory=list)
    replies: list["CommentCard"] = field(default_factory=list)
    shows_author: bool = True  # false in a list of one's own comments

    @property
    def is_reply(self) -> bool:
        return self.comment.parent_id is not None

    @property
    def is_supported(self) -> bool:
        return bool(self.supported)

    @property
    def supports_for_several(self) -> bool:
        """Whether a button must say for which office it supports."""
        return len(self.supporting) > 1

    @property
    def supported_labels(self) -> list[tuple[AreaOffice, str]]:
        """The reader's offices that stand behind it, each with what the page says of it."""
        if len(self.supported) == 1:
            return [(self.supported[0], "สพท. ของท่านสนับสนุนแล้ว")]
        return [(office, f"{office.short_name} สนับสนุนแล้ว") for office in self.supported]

    @property
    def can_withdraw_support(self) -> bool:
        return not self.status.is_answered

    @property
    def citation(self) -> str:
        return cite_entry(self.comment.entry)

    @property
    def section_title(self) -> str:
        """Of the process a clause stands in; empty for a comment on something larger. Needs `shown_comments`."""
        if self.comment.entry.kind != EditionEntry.Kind.CLAUSE:
            return ""
        return str(getattr(self.comment, "section_title", ""))

    @property
    def shown_name(self) -> str:
        return self.name if self.shows_author else ""

    @property
    def chips(self) -> list[Chip]:
        """What readers are told of the comment beside who made it."""
        chips = []
        if self.is_mine and self.shows_author:
            chips.append(Chip("ของท่าน", "person"))
        if not self.is_reply:
            chips.extend(self.subject_chips)
        if self.is_recorded:
            is_from_room = self.comment.channel == Comment.Channel.ROOM
            chips.append(Chip(self.comment.get_channel_display(), "mic" if is_from_room else ""))
        return chips

    @property
    def subject_chips(self) -> list[Chip]:
        """What is asked for, and the class of issue."""
        chips = [Chip(self.comment.get_type_display())]
        if self.issue:
            chips.append(Chip(self.issue))
        return chips

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


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, and whether one may speak now: `session` is the open one, or None."""

    user: User
    session: HearingSession | None = None

    def offices(self, group: WorkGroup | None) -> list[AreaOffice]:
        return load_roles(self.user).delegate_offices(group) if self.session else []

    def may_speak(self, group: WorkGroup | None) -> bool:
        return bool(self.session) and (bool(self.offices(group)) or load_roles(self.user).advises(group))


def make_cards(comments: Iterable[Comment], reader: Reader, *, with_replies: bool = True) -> list[CommentCard]:
    """Cards of rows from `shown_comments`: one query for the supports, two for the replies."""
    rows = list(comments)
    supports = _supports(rows)
    replies = _replies(rows, reader) if with_replies else {}
    return [_card(row, reader, supports.get(row.pk, {}), replies.get(row.pk, [])) for row in rows]


def _card(comment: Comment, reader: Reader, supporters: dict[int, str], replies: list[CommentCard]) -> CommentCard:
    user, group = reader.user, comment.entry.manual.work_group
    is_hidden = comment.is_hidden
    is_stub = is_hidden and not can_see_hidden_text(user, comment)
    status = comment_status(comment)
    is_live = not (is_hidden or status.is_withdrawn)
    offices = reader.offices(group) if is_live else []
    stood = {**supporters, comment.office_id: comment.office_kind} if comment.office_id else supporters
    return CommentCard(
        comment,
        name="" if is_stub else name_for(user, comment),
        is_mine=comment.author_id == user.pk,
        is_stub=is_stub,
        is_hidden=is_hidden,
        status=status,
        primary=sum(kind == Kind.PRIMARY for kind in stood.values()),
        secondary=sum(kind == Kind.SECONDARY for kind in stood.values()),
        supporting=[office for office in offices if office.pk not in stood],
        supported=[office for office in offices if office.pk in supporters],
        may_reply=is_live and reader.may_speak(group),
        may_edit=is_live and can_edit(user, comment) and status.state == "waiting",
        proposals=[] if is_stub else proposed_redlines(comment),
        replies=replies,
    )


def name_for(user: User, comment: Comment) -> str:
    """The commenter's name where the reader may see it. An admin's look is an act that must be logged, so a page
    that only lists shows an admin the office; a recorded comment without account names nobody."""
    if comment.author_id == comment.recorded_by_id and comment.channel != Comment.Channel.WEB:
        return ""
    is_own = comment.author_id == user.pk
    if not is_own and load_roles(user).is_admin:
        return ""
    return comment.author.get_full_name() if can_see_name(user, comment) else ""


def proposed_redlines(comment: Comment) -> list[Redline]:
    """The proposal that came with the comment as a word diff; empty when it has none (or gave it up)."""
    amendment = next(reversed(list(comment.amendments.all())), None)
    if amendment is None:
        return []
    if amendment.op == Amendment.Op.DELETE:
        return redlines(amendment.base_blob.as_content, None) if amendment.base_blob_id else []
    proposed = proposed_content(amendment)
    if proposed is None:
        return []
    replaces = amendment.op == Amendment.Op.REPLACE and amendment.base_blob_id
    return redlines(amendment.base_blob.as_content if replaces else None, proposed)


def proposed_content(amendment: Amendment) -> Content | None:
    try:
        return content_from_json(amendment.proposed) if amendment.proposed else None
    except ContentRefused:
        return None


def _supports(comments: Sequence[Comment]) -> dict[int, dict[int, str]]:
    """{comment: {supporting office: its kind}}."""
    supports = Support.objects.active().filter(comment__in=comments)
    rows = supports.values_list("comment_id", "office_id", "office__kind")
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
    status = comment_status(reply)
    is_mine = reply.author_id == user.pk
    may_edit = can_edit(user, reply) and status.state == "waiting" and not is_hidden
    name = "" if is_stub else name_for(user, reply)
    return CommentCard(reply, name, is_mine, is_stub, is_hidden, status, may_edit=may_edit)
