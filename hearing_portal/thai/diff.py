"""Differences between two wordings, word by word: what a redline, a mapped span and a merge stand on."""

import re
from collections.abc import Sequence
from itertools import accumulate, pairwise
from typing import Literal, NamedTuple, cast

from rapidfuzz.distance import Indel, Levenshtein

from hearing_portal.thai.numbering import Digits, arabic_digits, display_pieces
from hearing_portal.thai.script import PICTOGRAPH, SKIN_TONE
from hearing_portal.thai.words import tokenize_both

# Old x new tokens: Indel keeps one bit for each; over the limit Levenshtein, which needs little memory.
_CELLS = 400_000_000


OpTag = Literal["equal", "insert", "delete", "replace"]


class Op(NamedTuple):
    """One step from the old text to the new; starts and ends in code points."""

    tag: OpTag
    old_start: int
    old_end: int
    new_start: int
    new_end: int


class FieldDiff(NamedTuple):
    """The difference of one named field; a field that one side lacks is empty text there."""

    name: str
    ops: list[Op]
    old: str
    new: str

    @property
    def is_changed(self) -> bool:
        return self.old != self.new


type SegmentKind = Literal["equal", "ins", "del"]


class Segment(NamedTuple):
    """A stretch of a redline for a template. In `ins` and `del`, invisible characters are spelt out."""

    kind: SegmentKind
    text: str


def diff_tokens(old: str, new: str) -> list[Op]:
    """The steps from `old` to `new` in order, covering both texts; equal and changed steps alternate."""
    old_tokens, new_tokens = tokenize_both(old, new)
    old_offsets = _offsets(old_tokens)
    new_offsets = _offsets(new_tokens)
    ops: list[Op] = []
    for tag, old_start, old_end, new_start, new_end in diff_sequences(
        old_tokens, new_tokens
    ):
        op = Op(
            tag,
            old_offsets[old_start],
            old_offsets[old_end],
            new_offsets[new_start],
            new_offsets[new_end],
        )
        ops.append(op)
    return ops


def _offsets(tokens: list[str]) -> list[int]:
    """Where each token begins, in code points, and at last where the text ends."""
    return list(accumulate(map(len, tokens), initial=0))


def diff_sequences(old: Sequence[str], new: Sequence[str]) -> list[Op]:
    """The same for any two lists of tokens; starts and ends count tokens.

    A deletion beside an insertion is one replacement.
    """
    # rapidfuzz compares numbers, not words: equal tokens get equal numbers
    numbers: dict[str, int] = {}
    old_numbers = [numbers.setdefault(token, len(numbers)) for token in old]
    new_numbers = [numbers.setdefault(token, len(numbers)) for token in new]
    if len(old) * len(new) <= _CELLS:
        steps = Indel.opcodes(old_numbers, new_numbers)
    else:
        steps = Levenshtein.opcodes(old_numbers, new_numbers)
    ops: list[Op] = []
    for step in steps:
        tag = cast(OpTag, step.tag)  # rapidfuzz says only that it is a str
        op = Op(
            tag,
            step.src_start,
            step.src_end,
            step.dest_start,
            step.dest_end,
        )
        if ops and (op.tag == "equal") == (ops[-1].tag == "equal"):
            op = _join(ops.pop(), op)
        ops.append(op)
    return ops


def _join(first: Op, second: Op) -> Op:
    """Two neighbours as one step."""
    tag: OpTag
    if first.tag == "equal":
        tag = "equal"
    elif first.old_start == second.old_end:
        tag = "insert"
    elif first.new_start == second.new_end:
        tag = "delete"
    else:
        tag = "replace"
    return Op(
        tag,
        first.old_start,
        second.old_end,
        first.new_start,
        second.new_end,
    )


type NamedTexts = Sequence[tuple[str, str]]


def diff_fields(old: NamedTexts, new: NamedTexts) -> list[FieldDiff]:
    """Every field of either side once, in the new order; a removed field stands behind its old predecessor.

    Names are unique on each side (content.fields gives them so); ValueError otherwise.
    """
    old_texts = dict(old)
    new_texts = dict(new)
    if len(old_texts) != len(old) or len(new_texts) != len(new):
        raise ValueError("a field name occurs twice")
    names = list(new_texts)
    position = 0  # behind the old field before
    for name in old_texts:
        if name not in new_texts:
            names.insert(position, name)
        position = names.index(name) + 1
    fields: list[FieldDiff] = []
    for name in names:
        old_text = old_texts.get(name, "")
        new_text = new_texts.get(name, "")
        ops = diff_tokens(old_text, new_text)
        fields.append(FieldDiff(name, ops, old_text, new_text))
    return fields


class MappedSpan(NamedTuple):
    """Where a span is in the new text, and the share of its code points that survived (0 to 1)."""

    start: int
    end: int
    survived: float


def map_span(ops: Sequence[Op], start: int, end: int) -> MappedSpan | None:
    """Where the old span [start, end) of code points is in the new text.

    The new span runs from the first survivor to the last, with what was put between. None when none survived.
    """
    if not 0 <= start < end:
        raise ValueError(f"no span: {start}..{end}")
    new_start = -1
    new_end = -1
    survivors = 0
    for op in ops:
        low = max(start, op.old_start)
        high = min(end, op.old_end)
        if op.tag == "equal" and low < high:
            shift = op.new_start - op.old_start
            if not survivors:
                new_start = low + shift
            new_end = high + shift
            survivors += high - low
    if not survivors:
        return None
    return MappedSpan(new_start, new_end, survivors / (end - start))


def segments(ops: Sequence[Op], old: str, new: str) -> list[Segment]:
    """The redline: equal, deleted and inserted stretches in reading order (deleted before inserted)."""
    stretches: list[Segment] = []
    for op in ops:
        if op.tag == "equal":
            kept = new[op.new_start : op.new_end]
            stretches.append(Segment("equal", kept))
            continue
        if op.tag != "insert":
            removed = old[op.old_start : op.old_end]
            stretches.append(Segment("del", _show_change(removed)))
        if op.tag != "delete":
            inserted = new[op.new_start : op.new_end]
            stretches.append(Segment("ins", _show_change(inserted)))
    return stretches


_BLANK_SIGNS = str.maketrans({" ": "␣", "\t": "⇥", "\n": "↵\n"})


def _show_change(text: str) -> str:
    """The text of a change; when it is nothing but spaces and line ends, these are shown as signs."""
    shown = show_invisible(text)
    if not text.strip():
        return shown.translate(_BLANK_SIGNS)
    return shown


# The joiners and selectors inside an emoji are part of it
_EMOJI = (
    f"[{PICTOGRAPH}][{SKIN_TONE}\ufe0f]*(?:\u200d[{PICTOGRAPH}][{SKIN_TONE}\ufe0f]*)*"
)
# Format characters, fillers, odd spaces, line separators, variation selectors, private use.
_INVISIBLE = re.compile(
    f"{_EMOJI}|(?P<invisible>["
    "\x00-\x08\x0b-\x1f\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e0fff])"
)


def show_invisible(text: str) -> str:
    """`text` with every invisible character spelt out, as ␣U+200B; plain spaces, line ends and emoji stay."""
    return _INVISIBLE.sub(_spell_out, text)


def _spell_out(found: re.Match[str]) -> str:
    character = found["invisible"]
    if character is None:  # an emoji
        return found.group()
    return f"␣U+{ord(character):04X}"


class ShownStretch(NamedTuple):
    """A stretch of a redline as it is shown; `keeps_digits` where the style of its digits is what changed."""

    kind: SegmentKind
    text: str
    keeps_digits: bool = False


def shown_segments(redline: Sequence[Segment], style: Digits) -> list[ShownStretch]:
    """A redline in the reader's digits, each wording as a whole: "9001" behind an unchanged "ISO " keeps its own. Where
    only the digits changed, both are shown as they are."""
    shown = [""] * len(redline)
    for left_out in ("ins", "del"):
        side = [at for at, each in enumerate(redline) if each.kind != left_out]
        texts = display_pieces([redline[at].text for at in side], style)
        for at, text in zip(side, texts, strict=True):
            shown[at] = text
    stretches = []
    for segment, text in zip(redline, shown, strict=True):
        stretches.append(ShownStretch(segment.kind, text))
    for at, (before, after) in enumerate(pairwise(redline)):
        is_replaced = (before.kind, after.kind) == ("del", "ins")
        if is_replaced and shown[at] == shown[at + 1]:
            stretches[at] = ShownStretch("del", before.text, keeps_digits=True)
            stretches[at + 1] = ShownStretch("ins", after.text, keeps_digits=True)
    return stretches


DIGITS_ALONE = "เฉพาะรูปแบบเลข"


def differ_in_digits_alone(redline: Sequence[Segment]) -> bool:
    """The words are the same, and ๑๕ is written 15 or the other way round."""
    before = "".join(each.text for each in redline if each.kind != "ins")
    after = "".join(each.text for each in redline if each.kind != "del")
    return before != after and arabic_digits(before) == arabic_digits(after)
