"""What the end of a line must not part: terms of the offices, a number with what it counts.

libthai breaks a line at every word of its dictionary, which knows "การ" and "ศึกษา" but not "การศึกษา". The terms stand
in line_ends.txt. The printer asks for `kept_spans`, whoever must know how many lines a text takes for `line_units`.
"""

import re
from functools import cache, lru_cache
from pathlib import Path

from .numbering import COUNTED, MONTHS
from .words import tokenize

# Letters of a stretch that is kept whole: the narrowest cell has room for them
LONGEST = 12
MARKS = "ัิีึืฺุู็่้๊๋์ํ๎"
# Signs that end what stands before them, and signs that what follows belongs to
NEVER_FIRST = frozenset(")]}>”’\"'.,:;!?%ๆฯะาำๅ/-–—…" + MARKS)
NEVER_LAST = frozenset("([{<“‘\"'./-–—เแโใไ")
_TERMS = Path(__file__).with_name("line_ends.txt")
_NUMBER = r"[0-9๐-๙][0-9๐-๙,./:-]*"
_TOGETHER = (
    rf"(?:ปี )?พ\.ศ\. ?{_NUMBER}",
    rf"{_NUMBER} ?(?:{'|'.join(MONTHS)})(?: {_NUMBER})?",
    # Whatever follows without a space: "๓ วันทำการนับแต่วันที่รับ"
    rf"{_NUMBER} ?(?:{COUNTED})",
    rf"{_NUMBER} [A-Za-z%]+",
    rf"[A-Za-z]+ {_NUMBER}",
    rf"ไปลำดับที่ {_NUMBER}",
    rf"(?:มาตรา|ข้อ|ร้อยละ|ลำดับที่|ลำดับ|ครั้งที่|ส่วนที่|กระบวนงาน|ปี|เลขที่) ?{_NUMBER}",
    rf"\(?ฉบับที่ {_NUMBER}\)?",
    rf"(?:แบบ|แบบที่) (?:[ก-ฮ]{{1,4}}\. ?)?{_NUMBER}",
    rf"(?:[ก-ฮ]{{2,4}}\.|(?:[ก-ฮ]\.){{2,}}) ?{_NUMBER}",  # a form's code: ตสน. ๓
    r"[\u0e01-\u0e4e][ \u00a0]+ๆ",  # the sign of repetition with the end of its word
)


@cache
def kept_terms() -> tuple[str, ...]:
    """The terms of line_ends.txt, the longest first."""
    terms = []
    for line in _TERMS.read_text(encoding="utf-8").splitlines():
        term = line.strip()
        if term and not term.startswith("#"):
            terms.append(term)
    return tuple(sorted(terms, key=lambda term: (-len(term), term)))


@cache
def _kept() -> re.Pattern[str]:
    """One alternative for each first letter: a thousand alternatives at every letter would take too long."""
    by_first_letter: dict[str, list[str]] = {}
    for term in kept_terms():
        by_first_letter.setdefault(term[0], []).append(re.escape(term[1:]))
    alternatives = [*_TOGETHER]
    for letter, rests in by_first_letter.items():
        alternatives.append(f"{re.escape(letter)}(?:{'|'.join(rests)})")
    return re.compile(f"(?=({'|'.join(alternatives)}))")


@lru_cache(maxsize=4096)
def kept_spans(text: str) -> tuple[tuple[int, int], ...]:
    """(start, end) of every stretch inside which no line may end, in order and apart from each other.

    Terms that overlap ("ทุกวัน" and "วันทำการ" in ทุกวันทำการ) make one stretch while that is no longer than a line of a
    narrow cell; else the first of them is kept, and what the second has more.
    """
    spans: list[tuple[int, int]] = []
    for found in _kept().finditer(text):
        start, end = found.span(1)
        if not spans or start >= spans[-1][1]:
            spans.append((start, end))
            continue
        first, first_end = spans[-1]
        if end <= first_end:
            continue
        # How many letters stand side by side: marks above and below take no room
        letters = sum(letter not in MARKS for letter in text[first:end])
        if letters <= LONGEST:
            spans[-1] = (first, end)
        else:
            rest = text[first_end:end].lstrip()
            spans.append((end - len(rest), end))
    return tuple(spans)


def line_units(text: str) -> list[str]:
    """The text in pieces between which a line may end, spaces among them: joined they are the text again."""
    tokens = []
    end = 0
    for start, kept_end in kept_spans(text):
        tokens += tokenize(text[end:start])
        tokens.append(text[start:kept_end])
        end = kept_end
    tokens += tokenize(text[end:])
    units: list[str] = []
    for token in tokens:
        if units and not _may_part(units[-1][-1], token[0]):
            units[-1] += token
        else:
            units.append(token)
    return units


def _may_part(before: str, behind: str) -> bool:
    """Whether a line may end between two letters at which a token ends: not inside a code or an address, nor before a
    closing sign or behind an opening one."""
    if before.isspace() or behind.isspace():
        return before.isspace() != behind.isspace()
    if behind in NEVER_FIRST or before in NEVER_LAST:
        return False
    return _is_thai(before) or _is_thai(behind)


def _is_thai(letter: str) -> bool:
    """A letter or mark; digits stand in codes as well."""
    return "ก" <= letter <= "๎"
