"""Long texts in little room: cut between letters, never between a letter and its marks, and told apart."""

from collections import defaultdict
from collections.abc import Sequence

from hearing_portal.thai.script import clusters

CUT = "…"
LETTERS_BEFORE = (
    4  # the difference between two texts, so that it is read as part of a word
)


def shorten(text: str, letters: int) -> str:
    """In one line; with "…" where something is left out."""
    found = clusters(" ".join(text.split()))
    if len(found) <= letters:
        return "".join(found)
    return "".join(found[:letters]) + CUT


def shorten_apart(texts: Sequence[str], letters: int) -> list[str]:
    """Each as shorten does it. Those that would look alike and are not have half of that from their beginning, and
    half from where they begin to differ: "ส่งหนังสือให้ผู้อำ…กลุ่มบริหารงานบุคคล"."""
    found = [clusters(" ".join(text.split())) for text in texts]
    shown = ["".join(each) for each in found]
    alike: defaultdict[tuple[str, ...], list[int]] = defaultdict(list)
    for position, each in enumerate(found):
        if len(each) > letters:
            shown[position] = "".join(each[:letters]) + CUT
        alike[tuple(each[:letters])].append(position)
    half = letters // 2
    for positions in alike.values():
        for position in positions:
            own = found[position]
            others = [found[other] for other in positions if found[other] != own]
            if len(own) <= letters or not others:
                continue
            # From where it differs from the one that goes on longest as it does
            start = max(_common(own, other) for other in others) - LETTERS_BEFORE
            tail = own[start : start + half]
            end = CUT if start + half < len(own) else ""
            shown[position] = "".join(own[:half]) + CUT + "".join(tail) + end
    return shown


def _common(one: Sequence[str], other: Sequence[str]) -> int:
    """How many letters both begin with."""
    for position, (letter, counterpart) in enumerate(zip(one, other, strict=False)):
        if letter != counterpart:
            return position
    return min(len(one), len(other))
