"""What a printed page has beside its text: page numbers, and heads that every page repeats. Never clauses."""

import re
from collections import Counter
from collections.abc import Sequence

from hearing_portal.thai.numbering import arabic_digits

from ..source import LeftOut, SourceDocument, SourceLine
from .page_numbers import find_page_numbers, is_lone_number
from .part_headings import read_part_heading

NUMBER_REASON = "เลขหน้า"
HEAD_REASON = "หัวหรือท้ายหน้ากระดาษ"
EMPTY_REASON = "ขีดแทนช่องว่าง"
FARTHEST = 2  # lines between a page's number and its head
LONGEST_HEAD = 150
LONGEST_FOOT = 4  # lines at the foot of a page in which a note may stand
_FOOTNOTE = re.compile(
    r"\s*(?:[\d๐-๙]{1,2}\s+|[¹²³⁰-⁹]+\s*|\*+\s*)(?=[\u0e01-\u0e4eA-Za-z“])"
)
_NUMBERED = re.compile(r"\s*\(?[\d๐-๙][.)]")
_DIGITS = re.compile(r"[\d๐-๙\s]+")
_OF = r"(?P<number>[\d๐-๙]{1,3})(?:\s*(?:/|จาก|of)\s*[\d๐-๙]{1,3})?"
# A head with the number of its page; "ล่วงหน้า ๓" is another word
_WITH_PAGE = (
    re.compile(rf"(?P<head>.+?)[\s–—-]+(?:หน้า(?:ที่)?|page)\s*{_OF}", re.IGNORECASE),
    re.compile(rf"(?:หน้า(?:ที่)?|page)\s*{_OF}[\s–—-]+(?P<head>.+)", re.IGNORECASE),
)
_WITH_NUMBER = (
    re.compile(rf"(?P<head>[^\d๐-๙]+?)[\s–—-]+{_OF}"),
    re.compile(rf"{_OF}[\s–—-]+(?P<head>[^\d๐-๙.)]+)"),
)
_OF_A_BOOK = "คู่มือ"  # what the head of a manual's pages begins with
PERHAPS_HEAD = "ลงท้ายหรือขึ้นต้นด้วยเลข อาจเป็นหัวหรือท้ายหน้ากระดาษ โปรดเว้นไว้หากใช่"


def leave_out_furniture(document: SourceDocument) -> None:
    """Takes page numbers, and the lines beside them that come again, out of the lines; each is told in `left_out`."""
    lines = document.lines
    reasons = dict.fromkeys(find_page_numbers(lines), NUMBER_REASON)
    for number, line in enumerate(lines):
        if line.kind != "text" or line.label is not None or is_lone_number(line.words):
            continue
        if line.words and not any(letter.isalnum() for letter in line.words):
            reasons[number] = EMPTY_REASON
    beside = _beside_borders(lines, reasons)
    times = Counter(_head_form(lines[number]) for number in beside)
    rests = _rests_within_pages(lines, beside)
    for number in beside:
        form = _head_form(lines[number])
        is_rest = _goes_on(lines, number) and form in rests
        if form and times[form] > 1 and number not in reasons and not is_rest:
            reasons[number] = HEAD_REASON
    for number in _running_heads(lines):
        reasons.setdefault(number, HEAD_REASON)
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
    _doubt_footnotes(kept)
    document.lines = kept


def _running_heads(lines: Sequence[SourceLine]) -> list[int]:
    """Lines that are equal but for the number of their page, wherever pages end; one that only may be one is
    doubted."""
    whole = {_squeeze(line.words) for line in lines}
    by_head: dict[str, list[int]] = {}
    numbers: dict[int, str] = {}
    named: set[int] = set()  # those that say it is a page's
    for at, line in enumerate(lines):
        for patterns, is_named in ((_WITH_PAGE, True), (_WITH_NUMBER, False)):
            match = _match_head(line, patterns)
            if match is not None and at not in numbers:
                by_head.setdefault(_squeeze(match["head"]), []).append(at)
                numbers[at] = arabic_digits(match["number"])
                named |= {at} if is_named else set()
    found = []
    for head, places in by_head.items():
        has_name = any(at in named for at in places)
        comes_again = len({numbers[at] for at in places}) > 1
        is_head = head in whole or head.startswith(_OF_A_BOOK)
        # What only ever stands behind a full line may be the end of a sentence
        is_rest = all(_goes_on(lines, at) for at in places)
        if comes_again and has_name and not is_rest:
            found += places
        elif is_head and (has_name or comes_again):
            for at in places:
                lines[at].doubts.append(PERHAPS_HEAD)
    return found


def _match_head(
    line: SourceLine, patterns: Sequence[re.Pattern[str]]
) -> re.Match[str] | None:
    is_long = len(line.words) > LONGEST_HEAD
    if line.kind != "text" or line.label is not None or is_long or "|" in line.text:
        return None
    if _NUMBERED.match(line.text) or read_part_heading(line.words):
        return None
    matches = (pattern.fullmatch(line.words) for pattern in patterns)
    return next((match for match in matches if match is not None), None)


def _squeeze(words: str) -> str:
    return re.sub(r"\s+", "", words)


def _rests_within_pages(lines: Sequence[SourceLine], beside: Sequence[int]) -> set[str]:
    """What stands behind a full line within a page too: the same words at its foot are the end of a sentence."""
    borders = set(beside)
    rests = set()
    for number, line in enumerate(lines):
        if number not in borders and _goes_on(lines, number):
            rests.add(_head_form(line))
    return rests


def _goes_on(lines: Sequence[SourceLine], number: int) -> bool:
    return number > 0 and lines[number - 1].may_go_on


def _doubt_footnotes(lines: Sequence[SourceLine]) -> None:
    """A number without a dot near the foot of a page begins a note."""
    for number, line in enumerate(lines):
        foot = lines[number : number + LONGEST_FOOT]
        is_at_foot = len(foot) < LONGEST_FOOT or foot[-1].page != line.page
        if line.page and is_at_foot and _FOOTNOTE.match(line.text):
            line.doubts.append("อาจเป็นเชิงอรรถที่ท้ายหน้า โปรดตรวจว่าเป็นข้อความของข้อใด")


def _doubt_lone_head(line: SourceLine) -> None:
    """A short line beside a page number that comes only once may be a head or a sentence."""
    is_short = len(line.words) <= LONGEST_HEAD and not line.label
    if is_short and line.text[:1] not in " \t" and not _begins_an_item(line.text):
        line.doubts.append("อยู่ติดเลขหน้า อาจเป็นหัวหรือท้ายหน้ากระดาษ โปรดเว้นไว้หากใช่")


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
    """As it comes again with another number; "" for what is no head. A numbered heading of a part begins a page in each
    process that turns the page there."""
    if len(line.words) > LONGEST_HEAD or "|" in line.text:
        return ""
    if _NUMBERED.match(line.text) and read_part_heading(line.words):
        return ""
    return _DIGITS.sub("", line.words)
