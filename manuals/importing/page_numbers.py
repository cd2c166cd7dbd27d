"""Which lone numbers of a file are numbers of its pages: those that rise from page to page or stand at a page's edge.
A year or an amount that a page broke off its sentence looks the same, and is text."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence

from hearing_portal.thai.numbering import arabic_digits

from ..source import SourceLine

EDGE = 2  # lines from the top or foot of a page within which its number stands
# Lines between the numbers of two pages, where the file does not say where pages end
SHORTEST_PAGE, LONGEST_PAGE = 10, 80
MOST_PAGES = 999  # what is more is a year or an amount
DOUBT = "ตัวเลขนี้อยู่ลำพัง อาจเป็นเลขหน้าหรือส่วนหนึ่งของประโยค โปรดเว้นไว้หรือรวมกับข้อก่อน"
# What a number has to follow
_OPEN = re.compile(
    r"(?:พ\.\s?ศ\.|ค\.\s?ศ\.|จำนวน|มาตรา|ข้อ|ที่|เลขที่|แบบ|ภายใน|ไม่เกิน|ไม่น้อยกว่า|อย่างน้อย|ร้อยละ|"
    r"ตั้งแต่|ถึง|ระหว่าง|และ|หรือ|ของ|ใน|[(,/–-])\s*$"
)
_PAGE_NUMBER = re.compile(
    r"[-–—\s]*(?:หน้า(?:ที่)?|page)?\s*([\d๐-๙]{1,4})(?:\s*(?:/|จาก|of)\s*[\d๐-๙]{1,4})?[-–—\s]*",
    re.IGNORECASE,
)
_LONE = re.compile(r"[\d๐-๙]{1,4}")


def is_lone_number(words: str) -> bool:
    return _LONE.fullmatch(words) is not None


def waits_for_number(words: str) -> bool:
    """Whether the sentence goes on with a number: "… พ.ศ."."""
    return _OPEN.search(words) is not None


def find_page_numbers(lines: Sequence[SourceLine]) -> set[int]:
    """The places of those that are surely numbers of pages; the other lone numbers get a doubt, unless the sentence
    before waits for one."""
    values = {}
    for at, line in enumerate(lines):
        match = _PAGE_NUMBER.fullmatch(line.text)
        if match and line.words and line.kind == "text" and line.label is None:
            values[at] = int(arabic_digits(match[1]))
    bare = {at for at in values if is_lone_number(lines[at].words)}
    counted = _counted_by_pages(lines, values)
    rising = _rising(values)
    found = (set(values) - bare) | counted
    numbered = {lines[at].page for at in found}
    for at in sorted(bare - counted):
        before = at - 1
        while before in found:
            before -= 1
        is_open = before >= 0 and waits_for_number(lines[before].words)
        page = lines[at].page
        is_edge = page and page not in numbered and _is_at_edge(lines, at)
        is_told = (at in rising or is_edge) and values[at] <= MOST_PAGES
        if is_told and not is_open:
            found.add(at)
        elif is_told or not is_open:
            lines[at].doubts.append(DOUBT)
    return found


def _counted_by_pages(
    lines: Sequence[SourceLine], values: Mapping[int, int]
) -> set[int]:
    """Those at the edge of two pages or more that count as the pages do."""
    shifts = {}
    for at, value in values.items():
        if lines[at].page and value <= MOST_PAGES and _is_at_edge(lines, at):
            shifts[at] = value - lines[at].page
    pages = {(shift, lines[at].page) for at, shift in shifts.items()}
    times = Counter(shift for shift, _ in pages)
    return {at for at, shift in shifts.items() if times[shift] > 1}


def _rising(values: Mapping[int, int]) -> set[int]:
    """Those with the next number, or the one before, about a page away."""
    places: dict[int, list[int]] = {}
    for at in sorted(values):
        places.setdefault(values[at], []).append(at)
    found = set()
    for at, value in values.items():
        following = places.get(value + 1, [])
        nearest = bisect_left(following, at + SHORTEST_PAGE)
        if nearest < len(following) and following[nearest] <= at + LONGEST_PAGE:
            found |= {at, following[nearest]}
    return found


def _is_at_edge(lines: Sequence[SourceLine], at: int) -> bool:
    page = lines[at].page
    before, behind = lines[max(0, at - EDGE) : at], lines[at + 1 : at + 1 + EDGE]
    is_near_top = len(before) < EDGE or any(line.page != page for line in before)
    is_near_foot = len(behind) < EDGE or any(line.page != page for line in behind)
    return is_near_top or is_near_foot
