"""Where proposals that are used at the bench of a clause say different things, and what can be chosen there."""

from collections.abc import Sequence
from typing import NamedTuple

from hearing_portal.thai.text import inline_plain

from ...commenting.presentation.cards import CommentCard
from ..forms.clause_bench import ClauseBenchForm
from ..word_shares import OWN, CombinedWords, may_be_own
from .waiting_comments import WaitingComment


class ClashChoice(NamedTuple):
    """One of the wordings to choose from, and whose it is."""

    value: str
    text: str
    cards: list[CommentCard]
    is_chosen: bool


class Clash(NamedTuple):
    """A place where proposals that are used say different things. `own` is what the drafter typed instead."""

    key: str
    base: str
    choices: list[ClashChoice]
    takes_own: bool
    is_own: bool
    own: str


def tell_clashes(
    shared: CombinedWords, taken: Sequence[WaitingComment], form: ClauseBenchForm
) -> list[Clash]:
    """`taken` are those whose words are shared, in the same order; the form says what is chosen."""
    clashes = []
    for piece in shared.clashes:
        chosen = form.choices.get(piece.key, "")
        choices = []
        for variant in piece.variants:
            of = [taken[side] for side in variant.sides]
            is_chosen = any(each.key == chosen for each in of)
            text = _told(variant.value, piece.is_text)
            cards = [each.card for each in of]
            choices.append(ClashChoice(of[0].key, text, cards, is_chosen))
        clashes.append(
            Clash(
                piece.key,
                _told(piece.base, piece.is_text),
                choices,
                takes_own=may_be_own(piece),
                is_own=chosen == OWN,
                own=form.own_words.get(piece.key, ""),
            )
        )
    return clashes


def _told(value: object, is_text: bool) -> str:
    """A value of a piece in words: inline HTML without its marks, a time as it is written."""
    if is_text:
        return inline_plain(str(value)).strip()
    if isinstance(value, dict) and "text" in value:
        return str(value["text"])
    return "ตามที่เสนอ"
