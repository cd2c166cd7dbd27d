"""Whose every word of a combined clause is: each proposal that is used gets a change of words of its own, so that the
trace of the clause names a cause for each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hearing_portal.thai.text import escape_plain
from manuals.combining import (
    Combination,
    CombinedPiece,
    PieceVariant,
    combine_contents,
)
from manuals.content import Content
from manuals.merging import merge_contents

OWN = "own"  # the choice of words of the drafter's own where proposals clash


@dataclass(frozen=True, slots=True)
class TakenWords:
    """A proposal that is used: `key` names it in choices, `words` are on the clause as it stands."""

    key: str
    words: Content


@dataclass(frozen=True, slots=True)
class WordShare:
    """A change on the way to the final words: the places (among the proposals) of those it comes from, and what the
    clause says after it."""

    proposals: tuple[int, ...]
    words: Content
    is_altered: bool  # not all of what one of them proposed, or not as it was proposed


@dataclass(slots=True)
class CombinedWords:
    """Proposals combined, with what was chosen where they clash."""

    combination: Combination
    proposals: Sequence[TakenWords]
    chosen: dict[str, Any] = field(default_factory=dict)  # {piece: its value}
    unresolved: list[CombinedPiece] = field(default_factory=list)
    # {piece: whose change of the clause it is}
    owners: dict[str, int] = field(default_factory=dict)

    @property
    def words(self) -> Content:
        """What the clause would say; where nothing is chosen yet, its own words. Raises ContentRefused."""
        return self.combination.write(self.chosen)

    @property
    def clashes(self) -> list[CombinedPiece]:
        return [piece for piece in self.combination.pieces if piece.is_clash]

    def is_lost(self, proposal: int) -> bool:
        """Whether nothing of it is in the words: another was chosen wherever it changes something."""
        return not self._won(proposal)

    def split(self, final: Content, result: Content | None = None) -> list[WordShare]:
        """The way to `final`, which are these words or what the drafter made of them, one change after another.
        `result` is what the clause says in the end, where a change for something else follows. Raises ContentRefused.
        """
        said = final if result is None else result
        members: dict[int, list[int]] = {}
        for number in range(len(self.proposals)):
            won = self._won(number)
            if won:
                owned = [key for key in won if self.owners[key] == number]
                owner = number if owned else self.owners[won[0]]
                members.setdefault(owner, []).append(number)
        shares = []
        owners = sorted(members)
        for owner in owners:
            words = final
            if owner != owners[-1]:
                chosen = {}
                for key, value in self.chosen.items():
                    if self.owners[key] <= owner:
                        chosen[key] = value
                words = self.combination.write(chosen)
            together = tuple(members[owner])
            is_altered = any(not self._is_in(said, each) for each in together)
            shares.append(WordShare(together, words, is_altered))
        return shares

    def _won(self, proposal: int) -> list[str]:
        """The pieces that say what the proposal does, or what the drafter made of it."""
        won = []
        for piece in self.combination.pieces:
            variant = piece.variant_of(proposal)
            if variant is None or piece.key not in self.chosen:
                continue
            is_own = all(
                self.chosen[piece.key] != each.value for each in piece.variants
            )
            if is_own or self.chosen[piece.key] == variant.value:
                won.append(piece.key)
        return won

    def _is_in(self, final: Content, proposal: int) -> bool:
        """Whether the final words say all that it proposes, as it is proposed."""
        words = self.proposals[proposal].words
        return merge_contents(self.combination.base, final, words) == final


def share_words(
    base: Content,
    proposals: Sequence[TakenWords],
    choices: Mapping[str, str],
    own_words: Mapping[str, str],
) -> CombinedWords:
    """`choices` are {piece: key of a proposal, or OWN} where proposals clash, `own_words` {piece: text}."""
    combination = combine_contents(base, [each.words for each in proposals])
    shared = CombinedWords(combination, proposals)
    number_of = {each.key: number for number, each in enumerate(proposals)}
    for piece in combination.pieces:
        variant: PieceVariant | None = piece.variants[0]
        if piece.is_clash:
            choice = choices.get(piece.key, "")
            if choice == OWN and may_be_own(piece):
                text = own_words.get(piece.key, "")
                is_inline = piece.attribute == "body"
                shared.chosen[piece.key] = escape_plain(text) if is_inline else text
                shared.owners[piece.key] = piece.sides[0]
                continue
            number = number_of.get(choice)
            variant = piece.variant_of(number) if number is not None else None
        if variant is None:
            shared.unresolved.append(piece)
        else:
            shared.chosen[piece.key] = variant.value
            shared.owners[piece.key] = variant.sides[0]
    return shared


def may_be_own(piece: CombinedPiece) -> bool:
    """Whether a text can be typed for it: it is one, and no reference would be lost."""
    values = [piece.base, *(each.value for each in piece.variants)]
    return piece.is_text and not any("data-ref" in value for value in values)
