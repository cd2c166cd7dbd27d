"""The nine-part plain text of a process: the form of our fixtures and of texts pasted from old manuals.

Reads Thai and Arabic numbering, sub-items, definitions, steps with branches, forms and references. Pure: no
database, nothing stored. What it cannot place it says in `warnings` (shown to a person), never drops.
"""

import re
import uuid as uuids
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from rapidfuzz import fuzz

from hearing_portal.refusals import Refusal
from hearing_portal.thai.numbering import arabic_digits, parse_label
from hearing_portal.thai.text import TextRefused, clean_text, escape_plain
from hearing_portal.thai.words import tokenize

from ..content import PARTS, SHAPES, Content, Definition, Form, Note, Reference, Step, Text, plain_text, read_duration

LINE_LIMIT = 20_000  # code points of one clause
FILE_LIMIT = 1_000_000
HEADING = re.compile(r"^\s*(?:ส่วนที่\s*)?([1-9๑-๙])\s*[.)]?\s+(.+?)\s*$")
DEFINITION = re.compile(r"^(?P<term>.{1,200}?)\s+(?:หมายถึง|หมายความว่า)\s+(?P<sense>.+)$")
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
AUDIENCES = {"ทั้งสองประเภท": "both", "สพป.": "primary", "สพม.": "secondary"}
SHAPE_OF = {thai: shape for shape, thai in SHAPES.items()}
HEAD_CELLS = ("ที่", "ลำดับ", "ลำดับที่")
COLUMNS, REMARKS = 9, 6  # of a row of part 9, and which of them holds the remarks
LIKE_HEADING = 70  # fuzz.ratio from which a numbered line counts as one of the nine headings
SHARED_WORDS = 0.5  # share of a node's words that a row of part 9 must hold to be that node


class TextNotRead(Refusal):
    """The file is not a nine-part text; `message_th` says what to do."""


@dataclass(slots=True)
class ClauseDraft:
    """A clause as read. `source_label` is the number printed in the source, in Arabic digits."""

    part: int
    content: Content
    numbering: str = "none"
    parent: uuids.UUID | None = None
    source_label: str = ""
    uuid: uuids.UUID = field(default_factory=uuids.uuid4)


@dataclass(slots=True)
class ProcessDraft:
    """A process as read: title (part 1), headers, clauses in reading order, what a person should look at."""

    title: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    clauses: list[ClauseDraft] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    repairs: int = 0


def read_process(text: str, sources: Mapping[str, str] | None = None) -> ProcessDraft:
    """Read one process. `sources` is {full title of a legal source: its key}, for references.

    Raises TextNotRead when there is no nine-part structure at all.
    """
    draft = ProcessDraft()
    lines = _clean_lines(text, draft)
    parts = _split_parts(lines, draft)
    if 1 not in parts or not parts[1]:
        raise TextNotRead("ไม่พบหัวข้อ “1. ชื่องาน (กระบวนงาน)” โปรดตรวจว่าไฟล์มีหัวข้อครบเก้าส่วน แล้วลองอีกครั้ง")
    draft.title = " ".join(line.strip() for line in parts[1])
    for part in (2, 3, 5):
        draft.clauses += _read_numbered(part, parts.get(part, []))
    draft.clauses += _read_definitions(parts.get(4, []))
    draft.clauses += [_form(line) for line in parts.get(7, [])]
    draft.clauses += [_reference(line, sources or {}, draft) for line in parts.get(8, [])]
    steps = _read_steps(parts.get(9, []), draft)
    draft.clauses += steps
    draft.clauses += _read_chart_notes(parts.get(6, []), steps, draft)
    draft.clauses.sort(key=lambda clause: clause.part)
    missing = [str(part) for part in PARTS if part != 6 and part not in parts]
    if missing:
        draft.warnings.append(f"ไม่พบส่วนที่ {', '.join(missing)} ของกระบวนงาน")
    return draft


def _clean_lines(text: str, draft: ProcessDraft) -> list[str]:
    if len(text) > FILE_LIMIT:
        raise TextNotRead("ไฟล์ยาวเกินหนึ่งล้านตัวอักษร โปรดแบ่งเป็นไฟล์ละหนึ่งกระบวนงาน")
    lines = []
    for number, raw in enumerate(text.replace("\r\n", "\n").split("\n"), start=1):
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
    """{part: its lines}. A heading is one of the nine numbers followed by that part's name, in order."""
    parts: dict[int, list[str]] = {}
    current = 0
    for line in lines:
        part = _heading_part(line, current)
        if part:
            current = part
            parts[part] = []
        elif current:
            parts[current].append(line)
        else:
            _read_header(line, draft)
    return parts


def _heading_part(line: str, current: int) -> int:
    match = HEADING.match(line)
    if not match:
        return 0
    part = int(arabic_digits(match[1]))
    if part <= current:
        return 0
    name, official = _letters(match[2]), _letters(PARTS[part])
    return part if official in name or fuzz.ratio(name, official) >= LIKE_HEADING else 0


def _letters(text: str) -> str:
    return re.sub(r"[\s().:/]+", "", text).lower()


def _read_header(line: str, draft: ProcessDraft) -> None:
    name, colon, value = line.partition(":")
    if colon and name.strip() in HEADERS:
        draft.headers[HEADERS[name.strip()]] = value.strip()
    else:
        draft.warnings.append(f"ไม่รู้จักบรรทัดก่อนส่วนที่ 1: {line.strip()[:60]}")


# -- parts 2, 3 and 5: numbered text with sub-items ----------------------------------------------


def _read_numbered(part: int, lines: Sequence[str]) -> Iterator[ClauseDraft]:
    """Sub-items hang below the item before: a new kind of number goes one level down, a known one back up."""
    stack: list[tuple[tuple[str, int], ClauseDraft]] = []
    for line in lines:
        label = parse_label(line.strip())
        kind, number, rest = label if label else ("none", "", line.strip())
        level = (kind, arabic_digits(number).count(".") if kind == "decimal" else 0)
        known = [position for position, (seen, _) in enumerate(stack) if seen == level]
        stack = stack[: known[0]] if known else stack
        if kind == "decimal" and not known:
            stack = [item for item in stack if item[0][0] == "decimal" and item[0][1] < level[1]]
        if kind == "none":
            stack = [] if not line.startswith(" ") else stack[:1]
        clause = ClauseDraft(
            part,
            Text(body=escape_plain(rest.strip())),
            kind,
            parent=stack[-1][1].uuid if stack else None,
            source_label=arabic_digits(number),
        )
        stack.append((level, clause))
        yield clause


# -- parts 4, 7 and 8 ----------------------------------------------------------------------------


def _read_definitions(lines: Sequence[str]) -> Iterator[ClauseDraft]:
    for line in lines:
        rest = _without_label(line)
        match = DEFINITION.match(rest)
        if match:
            yield ClauseDraft(4, Definition(term=match["term"], body=escape_plain(match["sense"])))
        else:
            yield ClauseDraft(4, Text(body=escape_plain(rest)))


def _form(line: str) -> ClauseDraft:
    return ClauseDraft(7, Form(name=_without_label(line)), "decimal")


def _reference(line: str, sources: Mapping[str, str], draft: ProcessDraft) -> ClauseDraft:
    cited = _without_label(line)
    key, locator = match_source(cited, sources)
    if sources and not key:
        draft.warnings.append(f"ไม่พบในทะเบียนกฎหมาย: {cited[:100]}")
    return ClauseDraft(8, Reference(source=key, locator=locator, as_cited=cited), "decimal")


def match_source(cited: str, sources: Mapping[str, str]) -> tuple[str, str]:
    """(key, locator) of the source whose full title the citation begins with; ("", "") when none does."""
    wanted = _comparable(cited)
    best = max(
        (title for title in sources if wanted.startswith(_comparable(title))),
        key=lambda title: len(_comparable(title)),
        default="",
    )
    if not best:
        return "", ""
    rest = re.search(r"(?:มาตรา|ข้อ|หมวด)\s*\S.*$", cited[len(best) - 2 :])
    return sources[best], rest[0].strip() if rest else ""


def _comparable(text: str) -> str:
    return re.sub(r"\s+", "", arabic_digits(text))


def _without_label(line: str) -> str:
    label = parse_label(line.strip())
    return (label[2] if label else line).strip()


# -- part 9: steps, and what an old part 6 says beside them ----------------------------------------


def _read_steps(lines: Sequence[str], draft: ProcessDraft) -> list[ClauseDraft]:
    for line in lines:
        if "|" not in line:
            draft.warnings.append(f"บรรทัดในส่วนที่ 9 ไม่ใช่แถวของตาราง จึงเก็บเป็นหมายเหตุ: {line.strip()[:60]}")
    rows = [_cells(line, draft) for line in lines if "|" in line]
    rows = [row for row in rows if row[0] not in HEAD_CELLS]
    ids: dict[str, uuids.UUID] = {}
    own = []
    for number in (arabic_digits(row[0]) for row in rows):
        own.append(uuids.uuid4())
        if number in ids:
            draft.warnings.append(f"ลำดับ {number} มีมากกว่าหนึ่งแถว ทางแยกที่อ้างลำดับนี้ชี้ไปที่แถวแรก")
        ids.setdefault(number, own[-1])
    steps = [
        ClauseDraft(9, _step(row, ids, draft), "decimal", source_label=arabic_digits(row[0]), uuid=uuid)
        for row, uuid in zip(rows, own, strict=True)
    ]
    notes = [ClauseDraft(9, Note(body=escape_plain(line.strip()))) for line in lines if "|" not in line]
    return steps + notes


def _cells(line: str, draft: ProcessDraft) -> list[str]:
    """The nine cells of a row; old tables lack the last ones, and what is beyond them goes to the remarks."""
    cells = [cell.strip() for cell in line.split("|")]
    cells += [""] * (COLUMNS - len(cells))
    if any(cells[COLUMNS:]):
        draft.warnings.append(f"ลำดับ {cells[0]}: มีช่องเกินเก้าช่อง จึงเก็บข้อความที่เกินไว้ในหมายเหตุ")
        cells[REMARKS] = " | ".join(filter(None, [cells[REMARKS], *cells[COLUMNS:]]))
    return cells[:COLUMNS]


def _step(row: Sequence[str], ids: Mapping[str, uuids.UUID], draft: ProcessDraft) -> Step:
    number, shape, text, duration, standard, actor, note, system, following = row
    if shape not in SHAPE_OF:
        draft.warnings.append(f"ลำดับ {number}: ไม่รู้จักรูปผัง “{shape}” จึงใช้กิจกรรม")
    step = Step(
        body=escape_plain(text),
        shape=SHAPE_OF.get(shape, "task"),
        duration=read_duration(duration),
        standard=standard,
        actor=actor,
        note=note,
        system=system,
        next=_branches(number, following, ids, draft),
    )
    if step.shape == "decision" and len(step.next) < 2:
        draft.warnings.append(f"ลำดับ {number}: ขั้นตัดสินใจยังไม่บอกทางแยก โปรดเติมในช่องขั้นต่อไป")
    return step


def _branches(number: str, text: str, ids: Mapping[str, uuids.UUID], draft: ProcessDraft) -> list[dict[str, str]]:
    branches = []
    for item in filter(None, (item.strip() for item in text.split(";"))):
        label, colon, target = item.rpartition(":")
        target = arabic_digits(target if colon else item).strip()
        if target in ids:
            branches.append({"to": str(ids[target]), "label": label.strip()})
        else:
            draft.warnings.append(f"ลำดับ {number}: ขั้นต่อไป “{item}” ไม่มีในตาราง")
    return branches


def _read_chart_notes(lines: Sequence[str], steps: Sequence[ClauseDraft], draft: ProcessDraft) -> Iterator[ClauseDraft]:
    """Part 6 is drawn from part 9. A node of the old drawing without a row becomes a note, and is named."""
    rows = [plain_text(step.content) for step in steps]
    for line in lines:
        for node in re.split(r"\s*(?:->|→|➔)\s*", line):
            label, _, words = node.strip(" ()").rpartition(":")
            words = words.strip()
            # "กลับไป…" is an arrow of the old drawing, not a box
            if not words or words in SHAPE_OF or words.startswith("กลับไป") or _has_row(words, rows):
                continue
            words = f"{label}: {words}" if label else words
            draft.warnings.append(f"ผังเดิมมี “{words[:60]}” แต่ไม่มีแถวในส่วนที่ 9 จึงเก็บเป็นหมายเหตุ")
            yield ClauseDraft(6, Note(body=escape_plain(words)))


def _has_row(node: str, rows: Sequence[str]) -> bool:
    """Whether one row, or failing that the whole table, holds most of the node's words."""
    words = {word for word in tokenize(node) if len(word.strip()) > 1} - {"หรือ", "ไม่", "หรือไม่", "และ", "การ"}
    if not words:
        return True
    best = max((sum(word in row for word in words) for row in rows), default=0)
    return best / len(words) >= SHARED_WORDS
