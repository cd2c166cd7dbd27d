"""The lines of a process by the part they stand in, and the headers above the first part."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..source import LeftOut, SourceLine
from .drafts import DoubtKind, ProcessDraft
from .part_headings import HeadingReader, PartHeading

HEADERS = {
    "งาน": "unit",
    "กระบวนงาน": "process",
    "รหัสเอกสาร": "doc_code",
    "ตัวชี้วัด": "indicator",
    "ใช้กับ": "applies_to",
    "เหตุผลที่ปรับปรุง": "revise_reason",
    "เหตุผลที่ตัด": "retire_reason",
    "กลุ่มเดิม": "former_group",
}


def is_header(line: str) -> bool:
    """Whether it is one of the lines before part 1: "รหัสเอกสาร: …"."""
    name, colon, _ = line.partition(":")
    return bool(colon) and name.strip() in HEADERS


@dataclass(slots=True)
class PartLines:
    """The lines of a part; `heading` is None where the file has none."""

    heading: PartHeading | None
    lines: list[SourceLine] = field(default_factory=list)
    heading_line: SourceLine | None = None
    rest: SourceLine | None = None  # words behind the heading, the first of the lines


type Parts = dict[int, PartLines]


def split_parts(lines: Sequence[SourceLine], draft: ProcessDraft) -> Parts:
    """Under 0 stand the lines before the first heading that are no headers."""
    parts: Parts = {0: PartLines(None)}
    reader = HeadingReader()
    broken_header = ""  # whose line ended where the page did
    for line in lines:
        heading = reader.read(line)
        if heading is not None:
            part = parts[heading.part] = PartLines(heading, heading_line=line)
            if heading.doubt:
                draft.doubt(DoubtKind.HEADING, heading.doubt, line)
            if heading.rest:
                part.rest = _rest_of(line, heading.rest)
                part.lines.append(part.rest)
        elif line.kind == "figure":
            parts[reader.current].lines.append(line)
        elif reader.is_repeated(line):
            draft.left_out.append(
                LeftOut(line.place, line.words, "หัวข้อที่พิมพ์ซ้ำในหน้าถัดไป")
            )
        elif reader.current:
            named = reader.looks_like_one(line)
            if named and named != reader.current:
                message = f"อาจเป็นหัวข้อของส่วนที่ {named} ระบบถือเป็นข้อความของส่วนที่ {reader.current} โปรดตรวจ"
                draft.doubt(DoubtKind.HEADING, message, line)
            parts[reader.current].lines.append(line)
        else:
            # Before part 1 stand the headers: "รหัสเอกสาร: …"
            name, colon, value = line.text.partition(":")
            header = HEADERS.get(name.strip())
            if colon and header:
                draft.headers[header] = value.strip()
                draft.header_lines.append(line.text)
                broken_header = header if line.may_go_on else ""
            elif broken_header:
                draft.headers[broken_header] += line.words
                draft.header_lines[-1] += line.words
                broken_header = broken_header if line.may_go_on else ""
            else:
                parts[0].lines.append(line)
    return parts


def _rest_of(line: SourceLine, rest: str) -> SourceLine:
    """The words behind a heading as a line of their own."""
    return SourceLine(
        rest,
        line.place,
        may_go_on=line.may_go_on,
        page=line.page,
        changes=line.changes,
        margin_notes=line.margin_notes,
        bookmark=line.bookmark,
    )
