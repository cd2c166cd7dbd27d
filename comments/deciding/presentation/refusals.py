"""The page of the second person: each refusal with its reason and everything it answers."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

from django.core.paginator import Page, Paginator

from hearing_portal.directory.models import User
from manuals.models import Manual

from ...commenting.presentation.cards import CommentCard, CommentViewer, make_cards
from ...models import Comment, Disposition, Hearing, Objection
from ...permissions import can_confirm
from ..queries.refusals import (
    find_current_answers,
    find_refused_comments,
    find_unconfirmed_refusals,
)
from .objections import objection_to_weigh

PAGE_SIZE = 10  # refusals: each is read


def shown_value(refusal_id: int, answers: Sequence[int]) -> str:
    """How a page says of a refusal which of its answers it shows: "12:31,32"."""
    listed = ",".join(str(pk) for pk in answers)
    return f"{refusal_id}:{listed}"


@dataclass(slots=True)
class RefusedWords:
    """What is said and proposed, by the first comment that says so, and the others that say exactly the same."""

    card: CommentCard
    objection: Objection | None  # what its author answered to the earlier result
    others: list[Comment] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ShownRefusal:
    disposition: Disposition
    said: list[RefusedWords]
    value: str
    may_confirm: bool

    @property
    def comments(self) -> int:
        return sum(1 + len(each.others) for each in self.said)


@dataclass(frozen=True, slots=True)
class RefusalsPage:
    manual: Manual
    hearing: Hearing
    page: Page[Disposition]
    refusals: list[ShownRefusal]
    only: int | None  # the one that was asked for

    @property
    def may_confirm(self) -> bool:
        return any(refusal.may_confirm for refusal in self.refusals)


def load_refusals_page(
    hearing: Hearing,
    manual: Manual,
    user: User,
    number: str | None = None,
    only: int | None = None,
) -> RefusalsPage:
    """Four queries and those of `make_cards`, however many refusals."""
    found = find_unconfirmed_refusals(hearing, manual.work_group)
    if only is not None:
        found = found.filter(pk=only)
    page = Paginator(found, PAGE_SIZE).get_page(number)
    refusals = list(page.object_list)
    answers = find_current_answers(refusals)
    comments = find_refused_comments(refusals, user)
    cards = {}
    for card in make_cards(comments, CommentViewer(user), with_replies=False):
        cards[card.comment.pk] = card
    shown = []
    for refusal in refusals:
        own = answers[refusal.pk]
        seen = [pk for pk in own if pk in cards]
        shown.append(
            ShownRefusal(
                refusal,
                _fold([cards[pk] for pk in seen], refusal),
                shown_value(refusal.pk, [own[pk] for pk in seen]),
                can_confirm(user, refusal, manual.work_group),
            )
        )
    return RefusalsPage(manual, hearing, page, shown, only)


def _fold(cards: Sequence[CommentCard], refusal: Disposition) -> list[RefusedWords]:
    """Equal words once: of a circulated text many say the very same. Who objected said something of their own."""
    heads: dict[Hashable, RefusedWords] = {}
    for card in cards:
        objection = objection_to_weigh(card.comment, refusal)
        key = (_words_key(card), objection.text if objection else "")
        head = heads.get(key)
        if head is None:
            heads[key] = RefusedWords(card, objection)
        else:
            head.others.append(card.comment)
    return list(heads.values())


def _words_key(card: CommentCard) -> Hashable:
    comment = card.comment
    proposed = []
    for each in comment.shown_amendments:
        proposed.append((each.clause_id, each.base_blob_id, each.op, each.fingerprint))
    place = (comment.entry_id, card.quote, comment.type)
    issue = (comment.issue_class, repr(comment.issue_data))
    return (*place, comment.text, issue, comment.visibility, tuple(proposed))
