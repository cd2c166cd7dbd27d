"""Lines that a page broke in the middle of a sentence: joined where that is plain, doubted where it may be."""

import re
from collections.abc import Sequence

from hearing_portal.thai.damage import Repair
from hearing_portal.thai.likelihood import RUN, reading_cost
from hearing_portal.thai.words import tokenize

from ..source import MadeRepair
from .drafts import DoubtKind, ProcessDraft
from .label_sequence import NumberedLine
from .page_numbers import is_lone_number, waits_for_number
from .text_source import visible_length
from .wrapped_lines import Wrapping, find_wrapping_of_part, may_be_rest

SHORTEST_BROKEN = 40  # letters from which a line may have ended where the page did
SURE = 6.0  # bits by which the end of one line and the beginning of the next read better as one word
# What no sentence ends with, and what none begins with
_OPEN_END = re.compile(
    r"(?:และ|หรือ|ของ|ที่|ใน|โดย|ให้|เพื่อ|ตาม|ซึ่ง|กับ|แก่|จาก|ว่า|แห่ง|ตั้งแต่|ระหว่าง|มาตรา|ข้อ|พ\.ศ\.|[,(“/])$"
)
_OPEN_START = re.compile(r"(?:และ|หรือ|ของ|ซึ่ง|รวมทั้ง|ตลอดจน|แล้วแต่|ทั้งนี้|ๆ|ฯลฯ|[)”,])")
_AMOUNT = re.compile(r"จำนวน\s*[\d๐-๙]+$")  # of what is told next
_NUMBER_FIRST = re.compile(r"(?:[พค]\.\s?ศ\.|\()?\s*[\d๐-๙]")
_LATIN_OR_DIGIT = re.compile(r"[A-Za-z\d๐-๙]")


def join_lines(
    lines: Sequence[NumberedLine],
    begins: re.Pattern[str] | None,
    wrapping: Wrapping,
    draft: ProcessDraft,
) -> list[NumberedLine]:
    """A line without a number is joined to the one before where the sentence plainly goes on; each is told. `begins`
    is what a line begins a clause with that has no number, `wrapping` what the whole file says of its lines' ends."""
    joined: list[NumberedLine] = []
    if not wrapping.is_sure:
        of_part = find_wrapping_of_part(lines)
        wrapping = of_part if of_part.width else wrapping
    last = None  # the line before as it stands in the file
    for numbered in lines:
        is_beginning = begins is not None and begins.match(numbered.words)
        above, last = last, numbered
        if above is None or is_beginning or not _may_be_rest(above, numbered):
            joined.append(numbered)
            continue
        before = joined[-1]
        is_broken = wrapping.is_broken(above.line, numbered.line)
        if (is_broken and wrapping.is_sure) or _goes_on(before, numbered):
            _join(before, numbered, draft)
            continue
        may_be_broken = wrapping.may_be_broken(above.line, numbered.line)
        if is_broken or may_be_broken or _is_doubtful(before, numbered):
            draft.doubt(
                DoubtKind.JOIN,
                "ไม่มีเลขข้อ อาจเป็นข้อความต่อจากบรรทัดก่อน โปรดรวมกับข้อก่อนหากใช่",
                numbered.line,
            )
        joined.append(numbered)
    return joined


def _may_be_rest(before: NumberedLine, numbered: NumberedLine) -> bool:
    return numbered.label is None and may_be_rest(before.line, numbered.line)


def _goes_on(before: NumberedLine, numbered: NumberedLine) -> bool:
    if before.line.may_go_on:
        return True
    is_awaited = _NUMBER_FIRST.match(numbered.words) and waits_for_number(before.words)
    if is_awaited or _AMOUNT.search(before.words):
        return True
    # What was joined already is longer than its first line
    so_far = max(visible_length(before.line.text), visible_length(before.words))
    if is_lone_number(numbered.words) or so_far < SHORTEST_BROKEN // 2:
        return False
    words = before.words
    if words.count("(") > words.count(")"):
        return True
    if _OPEN_END.search(words) or _OPEN_START.match(numbered.words):
        return True
    return _is_one_word(words, numbered.words)


def _is_one_word(end: str, start: str) -> bool:
    """Whether a word was broken in two."""
    tail = _last_run(end)
    head = RUN.match(start)
    if not tail or head is None:
        return False
    first = head[0][:40]
    last = tail[-40:]
    apart = reading_cost(last) + reading_cost(first)
    return reading_cost(last + first) + SURE <= apart


def _last_run(text: str) -> str:
    runs = RUN.findall(text[-60:])
    return runs[-1] if runs and text.endswith(runs[-1]) else ""


def _is_doubtful(before: NumberedLine, numbered: NumberedLine) -> bool:
    is_long = visible_length(before.line.text) >= SHORTEST_BROKEN
    return is_long and not numbered.line.is_indented


def _join(before: NumberedLine, numbered: NumberedLine, draft: ProcessDraft) -> None:
    gap = ""
    last = before.words[-1]
    first = numbered.words[0]
    if (
        _LATIN_OR_DIGIT.match(last)
        or _LATIN_OR_DIGIT.match(first)
        or before.line.text.endswith(" ")
    ):
        gap = " "
    end = "".join(tokenize(before.words)[-3:])
    start = "".join(tokenize(numbered.words)[:3])
    repair = Repair("joined", f"{end}⏎{start}", f"{end}{gap}{start}")
    draft.repairs.append(MadeRepair(numbered.line.place, repair))
    before.words = f"{before.words}{gap}{numbered.words}"
    before.line.may_go_on = numbered.line.may_go_on
