"""The nine-part plain text of a process: the form of our fixtures and of texts pasted from old manuals.

Reads Thai and Arabic numbering, sub-items, definitions, steps with branches, forms and references. Pure: no
database, nothing stored. What it cannot place it says in `warnings` (shown to a person), never drops.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from hearing_portal.refusals import Refusal
from hearing_portal.thai.numbering import arabic_digits, parse_label
from hearing_portal.thai.text import TextRefused, clean_text, escape_plain

from ..content import PARTS, Content, Definition, Form, Reference, Text
from .drafts import ClauseDraft, ProcessDraft
from .part_headings import read_heading_line
from .step_table import read_chart_notes, read_steps

LINE_LIMIT = 20_000  # code points of one clause
FILE_LIMIT = 1_000_000
TITLE_LIMIT = 300  # of a section
DEFINITION = re.compile(
    r"^(?P<term>.{1,200}?)\s+(?:หมายถึง|หมายความว่า)\s+(?P<sense>.+)$"
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


class TextNotRead(Refusal):
    """The file is not a nine-part text; `message_th` says what to do."""


def read_process(text: str, sources: Mapping[str, str] | None = None) -> ProcessDraft:
    """Read one process. `sources` is {full title of a legal source: its key}, for references.

    Raises TextNotRead when there is no nine-part structure at all.
    """
    draft = ProcessDraft()
    lines = _clean_lines(text, draft)
    parts = _split_parts(lines, draft)
    if 1 not in parts:
        raise TextNotRead(
            "ไม่พบหัวข้อ “1. ชื่องาน (กระบวนงาน)” โปรดตรวจว่าข้อความมีหัวข้อครบเก้าส่วน แล้วลองอีกครั้ง"
        )
    if not parts[1]:
        raise TextNotRead(
            "ไม่พบชื่อกระบวนงานใต้หัวข้อ “1. ชื่องาน (กระบวนงาน)” โปรดพิมพ์ชื่อต่อจากหัวข้อหรือในบรรทัดถัดไป แล้วลองอีกครั้ง"
        )

    draft.title = " ".join(line.strip() for line in parts[1])
    titles = {"ชื่อกระบวนงาน": draft.title, "ชื่องาน": draft.headers.get("unit", "")}
    for name, title in titles.items():
        if len(title) > TITLE_LIMIT:
            draft.refusals.append(
                f"{name} ยาวเกิน {TITLE_LIMIT} ตัวอักษร โปรดตรวจว่าหัวข้อถัดไปขึ้นบรรทัดใหม่ตามรูปแบบ"
            )
    for part in (2, 3, 5):
        draft.clauses += _read_numbered(part, parts.get(part, []))
    draft.clauses += _read_definitions(parts.get(4, []))
    for line in parts.get(7, []):
        form = Form(name=_without_label(line))
        draft.clauses.append(ClauseDraft(7, form, "decimal"))
    draft.clauses += _read_references(parts.get(8, []), sources or {}, draft)
    steps = read_steps(parts.get(9, []), draft)
    draft.clauses += steps
    draft.clauses += read_chart_notes(parts.get(6, []), steps, draft)
    draft.clauses.sort(key=lambda clause: clause.part)

    # Part 6 is drawn from part 9: nothing is missing without it
    missing = []
    for part in PARTS:
        if part != 6 and part not in parts:
            missing.append(str(part))
    if missing:
        numbers = ", ".join(missing)
        draft.warnings.append(f"ไม่พบส่วนที่ {numbers} ของกระบวนงาน")
    return draft


def is_header(line: str) -> bool:
    """Whether it is one of the lines before part 1: "รหัสเอกสาร: …"."""
    name, colon, _ = line.partition(":")
    return bool(colon) and name.strip() in HEADERS


def _clean_lines(text: str, draft: ProcessDraft) -> list[str]:
    """The lines that are not blank, put in order by the text policy; what it refuses is named in `refusals`."""
    if len(text) > FILE_LIMIT:
        raise TextNotRead("ข้อความยาวเกินหนึ่งล้านตัวอักษร โปรดแบ่งส่งทีละหนึ่งกระบวนงาน")
    lines = []
    raw_lines = text.replace("\r\n", "\n").split("\n")
    for number, raw in enumerate(raw_lines, start=1):
        try:
            cleaned = clean_text(raw.rstrip(), max_length=LINE_LIMIT)
        except TextRefused as refused:
            draft.refusals.append(f"บรรทัดที่ {number}: {refused.message_th}")
            continue
        draft.repairs += cleaned.changes
        if cleaned.text.strip():
            lines.append(cleaned.text)
    return lines


def _split_parts(lines: list[str], draft: ProcessDraft) -> dict[int, list[str]]:
    """{part: its lines}. The headings stand in their order."""
    parts: dict[int, list[str]] = {}
    current = 0
    for line in lines:
        part, rest = read_heading_line(line, current)
        if part:
            current = part
            parts[part] = [rest] if rest else []
        elif current:
            parts[current].append(line)
        else:
            # Before part 1 stand the headers: "รหัสเอกสาร: …"
            name, colon, value = line.partition(":")
            header = HEADERS.get(name.strip())
            if colon and header:
                draft.headers[header] = value.strip()
            else:
                words = line.strip()
                draft.warnings.append(f"พบบรรทัดที่ไม่ตรงรูปแบบก่อนส่วนที่ 1: {words[:60]}")
    return parts


# --- parts 2, 3 and 5: numbered text with sub-items


class _Level(NamedTuple):
    """The kind of a number, and of a decimal how many dots it has: 5.4 and 5.4.1 are two levels."""

    numbering: str
    dots: int


class _OpenItem(NamedTuple):
    """An item that the next line may hang below."""

    level: _Level
    clause: ClauseDraft


def _read_numbered(part: int, lines: Sequence[str]) -> Iterator[ClauseDraft]:
    """Sub-items hang below the item before: a new kind of number goes one level down, a known one back up."""
    open_items: list[
        _OpenItem
    ] = []  # the item before and all it hangs below, the outermost first
    for line in lines:
        label = parse_label(line.strip())
        numbering = "none"
        number = ""
        words = line
        if label is not None:
            numbering = label.kind
            number = arabic_digits(label.number)
            words = label.rest
        dots = 0
        if numbering == "decimal":
            dots = number.count(".")
        level = _Level(numbering, dots)
        is_indented = line.startswith(" ")
        open_items = _items_above(open_items, level, is_indented=is_indented)
        clause = ClauseDraft(
            part=part,
            content=Text(body=escape_plain(words.strip())),
            numbering=numbering,
            source_label=number,
        )
        if open_items:
            clause.parent = open_items[-1].clause.uuid
        open_items.append(_OpenItem(level, clause))
        yield clause


def _items_above(
    open_items: list[_OpenItem], level: _Level, *, is_indented: bool
) -> list[_OpenItem]:
    """Those of the open items that an item of this level hangs below."""
    above = open_items
    is_known = False
    for position, item in enumerate(open_items):
        if item.level == level:
            above = open_items[:position]
            is_known = True
            break
    if level.numbering == "none":
        # A line without a number is a paragraph; an indented one belongs to the outermost item
        if is_indented:
            return above[:1]
        return []
    if level.numbering == "decimal" and not is_known:
        # 5.4.1 hangs below 5.4, whatever other kinds of number came between
        decimals = []
        for item in above:
            is_decimal = item.level.numbering == "decimal"
            if is_decimal and item.level.dots < level.dots:
                decimals.append(item)
        return decimals
    return above


# --- parts 4 and 8


def _read_definitions(lines: Sequence[str]) -> Iterator[ClauseDraft]:
    for line in lines:
        words = _without_label(line)
        match = DEFINITION.match(words)
        content: Content = Text(body=escape_plain(words))
        if match:
            body = escape_plain(match["sense"])
            content = Definition(term=_without_quotes(match["term"]), body=body)
        yield ClauseDraft(4, content)


def _without_quotes(term: str) -> str:
    """Wherever a term is shown it is quoted already: one pair around the whole of it goes."""
    words = term.removeprefix("คำว่า").strip()
    for opening, closing in QUOTES:
        inner = words[1:-1]
        is_quoted = len(words) > 2 and words[0] == opening and words[-1] == closing
        if is_quoted and opening not in inner and closing not in inner:
            return inner.strip()
    return term


def _read_references(
    lines: Sequence[str], sources: Mapping[str, str], draft: ProcessDraft
) -> Iterator[ClauseDraft]:
    for line in lines:
        cited = _without_label(line)
        key, locator = match_source(cited, sources)
        if sources and not key:
            draft.warnings.append(f"ไม่พบในทะเบียนกฎหมาย: {cited[:100]}")
        reference = Reference(
            source=key,
            locator=locator,
            as_cited=cited,
        )
        yield ClauseDraft(8, reference, "decimal")


def match_source(cited: str, sources: Mapping[str, str]) -> tuple[str, str]:
    """(key, locator) of the source whose full title the citation begins with; ("", "") when none does."""
    comparable_citation = _comparable(cited)
    best = ""
    longest = 0
    for title in sources:
        comparable_title = _comparable(title)
        length = len(comparable_title)
        if comparable_citation.startswith(comparable_title) and length > longest:
            best = title
            longest = length
    if not best:
        return "", ""
    # The title may be cited with a blank more or less, so what follows it begins about here
    rest = cited[len(best) - 2 :]
    locator = re.search(r"(?:มาตรา|ข้อ|หมวด)\s*\S.*$", rest)
    if locator is None:
        return sources[best], ""
    return sources[best], locator[0].strip()


def _comparable(text: str) -> str:
    return re.sub(r"\s+", "", arabic_digits(text))


def _without_label(line: str) -> str:
    label = parse_label(line.strip())
    if label is None:
        return line.strip()
    return label.rest.strip()
