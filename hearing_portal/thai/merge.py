"""Three-way merge of two people's rewordings of one text, word by word (diff3)."""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from hearing_portal.thai.diff import diff_sequences
from hearing_portal.thai.words import tokenize


class Chunk(NamedTuple):
    """A stretch of the merge: what it was, and what each side made of it.

    `same`: neither changed it; `mine`, `theirs`: one did; `both`: both alike; `clash`: both, differently.
    """

    kind: Literal["same", "mine", "theirs", "both", "clash"]
    base: str
    mine: str
    theirs: str

    @property
    def text(self) -> str | None:
        """The merged wording; None for a clash."""
        if self.kind == "clash":
            return None
        return self.theirs if self.kind == "theirs" else self.mine


class Merged(NamedTuple):
    """`text` is None when there are clashes; the chunks, in order, cover all three texts."""

    text: str | None
    chunks: list[Chunk]
    clashes: list[Chunk]


def merge(base: str, mine: str, theirs: str, *, split: Callable[[str], list[str]] = tokenize) -> Merged:
    """Both sides' changes to `base` in one text; a clash only where both changed the same words differently.

    Symmetric in `mine` and `theirs`. Two insertions at one place clash unless equal; changes that only touch
    stand side by side. For stored inline bodies pass `split=words.tokenize_inline` and sanitise the result.
    """
    base_tokens = split(base)
    chunks: list[Chunk] = []
    position = 0
    for start, end, my_edits, their_edits in _regions(
        _edits(base_tokens, split(mine)), _edits(base_tokens, split(theirs))
    ):
        _add_same(chunks, base_tokens[position:start])
        chunks.append(_chunk(base_tokens, start, end, my_edits, their_edits))
        position = end
    _add_same(chunks, base_tokens[position:])
    clashes = [chunk for chunk in chunks if chunk.kind == "clash"]
    text = None if clashes else "".join(chunk.text or "" for chunk in chunks)
    return Merged(text, chunks, clashes)


class _Edit(NamedTuple):
    """Tokens [start, end) of the base become `tokens`; an insertion has start == end."""

    start: int
    end: int
    tokens: list[str]

    def meets(self, start: int, end: int) -> bool:
        """Whether both change a common token, or insert at a common place."""
        if self.start == self.end and start == end:
            return self.start == start
        return max(self.start, start) < min(self.end, end) or self._lies_inside(start, end)

    def _lies_inside(self, start: int, end: int) -> bool:
        return (self.start == self.end and start < self.start < end) or (start == end and self.start < start < self.end)


def _edits(base: list[str], changed: list[str]) -> list[_Edit]:
    steps = diff_sequences(base, changed)
    return [_Edit(op.old_start, op.old_end, changed[op.new_start : op.new_end]) for op in steps if op.tag != "equal"]


_Region = tuple[int, int, list[_Edit], list[_Edit]]


def _regions(mine: list[_Edit], theirs: list[_Edit]) -> Iterator[_Region]:
    """The changed regions of the base in order, each with the edits of either side that meet in it."""
    waiting = sorted([(edit, 0) for edit in mine] + [(edit, 1) for edit in theirs], key=lambda entry: entry[0][:2])
    region: _Region | None = None
    for edit, side in waiting:
        if region and edit.meets(region[0], region[1]):
            start, end, *sides = region
            end = max(end, edit.end)
        else:
            if region:
                yield region
            start, end, sides = edit.start, edit.end, [[], []]
        sides[side].append(edit)
        region = (start, end, sides[0], sides[1])
    if region:
        yield region


def _chunk(base: list[str], start: int, end: int, mine: list[_Edit], theirs: list[_Edit]) -> Chunk:
    before = "".join(base[start:end])
    my_text, their_text = _edited(base, start, end, mine), _edited(base, start, end, theirs)
    if not theirs:
        kind = "mine"
    elif not mine:
        kind = "theirs"
    else:
        kind = "both" if my_text == their_text else "clash"
    return Chunk(kind, before, my_text, their_text)


def _edited(base: list[str], start: int, end: int, edits: list[_Edit]) -> str:
    out: list[str] = []
    for edit in edits:
        out += base[start : edit.start] + edit.tokens
        start = edit.end
    return "".join(out + base[start:end])


def _add_same(chunks: list[Chunk], tokens: list[str]) -> None:
    if tokens:
        text = "".join(tokens)
        chunks.append(Chunk("same", text, text, text))
