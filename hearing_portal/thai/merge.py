"""Merge of several people's rewordings of one text, word by word (diff3)."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from hearing_portal.thai.diff import diff_sequences
from hearing_portal.thai.words import tokenize

ChunkKind = Literal["same", "mine", "theirs", "both", "clash"]
MINE, THEIRS = 0, 1  # the sides of a merge of two


class MergeChunk(NamedTuple):
    """A stretch of the merge: what it was, and what each side made of it.

    `same`: neither changed it; `mine`, `theirs`: one did; `both`: both alike; `clash`: both, differently.
    """

    kind: ChunkKind
    base: str
    mine: str
    theirs: str

    @property
    def text(self) -> str | None:
        """The merged wording; None for a clash."""
        match self.kind:
            case "clash":
                return None
            case "theirs":
                return self.theirs
            case _:
                return self.mine


class Merged(NamedTuple):
    """`text` is None when there are clashes; the chunks, in order, cover all three texts."""

    text: str | None
    chunks: list[MergeChunk]
    clashes: list[MergeChunk]


def merge(
    base: str,
    mine: str,
    theirs: str,
    *,
    split: Callable[[str], list[str]] = tokenize,
) -> Merged:
    """Both sides' changes to `base` in one text; a clash only where both changed the same words differently.

    Symmetric in `mine` and `theirs`. Changes of words that touch, or of a number and its unit, clash unless equal: side
    by side they would say what neither side wrote ("๗ วัน" and "๗ วันทำการนับแต่วันรับ" of "๗ วันทำการ"). For stored
    inline bodies pass `split=words.tokenize_inline` and sanitise the result; formatting goes with any words.
    """
    base_tokens = split(base)
    edits = _edits(base_tokens, split(mine), MINE)
    edits += _edits(base_tokens, split(theirs), THEIRS)
    chunks: list[MergeChunk] = []
    position = 0  # how far the base is covered
    for region in _regions(base_tokens, edits):
        _add_same(chunks, base_tokens[position : region.start])
        chunks.append(_merge_region(base_tokens, region))
        position = region.end
    _add_same(chunks, base_tokens[position:])
    clashes = [chunk for chunk in chunks if chunk.kind == "clash"]
    if clashes:
        return Merged(None, chunks, clashes)
    text = "".join(chunk.text or "" for chunk in chunks)
    return Merged(text, chunks, clashes)


class Variant(NamedTuple):
    """What some of the sides made of a stretch, all of them alike. Sides are counted from 0."""

    text: str
    sides: tuple[int, ...]


class CombinedChunk(NamedTuple):
    """A stretch of the base from one token to another, with what the sides that changed it made of it: no variant where
    none did, several where they clash."""

    start: int
    end: int
    base: str
    variants: tuple[Variant, ...] = ()


def combine(
    base: str,
    versions: Sequence[str],
    *,
    split: Callable[[str], list[str]] = tokenize,
) -> list[CombinedChunk]:
    """All versions' changes to `base`, by the rules of `merge`; the chunks, in order, cover the base."""
    base_tokens = split(base)
    edits: list[_Edit] = []
    for side, version in enumerate(versions):
        edits += _edits(base_tokens, split(version), side)
    chunks: list[CombinedChunk] = []
    position = 0
    for region in _regions(base_tokens, edits):
        if position < region.start:
            chunks.append(_unchanged(base_tokens, position, region.start))
        chunks.append(_combine_region(base_tokens, region))
        position = region.end
    if position < len(base_tokens):
        chunks.append(_unchanged(base_tokens, position, len(base_tokens)))
    return chunks


def _unchanged(base: list[str], start: int, end: int) -> CombinedChunk:
    return CombinedChunk(start, end, "".join(base[start:end]))


def _combine_region(base: list[str], region: "_Region") -> CombinedChunk:
    sides_of: dict[str, list[int]] = {}
    for side in sorted(region.edits):
        text = _apply_edits(base, region, region.edits[side])
        sides_of.setdefault(text, []).append(side)
    variants = [Variant(text, tuple(sides)) for text, sides in sides_of.items()]
    before = "".join(base[region.start : region.end])
    return CombinedChunk(region.start, region.end, before, tuple(variants))


def _add_same(chunks: list[MergeChunk], tokens: list[str]) -> None:
    if tokens:
        text = "".join(tokens)
        chunks.append(MergeChunk("same", text, text, text))


class _Edit(NamedTuple):
    """Tokens [start, end) of the base become `tokens`; an insertion has start == end."""

    start: int
    end: int
    tokens: list[str]
    side: int


def _touch(base: list[str], first: _Edit, second: _Edit) -> bool:
    """Whether two edits of words, in order, have nothing between them that tells them apart."""
    if _is_formatting(base, first) or _is_formatting(base, second):
        return False
    between = base[first.end : second.start]
    if not between:
        return True
    number_or_unit = [
        *base[first.start : first.end][-1:],
        *base[second.start : second.end][:1],
    ]
    return "".join(between).isspace() and any(
        token[0].isdecimal() for token in number_or_unit
    )


def _is_formatting(base: list[str], edit: _Edit) -> bool:
    tokens = base[edit.start : edit.end] + edit.tokens
    return all(token.startswith("<") and len(token) > 1 for token in tokens)


@dataclass(slots=True)
class _Region:
    """Tokens [start, end) of the base, with the edits of each side that meet in them."""

    start: int
    end: int
    edits: dict[int, list[_Edit]] = field(default_factory=dict)

    def meets(self, edit: _Edit, base: list[str]) -> bool:
        """Whether both change a common token, insert at the same point, or change what belongs together."""
        if self._overlaps(edit):
            return True
        for side, others in self.edits.items():
            if side != edit.side and any(_touch(base, each, edit) for each in others):
                return True
        return False

    def _overlaps(self, edit: _Edit) -> bool:
        if self.start == self.end and edit.start == edit.end:
            return self.start == edit.start
        # An insertion meets a change only inside it: at its border the two stand side by side
        if self.start == self.end:
            return edit.start < self.start < edit.end
        if edit.start == edit.end:
            return self.start < edit.start < self.end
        return max(self.start, edit.start) < min(self.end, edit.end)


def _edits(base: list[str], changed: list[str], side: int) -> list[_Edit]:
    edits: list[_Edit] = []
    for op in diff_sequences(base, changed):
        if op.tag != "equal":
            tokens = changed[op.new_start : op.new_end]
            edits.append(_Edit(op.old_start, op.old_end, tokens, side))
    return edits


def _regions(base: list[str], edits: list[_Edit]) -> Iterator[_Region]:
    """The changed regions of the base in order."""
    in_order = sorted(edits, key=lambda edit: (edit.start, edit.end))
    region: _Region | None = None
    for edit in in_order:
        if region and region.meets(edit, base):
            region.end = max(region.end, edit.end)
        else:
            if region:
                yield region
            region = _Region(edit.start, edit.end)
        region.edits.setdefault(edit.side, []).append(edit)
    if region:
        yield region


def _merge_region(base: list[str], region: _Region) -> MergeChunk:
    before = "".join(base[region.start : region.end])
    mine = region.edits.get(MINE, [])
    theirs = region.edits.get(THEIRS, [])
    my_text = _apply_edits(base, region, mine)
    their_text = _apply_edits(base, region, theirs)
    kind: ChunkKind
    if not theirs:
        kind = "mine"
    elif not mine:
        kind = "theirs"
    elif my_text == their_text:
        kind = "both"
    else:
        kind = "clash"
    return MergeChunk(kind, before, my_text, their_text)


def _apply_edits(base: list[str], region: _Region, edits: list[_Edit]) -> str:
    """What one side made of the region."""
    tokens: list[str] = []
    position = region.start
    for edit in edits:
        tokens += base[position : edit.start]
        tokens += edit.tokens
        position = edit.end
    tokens += base[position : region.end]
    return "".join(tokens)
