"""What a printed page has beside its text: page numbers, and heads that every page repeats. Never clauses."""

import re
from collections import Counter
from collections.abc import Sequence

from ..source import LeftOut, SourceDocument, SourceLine
from .part_headings import read_part_heading

NUMBER_REASON = "เลขหน้า"
HEAD_REASON = "หัวหรือท้ายหน้ากระดาษ"
EMPTY_REASON = "ขีดแทนช่องว่าง"
FARTHEST = 2  # lines between a page's number and its head
LONGEST_HEAD = 150
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:หน้า(?:ที่)?|page)?\s*[\d๐-๙]{1,4}(?:\s*(?:/|จาก|of)\s*[\d๐-๙]{1,4})?[-–—\s]*",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"[\d๐-๙\s]+")


def leave_out_furniture(document: SourceDocument) -> None:
    """Takes page numbers, and the lines beside them that come again, out of the lines; each is told in `left_out`."""
    lines = document.lines
    reasons: dict[int, str] = {}
    for number, line in enumerate(lines):
        if line.kind != "text" or line.label is not None:
            continue
        if _PAGE_NUMBER.fullmatch(line.text) and line.words:
            reasons[number] = NUMBER_REASON
        elif line.words and not any(letter.isalnum() for letter in line.words):
            reasons[number] = EMPTY_REASON
    beside = _beside_borders(lines, reasons)
    times = Counter(_head_form(lines[number]) for number in beside)
    for number in beside:
        form = _head_form(lines[number])
        if form and times[form] > 1 and number not in reasons:
            reasons[number] = HEAD_REASON
    kept = []
    for number, line in enumerate(lines):
        if number in reasons:
            left = LeftOut(line.place, line.words, reasons[number])
            document.left_out.append(left)
            continue
        neighbours = (reasons.get(number - 1), reasons.get(number + 1))
        if NUMBER_REASON in neighbours:
            _doubt_lone_head(line)
        kept.append(line)
    document.lines = kept


def _doubt_lone_head(line: SourceLine) -> None:
    """A short line beside a page number that comes only once may be a head or a sentence."""
    is_short = len(line.words) <= LONGEST_HEAD and not line.label
    if is_short and line.text[:1] not in " \t" and not _begins_an_item(line.text):
        line.doubts.append("อยู่ติดเลขหน้า อาจเป็นหัวหรือท้ายหน้ากระดาษ")


def _begins_an_item(text: str) -> bool:
    return bool(re.match(r"\s*[(\d๐-๙•-]|.*\|", text)) or read_part_heading(text) > 0


def _beside_borders(lines: Sequence[SourceLine], reasons: dict[int, str]) -> list[int]:
    """The lines near a page number, or at the top or foot of a page."""
    beside: dict[int, None] = {}
    numbers = [at for at, reason in reasons.items() if reason == NUMBER_REASON]
    for at in numbers:
        for distance in range(1, FARTHEST + 1):
            for number in (at - distance, at + distance):
                if 0 <= number < len(lines):
                    beside[number] = None
    for number, line in enumerate(lines):
        is_first = number == 0 or lines[number - 1].page != line.page
        is_last = number + 1 == len(lines) or lines[number + 1].page != line.page
        if line.page and (is_first or is_last):
            beside[number] = None
    return sorted(number for number in beside if lines[number].kind == "text")


def _head_form(line: SourceLine) -> str:
    """As it comes again with another number; "" for what is no head."""
    if len(line.words) > LONGEST_HEAD or "|" in line.text:
        return ""
    return _DIGITS.sub("", line.words)
