"""Where the processes of one file begin: each with the lines that stand above its "1. ชื่องาน"."""

from collections.abc import Sequence

from ..source import LeftOut, SourceDocument, SourceLine, uuid_in_bookmark
from .part_headings import HeadingReader
from .part_lines import is_header

OTHER_SECTION = "ชื่อหรือข้อความของหัวข้ออื่นในเล่ม ไม่ใช่ของกระบวนงานนี้"


def split_processes(document: SourceDocument) -> list[SourceDocument]:
    """One for each process; what stands between two of them goes with the later one, and what a Word file itself says
    is of another section is told in `left_out` and read as no clause."""
    lines = document.lines
    starts, end = _find_starts(lines)
    parts = []
    for start, following in zip(
        [0, *starts[1:]], [*starts[1:], len(lines)], strict=True
    ):
        parts.append(document.part(start, following))
    for part in parts:
        _leave_out_above(part)
    if end < len(lines):
        last = parts[-1]
        kept = len(last.lines) - (len(lines) - end)
        _leave_out(last, range(kept, len(last.lines)))
    return parts


def _find_starts(lines: Sequence[SourceLine]) -> tuple[list[int], int]:
    """(where each process begins; where the last one ends, if a section of ours without the nine parts follows).

    A process ends where the headers before the next "1. ชื่องาน" begin, or the headings of a Word file above them.
    """
    starts: list[int] = []
    above: int | None = None  # where what belongs to the next process may begin
    is_firm = False  # whatever stands between it and the next process
    reader = HeadingReader()
    level = 0  # of the headings of the parts of the process at hand
    for number, line in enumerate(lines):
        heading = HeadingReader().read(line)
        if heading is not None and heading.part == 1:
            starts.append(number if above is None else above)
            above, is_firm = None, False
            reader, level = HeadingReader(), line.level
            reader.read(line)
        elif reader.read(line) is not None:
            above, is_firm = None, False
        elif _is_title(line, level):
            above = number if above is None else above
            is_firm = is_firm or _is_ours(line) or 0 < line.level < level
        elif is_header(line.text):
            above = number if above is None else above
        elif not is_firm:
            above = None
    is_of_other = above is not None and is_firm and _is_ours(lines[above])
    end = above if above is not None and is_of_other else len(lines)
    return starts or [0], end


def _is_title(line: SourceLine, level: int) -> bool:
    """Whether a Word file has it as a heading that stands above those of the parts."""
    is_heading = line.kind == "text" and line.level > 0 and line.label is None
    return is_heading and (not level or line.level < level)


def _is_ours(line: SourceLine) -> bool:
    return uuid_in_bookmark(line.bookmark) is not None


def _leave_out_above(part: SourceDocument) -> None:
    """Titles and clauses of other sections above "1. ชื่องาน", and the title of the process, which is told again. In a
    file of ours whatever stands above that title is of others: the title of the file, the tables of a section."""
    above: list[int] = []
    title = -1  # where a heading of ours stands
    for number, line in enumerate(part.lines):
        heading = HeadingReader().read(line)
        if heading is not None:
            if heading.part == 1:
                _leave_out(part, [*range(title), *above])
            return
        if (line.label is None and line.level) or _is_ours(line):
            above.append(number)
        if line.level and _is_ours(line):
            title = number


def _leave_out(part: SourceDocument, numbers: Sequence[int]) -> None:
    gone = set(numbers)
    kept = []
    for number, line in enumerate(part.lines):
        if number in gone:
            part.left_out.append(LeftOut(line.place, line.words, OTHER_SECTION))
        else:
            kept.append(line)
    part.lines = kept
