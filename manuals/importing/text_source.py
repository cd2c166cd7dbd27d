"""A plain text as lines: pasted, or out of a .txt file."""

import re
from statistics import quantiles

from ..source import SourceDocument, SourceLine, without_blanks_behind
from .mending import in_thai_page, mend_lines
from .page_furniture import leave_out_furniture
from .refusals import TextNotRead

FILE_LIMIT = 1_000_000
# A text that was copied out of a page has lines that end where the page did
SHORTEST_PAGE_LINE = 45
LONGEST_PAGE_LINE = 140
FEWEST_FULL_LINES = 3
FULL = 0.85  # of the longest lines
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]")


def read_text_source(text: str) -> SourceDocument:
    """Raises TextNotRead for what is too long, or is no Thai text any more."""
    if len(text) > FILE_LIMIT:
        raise TextNotRead("ข้อความยาวเกินหนึ่งล้านตัวอักษร โปรดแบ่งส่งทีละหนึ่งกระบวนงาน")
    document = SourceDocument()
    text = in_thai_page(text, document)
    page = 1 if "\f" in text else 0
    is_behind_blank = False
    raw_lines = re.split(r"\r\n|[\n\r\v\x85\u2028\u2029]", text)
    for number, raw in enumerate(raw_lines, start=1):
        if "\f" in raw:
            page += raw.count("\f")
            raw = raw.replace("\f", "")
        if not raw.strip():
            is_behind_blank = True
            continue
        line = SourceLine(
            without_blanks_behind(raw),
            f"บรรทัดที่ {number}",
            page=page,
            is_indented=raw[:1] in " \t\u00a0\u3000",
            is_behind_blank=is_behind_blank,
        )
        is_behind_blank = False
        document.lines.append(line)
    finish_lines(document)
    return document


def finish_lines(document: SourceDocument) -> None:
    """What all formats without paragraphs of their own need."""
    mark_full_lines(document.lines)
    mend_lines(document)
    leave_out_furniture(document)


def mark_full_lines(
    lines: list[SourceLine], shortest: int = SHORTEST_PAGE_LINE
) -> None:
    """Marks the lines of a page's width, where the text has such; `shortest` is how wide a page is at least."""
    widths = [visible_length(line.text) for line in lines if "|" not in line.text]
    if len(widths) < 2 * FEWEST_FULL_LINES:
        return
    width = quantiles(widths, n=10)[-1]
    if not shortest <= width <= LONGEST_PAGE_LINE:
        return
    full = [each for each in widths if width * FULL <= each <= width * 1.1]
    too_long = [each for each in widths if each > width * 1.25]
    if len(full) < FEWEST_FULL_LINES or too_long:
        return
    for line in lines:
        is_full = visible_length(line.text) >= width * FULL
        line.may_go_on = is_full and "|" not in line.text


def visible_length(text: str) -> int:
    """Letters beside each other: marks above and below take no room."""
    return len(_MARKS.sub("", text.rstrip()))
