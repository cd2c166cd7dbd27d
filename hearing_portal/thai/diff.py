"""Differences between two wordings, word by word: what a redline, a mapped span and a merge stand on."""

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Literal, NamedTuple

from rapidfuzz.distance import Indel, Levenshtein

from hearing_portal.thai.script import PICTOGRAPH, SKIN_TONE
from hearing_portal.thai.words import tokenize

# Old x new tokens: Indel keeps one bit for each; over the limit Levenshtein, which needs little memory.
_CELLS = 400_000_000


class Op(NamedTuple):
    """One step from the old text to the new; starts and ends in code points."""

    tag: Literal["equal", "insert", "delete", "replace"]
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


class Segment(NamedTuple):
    """A stretch of a redline for a template. In `ins` and `del`, invisible characters are spelt out."""

    kind: Literal["equal", "ins", "del"]
    text: str


def diff_tokens(old: str, new: str) -> list[Op]:
    """The steps from `old` to `new` in order, covering both texts; equal and changed steps alternate."""
    old_tokens, new_tokens = tokenize(old), tokenize(new)
    old_at, new_at = _offsets(old_tokens), _offsets(new_tokens)
    return [
        Op(tag, old_at[i1], old_at[i2], new_at[j1], new_at[j2])
        for tag, i1, i2, j1, j2 in diff_sequences(old_tokens, new_tokens)
    ]


def diff_sequences(old: Sequence[str], new: Sequence[str]) -> list[Op]:
    """The same for any two lists of tokens; starts and ends count tokens.

    A deletion beside an insertion is one replacement.
    """
    numbers: dict[str, int] = {}
    old_ids = [numbers.setdefault(token, len(numbers)) for token in old]
    new_ids = [numbers.setdefault(token, len(numbers)) for token in new]
    metric = Indel if len(old) * len(new) <= _CELLS else Levenshtein
    ops: list[Op] = []
    for step in metric.opcodes(old_ids, new_ids):
        op = Op(step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end)
        if ops and (op.tag == "equal") == (ops[-1].tag == "equal"):
            op = _joined(ops.pop(), op)
        ops.append(op)
    return ops


def diff_fields(old: Sequence[tuple[str, str]], new: Sequence[tuple[str, str]]) -> list[FieldDiff]:
    """Every field of either side once, in the new order; a removed field stands behind its old predecessor.

    Names are unique on each side (content.fields gives them so); ValueError otherwise.
    """
    old_texts, new_texts = dict(old), dict(new)
    if len(old_texts) != len(old) or len(new_texts) != len(new):
        raise ValueError("a field name occurs twice")
    names = list(new_texts)
    for index, (name, _) in enumerate(old):
        if name not in new_texts:
            names.insert(names.index(old[index - 1][0]) + 1 if index else 0, name)
    pairs = [(name, old_texts.get(name, ""), new_texts.get(name, "")) for name in names]
    return [FieldDiff(name, diff_tokens(before, after), before, after) for name, before, after in pairs]


def map_span(ops: Sequence[Op], start: int, end: int) -> tuple[int, int, float] | None:
    """Where the old span [start, end) is in the new text, and the share of its code points that survived.

    The new span runs from the first survivor to the last, with what was put between. None when none survived.
    """
    if not 0 <= start < end:
        raise ValueError(f"no span: {start}..{end}")
    kept: list[tuple[int, int]] = []
    for op in ops:
        low, high = max(start, op.old_start), min(end, op.old_end)
        if op.tag == "equal" and low < high:
            kept.append((low - op.old_start + op.new_start, high - op.old_start + op.new_start))
    if not kept:
        return None
    survived = sum(high - low for low, high in kept) / (end - start)
    return kept[0][0], kept[-1][1], survived


def segments(ops: Sequence[Op], old: str, new: str) -> list[Segment]:
    """The redline: equal, deleted and inserted stretches in reading order (deleted before inserted)."""
    stretches: list[Segment] = []
    for op in ops:
        if op.tag == "equal":
            stretches.append(Segment("equal", new[op.new_start : op.new_end]))
            continue
        if op.old_start < op.old_end:
            stretches.append(Segment("del", _changed_text(old[op.old_start : op.old_end])))
        if op.new_start < op.new_end:
            stretches.append(Segment("ins", _changed_text(new[op.new_start : op.new_end])))
    return stretches


_EMOJI = f"[{PICTOGRAPH}][{SKIN_TONE}\ufe0f]*(?:\u200d[{PICTOGRAPH}][{SKIN_TONE}\ufe0f]*)*"
# Format characters, fillers, odd spaces, line separators, variation selectors, private use.
_INVISIBLE = re.compile(
    f"{_EMOJI}|(?P<invisible>["
    "\x00-\x08\x0b-\x1f\x7f-\xa0\u00ad\u034f\u061c\u115f\u1160\u1680\u17b4\u17b5\u180b-\u180f\u2000-\u200f"
    "\u2028-\u202f\u205f-\u206f\u3000\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\ufffe\uffff\U000e0000-\U000e0fff])"
)
_BLANK = str.maketrans({" ": "␣", "\t": "⇥", "\n": "↵\n"})


def show_invisible(text: str) -> str:
    """`text` with every invisible character spelt out, as ␣U+200B; plain spaces, line ends and emoji stay."""
    return _INVISIBLE.sub(_spelt_out, text)


def _spelt_out(found: re.Match[str]) -> str:
    return f"␣U+{ord(found.group()):04X}" if found["invisible"] else found.group()


def _changed_text(text: str) -> str:
    """The text of a change; when it is nothing but spaces and line ends, these are shown as signs."""
    shown = show_invisible(text)
    return shown.translate(_BLANK) if not text.strip() else shown


def _offsets(tokens: list[str]) -> list[int]:
    return [0, *accumulate(map(len, tokens))]


def _joined(first: Op, second: Op) -> Op:
    old_start, old_end, new_start, new_end = first.old_start, second.old_end, first.new_start, second.new_end
    if first.tag == "equal":
        tag = "equal"
    elif old_start == old_end:
        tag = "insert"
    else:
        tag = "delete" if new_start == new_end else "replace"
    return Op(tag, old_start, old_end, new_start, new_end)
