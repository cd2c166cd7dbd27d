"""A clause that was to be split, and that somebody changed meanwhile: the pieces of the person, and those pieces of
what stands now."""

from collections.abc import Sequence
from dataclasses import dataclass

from hearing_portal.directory.models import User

from ...content import Content
from ...models import Clause, ClauseChange
from ...wording import Redline
from ..changes import ChangeRefused
from ..cutting import carry_seams, cut_content
from ..queries.last_acts import find_split_since, find_telling_act, is_own_since
from ..told_words import load_told_words, told_redlines
from .conflict import SplitPiece, show_pieces


@dataclass(frozen=True, slots=True)
class CutConflict:
    """`mine` are the pieces of the words that were read, none where they could not be cut; `merged` those of the words
    that stand now, none where somebody changed the words at a seam. The changes are of what was read."""

    last_change: ClauseChange | None
    is_own: bool
    their_changes: Sequence[Redline]
    mine: Sequence[str]
    merged: Sequence[str]
    pieces: Sequence[SplitPiece] = ()  # what somebody else split it into


def load_cut_conflict(
    clause: Clause, base: Content, typed: str, *, read: int, user: User
) -> CutConflict:
    """`clause` as it stands now; `typed` are the words of `base` with empty lines. Two queries, and what the references
    of the words cost."""
    mine = find_pieces(base, typed)
    carried = carry_seams(base, typed, clause.content)
    merged = find_pieces(clause.content, carried) if carried is not None else []
    split_off = find_split_since(clause, read)
    section_id = clause.section_id
    told = load_told_words(content.referring for content in [*mine, *merged])
    return CutConflict(
        find_telling_act(clause, read, user, of_words=True),
        is_own_since(clause, read, user),
        told_redlines(base, clause.content, section_id),
        mine=[told.of_content(content, section_id) for content in mine],
        merged=[told.of_content(content, section_id) for content in merged],
        pieces=show_pieces([clause, *split_off]) if split_off else (),
    )


def find_pieces(content: Content, typed: str) -> list[Content]:
    """None where the words are others, or nothing cuts them."""
    try:
        return cut_content(content, typed)
    except ChangeRefused:
        return []
