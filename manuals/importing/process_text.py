"""The nine-part form of a process: of our fixtures, of texts pasted from old manuals, of PDF and Word files.

Reads Thai and Arabic numbering, sub-items, definitions, steps with branches, forms and references. Pure: no
database, nothing stored. What is doubtful is named in `doubts` (shown to a person), never dropped.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hearing_portal.thai.text import escape_plain

from ..content import (
    MEANS,
    PARTS,
    STATUTORY_VERBS,
    Content,
    Definition,
    Form,
    Note,
    Step,
    Text,
)
from ..drafting.titles import as_title
from ..source import LeftOut, SourceDocument, SourceLine
from .accounting import measure_draft
from .clause_tree import read_tree
from .drafts import ClauseDraft, DoubtKind, ProcessDraft
from .label_sequence import NumberedLine, read_labels
from .law_citations import CitationReader, is_locator
from .line_joining import join_lines
from .part_headings import HeadingReader, PartHeading
from .refusals import TextNotRead
from .step_table import read_chart_notes, read_steps
from .text_source import read_text_source

TITLE_LIMIT = 300  # of a section
FEWEST_PARTS = 3  # that make a process of a text without the heading of part 1
_VERBS = sorted((MEANS, *STATUTORY_VERBS), key=len, reverse=True)
# The sense may follow in items below
DEFINITION = re.compile(
    r"^(?P<term>.{1,200}?)(?:\s+|(?<=[”’\"']))"
    rf"(?P<verb>{'|'.join(_VERBS)})\s*:?\s*(?P<sense>.*)$"
)
QUOTES = (("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"))
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


def read_process(text: str, sources: Mapping[str, str] | None = None) -> ProcessDraft:
    """Read one process of a plain text. `sources` is {full title of a legal source: its key}, for references.

    Raises TextNotRead when there is no nine-part structure at all.
    """
    return read_document(read_text_source(text), sources)


def read_document(
    document: SourceDocument, sources: Mapping[str, str] | None = None
) -> ProcessDraft:
    """The one process of these lines. Raises TextNotRead when there is no nine-part structure at all."""
    draft = ProcessDraft(
        refusals=list(document.refusals),
        repairs=list(document.repairs),
        left_out=list(document.left_out),
    )
    for doubt in document.doubts:
        draft.doubt(DoubtKind.OTHER, doubt)
    for line in document.lines:
        draft.changes += [(line.place, change) for change in line.changes]
        draft.margin_notes += [(line.place, note) for note in line.margin_notes]
    parts = _split_parts(document.lines, draft)
    _read_title(parts, draft)
    _read_clauses(parts, sources or {}, draft)
    _doubt_words(document.lines, draft)
    _doubt_missing_parts(parts, draft)
    draft.coverage = measure_draft(document.lines, parts, draft)
    _name_sources(parts, draft)
    return draft


def is_header(line: str) -> bool:
    """Whether it is one of the lines before part 1: "รหัสเอกสาร: …"."""
    name, colon, _ = line.partition(":")
    return bool(colon) and name.strip() in HEADERS


# --- the parts


@dataclass(slots=True)
class PartLines:
    """The lines of a part; `heading` is None where the file has none."""

    heading: PartHeading | None
    lines: list[SourceLine] = field(default_factory=list)
    heading_line: SourceLine | None = None


type Parts = dict[int, PartLines]


def _split_parts(lines: Sequence[SourceLine], draft: ProcessDraft) -> Parts:
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
                part.lines.append(_rest_of(line, heading.rest))
        elif reader.is_repeated(line):
            draft.left_out.append(
                LeftOut(line.place, line.words, "หัวข้อที่พิมพ์ซ้ำในหน้าถัดไป")
            )
        elif reader.current:
            named = reader.looks_like_one(line)
            if named and named != reader.current:
                message = (
                    f"อาจเป็นหัวข้อของส่วนที่ {named} ระบบถือเป็นข้อความของส่วนที่ {reader.current}"
                )
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


def _read_title(parts: Parts, draft: ProcessDraft) -> None:
    """Raises TextNotRead where nothing says what the process is called."""
    before = parts[0].lines
    if 1 in parts and not parts[1].lines:
        raise TextNotRead(
            "ไม่พบชื่อกระบวนงานใต้หัวข้อ “1. ชื่องาน (กระบวนงาน)” โปรดพิมพ์ชื่อต่อจากหัวข้อหรือในบรรทัดถัดไป แล้วลองอีกครั้ง"
        )
    if 1 in parts:
        draft.title = " ".join(line.words for line in parts[1].lines)
    else:
        named = draft.headers.get("process", "")
        if len(parts) - 1 < FEWEST_PARTS or not (named or before):
            raise TextNotRead(
                "ไม่พบหัวข้อ “1. ชื่องาน (กระบวนงาน)” โปรดตรวจว่าข้อความมีหัวข้อครบเก้าส่วน แล้วลองอีกครั้ง"
            )
        draft.title = named
        if not named:
            draft.title = before.pop().words
        draft.doubt(
            DoubtKind.PART,
            f"ไม่พบหัวข้อส่วนที่ 1 ระบบใช้ “{draft.title[:80]}” เป็นชื่อกระบวนงาน",
        )
    for line in before:
        draft.doubt(DoubtKind.PART, f"พบบรรทัดที่ไม่ตรงรูปแบบก่อนส่วนที่ 1: {line.words[:60]}")
    draft.title = as_title(draft.title)
    for name in ("unit", "process"):
        if name in draft.headers:
            draft.headers[name] = as_title(draft.headers[name])
    titles = {"ชื่อกระบวนงาน": draft.title, "ชื่องาน": draft.headers.get("unit", "")}
    for name, title in titles.items():
        if len(title) > TITLE_LIMIT:
            draft.refusals.append(
                f"{name} ยาวเกิน {TITLE_LIMIT} ตัวอักษร โปรดตรวจว่าหัวข้อถัดไปขึ้นบรรทัดใหม่ตามรูปแบบ"
            )


def _doubt_missing_parts(parts: Parts, draft: ProcessDraft) -> None:
    # Part 6 is drawn from part 9: nothing is missing without it
    missing = []
    for part in PARTS:
        if part not in (1, 6) and part not in parts:
            missing.append(str(part))
    if missing:
        numbers = ", ".join(missing)
        draft.doubt(DoubtKind.PART, f"ไม่พบส่วนที่ {numbers} ของกระบวนงาน")


def _doubt_words(lines: Sequence[SourceLine], draft: ProcessDraft) -> None:
    """Words that may be damaged, and whatever else the reader of the file doubted."""
    for line in lines:
        for suspicion in line.suspicions:
            message = f"“{suspicion.words}” อาจพิมพ์ผิดหรือเสียหาย"
            if suspicion.proposal:
                message += f" อาจเป็น “{suspicion.proposal}”"
            draft.doubt(DoubtKind.WORDS, message, line)
        for doubt in line.doubts:
            draft.doubt(DoubtKind.OTHER, doubt, line)


# --- the clauses


def _read_clauses(
    parts: Parts, sources: Mapping[str, str], draft: ProcessDraft
) -> None:
    for part in (2, 3, 5):
        read_tree(part, _numbered_lines(part, parts, draft), _read_text, draft)
    read_tree(4, _numbered_lines(4, parts, draft), _read_definition, draft)
    read_tree(
        7, _numbered_lines(7, parts, draft), _read_form, draft, numbering="decimal"
    )
    citations = CitationReader(sources, draft)
    read_tree(
        8,
        _numbered_lines(8, parts, draft),
        citations.read,
        draft,
        numbering="decimal",
        is_about_parent=is_locator,
    )
    steps = read_steps(_lines_of(9, parts), draft)
    draft.clauses += steps
    draft.clauses += read_chart_notes(_lines_of(6, parts), steps, draft)
    draft.clauses.sort(key=lambda clause: clause.part)


def _name_sources(parts: Parts, draft: ProcessDraft) -> None:
    """The lines that each clause was read from: its own, and those behind it that began no other."""
    for part, part_lines in parts.items():
        at_place: dict[str, list[ClauseDraft]] = {}
        for clause in draft.clauses:
            if clause.part == part:
                at_place.setdefault(clause.place, []).append(clause)
        current: ClauseDraft | None = None
        for line in part_lines.lines:
            own = at_place.get(line.place, [])
            if own:
                current = own.pop(0) if len(own) > 1 else own[0]
            elif part in (6, 9):
                current = None  # its words stand elsewhere, or say nothing
            if current is not None:
                label = f"{line.label.number} " if line.label is not None else ""
                current.source.append((line.place, f"{label}{line.words}"))


def _lines_of(part: int, parts: Parts) -> list[SourceLine]:
    return parts[part].lines if part in parts else []


def _numbered_lines(part: int, parts: Parts, draft: ProcessDraft) -> list[NumberedLine]:
    if part not in parts:
        return []
    own_numbers = {str(part)}
    heading = parts[part].heading
    if heading is not None and heading.number:
        own_numbers.add(heading.number)
    lines = read_labels(parts[part].lines, own_numbers)
    lines = join_lines(lines, DEFINITION if part == 4 else None, draft)
    for numbered in lines:
        for doubt in numbered.doubts:
            draft.doubt(DoubtKind.LABEL, doubt, numbered.line)
    return lines


def content_for_part(
    part: int, words: str, depth: int, sources: Mapping[str, str]
) -> Content:
    """What these words are in that part, of the kind that usually stands there."""
    if part == 4 and not depth:
        return _read_definition(words, depth)
    if part == 6:
        return Note(body=escape_plain(words))
    if part == 7:
        return _read_form(words, depth)
    if part == 8:
        return CitationReader(sources, ProcessDraft()).read(words, depth)
    if part == 9:
        return Step(body=escape_plain(words))
    return _read_text(words, depth)


def _read_text(words: str, depth: int) -> Content:
    return Text(body=escape_plain(words))


def _read_form(words: str, depth: int) -> Content:
    return Text(body=escape_plain(words)) if depth else Form(name=words)


def _read_definition(words: str, depth: int) -> Content:
    match = DEFINITION.match(words)
    if match is None:
        return Text(body=escape_plain(words))
    verb = match["verb"]
    return Definition(
        term=_without_quotes(match["term"]),
        verb="" if verb == MEANS else verb,
        body=escape_plain(match["sense"]),
    )


def _without_quotes(term: str) -> str:
    """Wherever a term is shown it is quoted already: one pair around the whole of it goes."""
    words = term.removeprefix("คำว่า").strip()
    for opening, closing in QUOTES:
        inner = words[1:-1]
        is_quoted = len(words) > 2 and words[0] == opening and words[-1] == closing
        if is_quoted and opening not in inner and closing not in inner:
            return inner.strip()
    return term
