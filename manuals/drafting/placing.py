"""Words that somebody wrote in a clause which was split meanwhile, put into the clauses that it became."""

from collections.abc import Sequence

from hearing_portal.thai.markup import (
    OBJECT_MARKER,
    referenced_uuids,
    write_placeholders,
)
from hearing_portal.thai.merge import merge
from hearing_portal.thai.text import inline_plain

from ..content import Content, ContentRefused
from ..wording import reworded_content
from .cutting import SEAM, can_be_cut, letters_of


def place_in_pieces(
    base: Content, mine: Content, pieces: Sequence[Content]
) -> list[Content] | None:
    """What each of the pieces says with the changes that `mine` makes of `base`; what was put in between two of them
    stands at the end of the first. None where one change lies across two pieces, or somebody changed the same words."""
    if not all(can_be_cut(content.kind) for content in (base, mine, *pieces)):
        return None
    if referenced_uuids(mine.body) != referenced_uuids(base.body):
        return None
    before = _one_line(base)
    standing = [_one_line(piece) for piece in pieces]
    starts = _find_starts(before, standing)
    if starts is None:
        return None
    written = _share_out(before, _one_line(mine), starts)
    if written is None:
        return None
    placed = []
    ends = [*starts[1:], len(before)]
    for index, piece in enumerate(pieces):
        read = before[starts[index] : ends[index]].strip()
        text = merge(read, written[index].strip(), standing[index]).text
        if text is None or text.count(OBJECT_MARKER) != len(
            referenced_uuids(piece.body)
        ):
            return None
        try:
            reworded = reworded_content(piece, {"text": write_placeholders(text)})
        except ContentRefused:
            return None
        placed.append(reworded or piece)
    return placed


def _one_line(content: Content) -> str:
    """Without empty lines, which would part pieces."""
    return SEAM.sub(" ", inline_plain(content.body)).strip()


def _find_starts(text: str, standing: Sequence[str]) -> list[int] | None:
    """Where in `text` each of the pieces begins; None where somebody changed the words at such a place."""
    for joint in ("", " "):
        both = merge(joint.join(standing), "\n\n".join(standing), text).text
        if both is None or letters_of(both) != letters_of(text):
            continue
        parts = SEAM.split(both.strip())
        if len(parts) == len(standing):
            starts, position = [], 0
            for part in parts:
                starts.append(position)
                count = len(letters_of(part))
                while position < len(text) and (count or text[position].isspace()):
                    count -= not text[position].isspace()
                    position += 1
            return starts
    return None


def _share_out(base: str, mine: str, starts: Sequence[int]) -> list[str] | None:
    """`mine` by the pieces of `base` that begin there; None where other words go across two of them."""
    ends = [*starts[1:], len(base)]
    written = [""] * len(starts)
    position = 0
    for chunk in merge(base, mine, base).chunks:
        end = position + len(chunk.base)
        first = _piece_at(position, ends)
        last = _piece_at(max(position, end - 1), ends)
        if not chunk.base and position in starts[1:]:
            first = last = first - 1  # put in at a border
        if first == last:
            written[first] += chunk.mine
        elif chunk.kind == "same":
            for piece in range(first, last + 1):
                begin = max(position, starts[piece])
                written[piece] += base[begin : min(end, ends[piece])]
        elif chunk.mine:
            return None
        position = end
    return written


def _piece_at(position: int, ends: Sequence[int]) -> int:
    for piece, end in enumerate(ends):
        if position < end:
            return piece
    return len(ends) - 1
