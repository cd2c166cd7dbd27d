"""Comments as they are shown: what a reader may see of each, and who supports them."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from hearing_portal.directory.models import AreaOffice, WorkGroup
from hearing_portal.directory.permissions import Visitor, load_roles
from hearing_portal.thai.sentences import joined
from manuals.models import EditionEntry
from manuals.wording import Redline

from ...citations import cite_entry
from ...hearings.presentation import tell_visibility
from ...issue_classes import BY_VALUE, issue_details
from ...models import Comment, HearingSession
from ...permissions import can_edit, can_see_hidden_text, can_see_name
from ..queries.arguments import Argument, find_arguments
from ..queries.card_parts import (
    Supporters,
    find_replies,
    find_supporters,
    load_shown_amendments,
    load_shown_answers,
)
from ..queries.kept_promises import load_kept_promises
from ..queries.offices import OfficeCount, offices_behind
from .proposals import ShownProposals
from .quotes import ShownQuotes
from .status import CommentStatus, comment_status

TYPE_WORDS = dict(Comment.Type.choices)  # a field's own display takes longer
CHANNEL_ICONS: dict[str, str] = {Comment.Channel.ROOM: "mic"}


class Chip(NamedTuple):
    """A word about a comment beside who made it."""

    label: str
    icon: str = ""


@dataclass
class CommentCard:
    """One comment for the template comment.html; what the reader may not see is empty here already."""

    comment: Comment
    name: str
    is_mine: bool
    is_stub: bool
    is_hidden: bool
    status: CommentStatus
    # Offices of each kind that stand behind it: its own and its supporters
    primary: int = 0
    secondary: int = 0
    supporting: list[AreaOffice] = field(
        default_factory=list
    )  # offices of the reader that may still support
    supported: list[AreaOffice] = field(
        default_factory=list
    )  # offices of the reader that support it
    # One of them did, before the author made something else of it
    has_lapsed: bool = False
    # That takes a reply; None where the reader may not reply
    reply_session: HearingSession | None = None
    may_edit: bool = False
    replies: list["CommentCard"] = field(default_factory=list)
    shows_author: bool = True  # false in a list of one's own comments
    # Of all comments of the page, this one's among them; None for a reply, which proposes nothing
    shown_proposals: ShownProposals | None = None

    # Of all comments of the page, this one's among them
    shown_quotes: ShownQuotes | None = None
    # What it says together with others; None for one that stands alone
    argument: Argument | None = None
    # Of the same argument, folded under it
    fellows: list["CommentCard"] = field(default_factory=list)

    @property
    def quote(self) -> str:
        """The words of the clause that the comment is about in particular; "" for the whole clause."""
        if self.is_stub or self.shown_quotes is None:
            return ""
        return self.shown_quotes.words_of(self.comment)

    @cached_property
    def proposals(self) -> list[Redline]:
        """What is proposed, word by word: only compared for a page that shows it."""
        if self.is_stub or self.shown_proposals is None:
            return []
        return self.shown_proposals.redlines_of(self.comment)

    @property
    def reply_visibility(self) -> str:
        return tell_visibility(self.reply_session)

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
        labels = []
        for office in self.supported:
            labels.append((office, joined(office.short_name, "สนับสนุนแล้ว")))
        return labels

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
        return self.comment.section_title or ""

    @property
    def shown_name(self) -> str:
        if not self.shows_author:
            return ""
        return self.name

    @property
    def chips(self) -> list[Chip]:
        """What readers are told of the comment beside who made it."""
        chips = []
        if self.is_mine and self.shows_author:
            chips.append(Chip("ของท่าน", "person"))
        if not self.is_reply:
            chips.extend(self.subject_chips)
        if self.is_recorded:
            channel = self.comment.get_channel_display()
            icon = CHANNEL_ICONS.get(self.comment.channel, "")
            chips.append(Chip(channel, icon))
        return chips

    @property
    def subject_chips(self) -> list[Chip]:
        """What is asked for, and the class of issue."""
        chips = [Chip(TYPE_WORDS[self.comment.type])]
        if self.issue:
            chips.append(Chip(self.issue))
        return chips

    @property
    def words_key(self) -> Hashable:
        """Tells apart who said what, for the tag `remembered`. It may be edited, moderated and re-classed."""
        comment = self.comment
        proposals = []
        for amendment in () if self.is_reply else comment.shown_amendments:
            proposals.append(
                (amendment.base_blob_id, amendment.op, repr(amendment.proposed))
            )
        office = comment.office
        return (
            comment.uuid,
            comment.made_at,
            comment.edited_at,
            self.quote,
            comment.text,
            comment.role,
            office and (office.kind, office.short_name),
            self.shown_name,
            tuple(self.chips),
            comment.issue_class,
            repr(comment.issue_data),
            comment.is_held,
            self.is_stub,
            self.is_hidden,
            comment.hidden_reason,
            tuple(proposals),
            self._names_in_proposal,
        )

    @property
    def _names_in_proposal(self) -> tuple[str, ...]:
        if self.is_stub or self.shown_proposals is None:
            return ()
        return self.shown_proposals.names_in(self.comment)

    @property
    def support_key(self) -> Hashable:
        """Tells apart what is said of its supporters, for the tag `remembered`."""
        supporting = tuple(
            (office.key, office.short_name) for office in self.supporting
        )
        supported = tuple(
            (office.key, label) for office, label in self.supported_labels
        )
        return (
            self.comment.uuid,
            self.comment.edited_at,
            self.primary,
            self.secondary,
            supporting,
            supported,
            self.has_lapsed,
            self.can_withdraw_support,
        )

    @property
    def foot_key(self) -> Hashable:
        """Tells apart the foot of the comment, for the tag `remembered`: who supports it, what became of it in short,
        and the way to its own page."""
        comment = self.comment
        disposition = self.status.disposition
        return (
            self.support_key,
            self.is_stub,
            self.status.state,
            self.status.is_reviewed,
            disposition.reason if disposition is not None else "",
            comment.office.short_name if comment.office is not None else "",
            comment.role,
        )

    @property
    def issue(self) -> str:
        meaning = BY_VALUE.get(self.comment.issue_class or "")
        if meaning is None:
            return ""
        return meaning.word

    @property
    def issue_details(self) -> list[tuple[str, object]]:
        return issue_details(self.comment.issue_class, self.comment.issue_data)

    @property
    def is_recorded(self) -> bool:
        """Said in the room or on paper, and typed in by somebody else."""
        return self.comment.channel != Comment.Channel.WEB


@dataclass(frozen=True, slots=True)
class CommentViewer:
    """The person who looks at comments, and the session open to them now (None: nobody may say anything)."""

    user: Visitor
    open_session: HearingSession | None = None

    def offices_for(self, group: WorkGroup | None) -> list[AreaOffice]:
        """The offices the person may support a comment of the group for, now."""
        if self.open_session is None:
            return []
        return load_roles(self.user).delegate_offices(group)

    def session_to_reply_in(self, group: WorkGroup | None) -> HearingSession | None:
        """None where the person may not reply."""
        roles = load_roles(self.user)
        if roles.delegate_offices(group) or roles.advises(group):
            return self.open_session
        return None


def make_cards(
    comments: Iterable[Comment],
    viewer: CommentViewer,
    *,
    with_replies: bool = True,
) -> list[CommentCard]:
    """Cards of rows from `shown_comments`: a query each for answers, amendments, supports and replies, one more where
    words were promised, one where an answer names what says it already, two where comments were put together. Showing
    what they propose costs up to three more where that refers to a clause."""
    rows = list(comments)
    replies: list[Comment] = []
    if with_replies:
        replies = find_replies(rows, viewer.user)
    load_shown_answers([*rows, *replies])
    load_shown_amendments(rows)
    load_kept_promises(rows, viewer.user)
    supporters = find_supporters(rows)
    argument_ids = {comment.pk: _argument_of(comment) for comment in rows}
    arguments = find_arguments(argument_ids.values(), viewer.user)
    shown_proposals = ShownProposals(rows)
    shown_quotes = ShownQuotes(rows)
    cards: dict[int, CommentCard] = {}
    for comment in rows:
        card = _card(comment, viewer.user)
        card.shown_quotes = shown_quotes
        if not card.is_reply:
            card.shown_proposals = shown_proposals
        _add_offices(card, viewer, supporters.get(comment.pk, Supporters()))
        card.argument = arguments.get(argument_ids[comment.pk] or 0)
        cards[comment.pk] = card
    for reply in replies:
        if reply.parent_id is not None:
            cards[reply.parent_id].replies.append(_card(reply, viewer.user))
    return list(cards.values())


def fold_arguments(cards: Iterable[CommentCard]) -> list[CommentCard]:
    """Each argument of a page once, at its first comment, with the others as its `fellows`: nothing is left out."""
    heads: dict[int, CommentCard] = {}
    folded = []
    for card in cards:
        head = heads.get(_argument_of(card.comment) or 0)
        if card.argument is None or head is None:
            folded.append(card)
            if card.argument is not None:
                heads[_argument_of(card.comment) or 0] = card
        else:
            head.fellows.append(card)
    return folded


def _argument_of(comment: Comment) -> int | None:
    """As `with_argument` has it; a row that was just stored stands alone."""
    argument_id: int | None = getattr(comment, "argument_id", None)
    return argument_id


def _card(comment: Comment, user: Visitor) -> CommentCard:
    """What is common to a comment and a reply."""
    is_hidden = comment.is_hidden
    is_stub = is_hidden and not can_see_hidden_text(user, comment)
    name = ""
    if not is_stub:
        name = name_for(user, comment)
    status = comment_status(comment)
    return CommentCard(
        comment,
        name=name,
        is_mine=comment.author_id == user.pk,
        is_stub=is_stub,
        is_hidden=is_hidden,
        status=status,
        may_edit=not is_hidden
        and status.state == "waiting"
        and can_edit(user, comment),
    )


def _add_offices(
    card: CommentCard,
    viewer: CommentViewer,
    supporters: Supporters,
) -> None:
    """Who stands behind the comment, and what the viewer's offices may do."""
    comment = card.comment
    behind = offices_behind(comment.office_id, comment.office_kind, supporters.kinds)
    card.primary, card.secondary = OfficeCount.of(behind)
    if card.is_hidden or card.status.is_withdrawn:
        return
    group = comment.entry.manual.work_group
    for office in viewer.offices_for(group):
        if office.pk not in behind:
            card.supporting.append(office)
            card.has_lapsed |= office.pk in supporters.lapsed
        elif office.pk in supporters.kinds:
            card.supported.append(office)
    card.reply_session = viewer.session_to_reply_in(group)


def name_for(user: Visitor, comment: Comment) -> str:
    """The commenter's name where the reader may see it. An admin's look is an act that must be logged, so a page
    that only lists shows an admin the office; a recorded comment without account names nobody."""
    is_recorded = comment.channel != Comment.Channel.WEB
    if is_recorded and comment.author_id == comment.recorded_by_id:
        return ""
    is_own = comment.author_id == user.pk
    if not is_own and load_roles(user).is_admin:
        return ""
    if not can_see_name(user, comment):
        return ""
    return comment.author.get_full_name()
