"""Quoted words found again in another wording: whole words alone, since "1" is not said by "15", nor ครู by ครูผู้ช่วย."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from hearing_portal.thai.diff import Op
from hearing_portal.thai.words import tokenize

_DIGIT = "0-9๐-๙０-９"
# Cut nowhere: a sign before a number, its separators, a fraction or a percent sign behind it
_NUMBER = re.compile(
    rf"(?:(?<![^\s(])[-\u2212\u2013+±])?(?:[{_DIGIT}]+|[½¼¾])"
    rf"(?:[.,:/xX×\u2013-][{_DIGIT}]+)*[½¼¾]?%?"
)
# With the word that follows at once they are another word or say the opposite: รองผู้อำนวยการ, ไม่ส่ง
_BINDING = frozenset(
    [
        *["รอง", "ผู้ช่วย", "ไม่", "ไม่ได้", "ไม่ให้", "มิ", "มิได้", "มิให้"],
        *["ห้าม", "ห้ามมิให้", "อย่า", "งด", "เว้น", "ยกเว้น"],
    ]
)
_THAI_LETTER = re.compile("[\u0e01-\u0e4e]")


class Quote(NamedTuple):
    """A stretch of a text, [start, end) in code points."""

    start: int
    end: int


@lru_cache(maxsize=64)
def _word_borders(text: str) -> frozenset[int]:
    borders = {0}
    position = 0
    for word, following in pairwise([*tokenize(text), ""]):
        position += len(word)
        if not (word in _BINDING and _THAI_LETTER.match(following)):
            borders.add(position)
    for number in _NUMBER.finditer(text):
        borders.difference_update(range(number.start() + 1, number.end()))
    return frozenset(borders)


def stands_whole(text: str, start: int, end: int) -> bool:
    """Whether [start, end) begins and ends where words of the text do."""
    borders = _word_borders(text)
    return start in borders and end in borders


def whole_words(text: str, start: int, end: int) -> Quote:
    """The stretch with the rest of the words at its ends, when somebody marked half a word."""
    borders = _word_borders(text)
    while start not in borders:
        start -= 1
    while end not in borders:
        end += 1
    return Quote(start, end)


def find_whole(words: str, text: str) -> list[Quote]:
    """Every place where the text says `words` as whole words, overlapping ones too; none for no words."""
    found: list[Quote] = []
    if not words:
        return found
    start = text.find(words)
    while start >= 0:
        end = start + len(words)
        if stands_whole(text, start, end):
            found.append(Quote(start, end))
        start = text.find(words, start + 1)
    return found


def largest_part(old: str, here: Quote, new: str) -> tuple[Quote, Quote] | None:
    """The longest part of a stretch of the old text that the new one says word for word, in whole words of both: where
    it stood, and where it stands. None when they share no word."""
    quoted = old[here.start : here.end]
    run = SequenceMatcher(None, quoted, new, autojunk=False).find_longest_match()
    before = here.start + run.a
    cuts = []
    for length in range(run.size + 1):
        if before + length in _word_borders(old) and run.b + length in _word_borders(
            new
        ):
            cuts.append(length)
    if not cuts or cuts[0] == cuts[-1]:
        return None
    first, last = cuts[0], cuts[-1]
    stood = Quote(before + first, before + last)
    return stood, Quote(run.b + first, run.b + last)


def map_reworded(ops: Sequence[Op], start: int, end: int) -> Quote | None:
    """What stands in the new text in the place of the old [start, end): its survivors, with the words that replaced
    the others and what was put between. None when it was deleted without any words in its place."""
    new_start = -1
    new_end = -1
    for op in ops:
        low = max(start, op.old_start)
        high = min(end, op.old_end)
        if op.tag in ("delete", "insert") or low >= high:
            continue
        first, last = op.new_start, op.new_end
        if op.tag == "equal":
            first, last = (place + op.new_start - op.old_start for place in (low, high))
        if new_start < 0:
            new_start = first
        new_end = last
    return None if new_start < 0 else Quote(new_start, new_end)


def pair_by_context(
    old: str, old_places: Sequence[Quote], new: str, new_places: Sequence[Quote]
) -> dict[Quote, Quote]:
    """{old place: new place} of a quote that stands several times, as far as the words around it leave no doubt: on
    neither side does any other old place fit the new one as well, and on one side this one fits it better."""
    pairs: dict[Quote, Quote] = {}
    for there in new_places:
        fits = {here: _shared_context(old, here, new, there) for here in old_places}
        for here, (before, after) in fits.items():
            others = [fit for place, fit in fits.items() if place != here]
            if all(
                before >= other[0] and after >= other[1] and (before, after) != other
                for other in others
            ):
                if here in pairs:
                    return {}  # two places say that they were this one
                pairs[here] = there
    return pairs


def keeps_context(
    old: str, here: Quote, new: str, there: Quote, *, rest_stands: bool
) -> bool:
    """Whether the words beside a stretch of the old text stand beside it in the new one: one of them, of a number the
    one that follows, its unit or month. Nothing at all beside it is no other word, where the rest stands, be it in
    another text."""
    before, after = _shared_context(old, here, new, there)
    starts = not _words(new[: there.start])
    ends = not _words(new[there.end :])
    if starts and ends:
        return True
    if _NUMBER.fullmatch(old[here.start : here.end].strip()):
        return after > 0 or (ends and (before > 0 or rest_stands))
    return before > 0 or after > 0 or (rest_stands and (starts or ends))


def with_new_neighbours(ops: Sequence[Op], place: Quote, new: str) -> Quote:
    """The stretch of the new text with what came directly beside it."""
    start, end = place
    for op in ops:
        if op.tag not in ("replace", "insert"):
            continue
        if op.new_end <= place.start and not new[op.new_end : place.start].strip():
            start = op.new_start
        if op.new_start >= place.end and not new[place.end : op.new_start].strip():
            end = op.new_end
    return Quote(start, end)


def _shared_context(old: str, here: Quote, new: str, there: Quote) -> tuple[int, int]:
    """How many words before and behind are the same, spaces aside."""
    before = _count_same(
        _words(old[: here.start])[::-1], _words(new[: there.start])[::-1]
    )
    after = _count_same(_words(old[here.end :]), _words(new[there.end :]))
    return before, after


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in tokenize(text) if word.strip())


def _count_same(first: Sequence[str], second: Sequence[str]) -> int:
    count = 0
    for one, other in zip(first, second, strict=False):
        if one != other:
            break
        count += 1
    return count
