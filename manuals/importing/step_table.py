"""Part 9 of a nine-part text: the rows of the standard table, and what an old part 6 says beside them."""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Self
from uuid import UUID, uuid4

from rapidfuzz import fuzz

from hearing_portal.thai.markup import write_references
from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.shortening import shorten
from hearing_portal.thai.text import escape_plain, inline_plain
from hearing_portal.thai.words import tokenize

from ..content import SHAPES, Note, Step, plain_text, read_duration
from ..source import LeftOut, SourceLine, uuid_in_bookmark
from .drafts import ClauseDraft, DoubtKind, ProcessDraft
from .office_marks import read_office_mark

SHAPE_OF = {thai: shape for shape, thai in SHAPES.items()}
# What the columns are called, in the order of a table without a head
COLUMNS: dict[str, tuple[str, ...]] = {
    "number": ("ที่", "ลำดับ", "ลำดับที่", "ข้อ", "no"),
    "shape": (
        "ผังขั้นตอน",
        "ผังขั้นตอนการดำเนินงาน",
        "ผังขั้นตอนการปฏิบัติงาน",
        "ผังงาน",
        "ผัง",
        "flowchart",
    ),
    "text": (
        "รายละเอียดงาน",
        "รายละเอียด",
        "รายละเอียดของงาน",
        "ขั้นตอน",
        "ขั้นตอนการปฏิบัติงาน",
        "กิจกรรม",
    ),
    "duration": ("เวลาดำเนินการ", "เวลา", "ระยะเวลา", "ระยะเวลาดำเนินการ"),
    "standard": ("มาตรฐานคุณภาพงาน", "มาตรฐาน", "มาตรฐานงาน", "คุณภาพงาน"),
    "actor": ("ผู้รับผิดชอบ", "ผู้รับผิดชอบงาน"),
    "note": ("หมายเหตุ",),
    "system": ("ระบบที่ใช้", "ระบบ"),
    "following": ("ขั้นต่อไป", "ขั้นตอนต่อไป", "ทางแยก"),
}
FEWEST_NAMED = 3  # columns that make a row the head
LIKE_NAME = 85  # fuzz.ratio from which a name is a misspelt one
# Share of a node's words that a row of part 9 must hold to say the same in other words
SHARED_WORDS = 0.5
OTHER_WORDS = "กล่องของผังเดิม ถือว่าตรงกับลำดับ {number} ของส่วนที่ 9 ซึ่งใช้ถ้อยคำอื่น โปรดตรวจ"
ARROW_BACK = "เส้นย้อนกลับของผังเดิม โปรดเติมในช่องขั้นต่อไปของแถวที่ย้อนกลับ"
BRANCH_NAME = "ชื่อทางแยกของผังเดิม โปรดเติมในช่องขั้นต่อไปของแถวที่แยก"
LITTLE_WORDS = {"หรือ", "ไม่", "หรือไม่", "และ", "การ"}  # every row has them


type Row = dict[str, str]  # {column: what its cell says}


def read_steps(lines: Sequence[SourceLine], draft: ProcessDraft) -> list[ClauseDraft]:
    """The rows as steps, then the lines that are no rows as notes."""
    notes = []
    rows: list[tuple[SourceLine, Row]] = []
    head = list(COLUMNS)
    for line in lines:
        if not any(character.isalnum() for character in line.text):
            continue  # "-": the table is empty
        if line.cells or "|" in line.text:
            cells, has_bar = _split_cells(line, len(head))
            named = _read_head(cells)
            if named is not None:
                head = named
                draft.understood.append(line.text)
                _doubt_head(head, line, draft)
            else:
                row = _read_row(cells, head, line, draft)
                rows.append((line, row))
                if has_bar:
                    message = f"ลำดับ {row['number']}: แถวมีช่องมากกว่าหัวตาราง จึงถือว่าเครื่องหมาย | ในวงเล็บเป็นข้อความ โปรดตรวจ"
                    draft.doubt(DoubtKind.TABLE, message, line)
            continue
        words = line.words
        draft.doubt(
            DoubtKind.TABLE,
            f"บรรทัดในส่วนที่ 9 ไม่ใช่แถวของตาราง จึงเก็บเป็นหมายเหตุ โปรดย้ายข้อความไปแถวที่ถูกต้อง: {shorten(words, 60)}",
        )
        note = Note(body=escape_plain(words))
        notes.append(ClauseDraft(9, note, place=line.place))

    # Branches lead to rows by number, also to rows further down: all uuids are there before the first step is read
    uuids = []
    uuid_of_number: dict[str, UUID] = {}
    for _, row in rows:
        number = arabic_digits(row["number"])
        uuid = uuid4()
        uuids.append(uuid)
        if number in uuid_of_number:
            draft.doubt(
                DoubtKind.TABLE,
                f"ลำดับ {number} มีมากกว่าหนึ่งแถว ทางแยกที่อ้างลำดับนี้ชี้ไปที่แถวแรก โปรดตรวจ",
                clause=uuid,
            )
        uuid_of_number.setdefault(number, uuid)

    steps = []
    for (line, row), uuid in zip(rows, uuids, strict=True):
        known = len(draft.doubts)
        row["text"], applies_to = read_office_mark(row["text"], line, draft)
        step = _read_step(row, uuid_of_number, draft, has_shapes="shape" in head)
        for place in range(known, len(draft.doubts)):
            draft.doubts[place] = replace(draft.doubts[place], clause=uuid)
        clause = ClauseDraft(
            part=9,
            content=replace(step, applies_to=applies_to),
            numbering="decimal",
            source_label=arabic_digits(row["number"]),
            place=line.place,
            uuid=uuid,
            bookmark=line.bookmark,
        )
        steps.append(clause)
    return steps + notes


def _split_cells(line: SourceLine, columns: int) -> tuple[list[str], bool]:
    """(the cells, whether a bar within brackets parts none): so it is where only so the row fits the head."""
    if line.cells:
        return [cell.strip() for cell in line.cells], False
    cells = _without_empty_end(line.text.split("|"), columns)
    if len(cells) > columns:
        outside = re.split(r"\|(?![^()]*\))", line.text)
        whole = _without_empty_end(outside, columns)
        if len(whole) <= columns:
            return whole, True
    return cells, False


def _without_empty_end(cells: Sequence[str], columns: int) -> list[str]:
    kept = [cell.strip() for cell in cells]
    while len(kept) > columns and not kept[-1]:
        kept.pop()
    return kept


def _read_head(cells: Sequence[str]) -> list[str] | None:
    """The columns of a row that is the head; one that nobody knows is called by its own name."""
    names = []
    known = 0
    for cell in cells:
        column = _column_called(cell)
        if column is not None and column not in names:
            known += 1
            names.append(column)
        else:
            names.append(cell)
    if known >= FEWEST_NAMED or (known and cells[0] in COLUMNS["number"]):
        return names
    return None


def _column_called(cell: str) -> str | None:
    """A misspelt name is one all the same."""
    letters = re.sub(r"[\s().]+", "", cell).lower()
    for column, names in COLUMNS.items():
        if letters in names:
            return column
    for column, names in COLUMNS.items():
        if any(fuzz.ratio(letters, name) >= LIKE_NAME for name in names):
            return column
    return None


def _doubt_head(head: Sequence[str], line: SourceLine, draft: ProcessDraft) -> None:
    unknown = [name for name in head if name and name not in COLUMNS]
    if unknown:
        names = ", ".join(f"“{name}”" for name in unknown)
        message = f"หัวตารางมีช่อง {names} ซึ่งไม่ตรงกับช่องใดของตารางขั้นตอน จึงเก็บข้อความของช่องนั้นไว้ในหมายเหตุ โปรดตรวจ"
        draft.doubt(DoubtKind.TABLE, message, line)
    if "shape" not in head:
        draft.doubt(
            DoubtKind.TABLE,
            "ตารางไม่มีช่องผังขั้นตอน จึงใช้กิจกรรมทุกแถว โปรดเลือกรูปผังของขั้นที่เป็นอย่างอื่น",
            line,
        )


def _read_row(
    cells: Sequence[str], head: Sequence[str], line: SourceLine, draft: ProcessDraft
) -> Row:
    """Old tables lack the last cells; what is beyond the head, or under a name that nobody knows, goes to the
    remarks."""
    row: Row = dict.fromkeys(COLUMNS, "")
    remarks = []
    for column, cell in zip(head, cells, strict=False):
        if column in COLUMNS:
            row[column] = cell
        elif cell:
            remarks.append(f"{column}: {cell}".removeprefix(": "))
            draft.understood.append(column)
    number = row["number"]
    beyond = [cell for cell in cells[len(head) :] if cell]
    if beyond:
        draft.doubt(
            DoubtKind.TABLE,
            f"ลำดับ {number}: มี {len(cells)} ช่อง มากกว่าหัวตาราง {len(head)} ช่อง จึงเก็บข้อความที่เกินไว้ในหมายเหตุ โปรดตรวจ",
            line,
        )
    kept = [row["note"], *remarks, *beyond]
    row["note"] = " | ".join(cell for cell in kept if cell)
    return row


def _read_step(
    row: Row,
    uuid_of_number: Mapping[str, UUID],
    draft: ProcessDraft,
    *,
    has_shapes: bool,
) -> Step:
    number = row["number"]
    shape = row["shape"]
    if shape not in SHAPE_OF and has_shapes:
        draft.doubt(
            DoubtKind.CHART, f"ลำดับ {number}: ไม่มีรูปผัง “{shape}” จึงใช้กิจกรรม โปรดเลือกรูปผัง"
        )
    step = Step(
        body=escape_plain(row["text"]),
        shape=SHAPE_OF.get(shape, "task"),
        duration=read_duration(row["duration"]),
        standard=write_references(row["standard"], []),
        actor=row["actor"],
        note=write_references(row["note"], []),
        system=row["system"],
        next=_read_branches(number, row["following"], uuid_of_number, draft),
    )
    if step.shape == "decision" and len(step.next) < 2:
        draft.doubt(
            DoubtKind.CHART,
            f"ลำดับ {number}: ขั้นตัดสินใจยังไม่บอกทางแยก โปรดเติมในช่องขั้นต่อไป",
        )
    return step


def _read_branches(
    number: str,
    text: str,
    uuid_of_number: Mapping[str, UUID],
    draft: ProcessDraft,
) -> list[dict[str, str]]:
    """ "ครบ: 4; ไม่ครบ: 2", or the numbers alone."""
    branches = []
    for item in text.split(";"):
        item = item.strip()
        if not item:
            continue
        label, _, target = item.rpartition(":")
        target = arabic_digits(target).strip()
        if target in uuid_of_number:
            branch = {
                "to": str(uuid_of_number[target]),
                "label": label.strip(),
            }
            branches.append(branch)
        else:
            message = f"ลำดับ {number}: ขั้นต่อไป “{item}” ไม่มีในตาราง โปรดเลือกขั้นต่อไป"
            draft.doubt(DoubtKind.CHART, message)
    return branches


def read_chart_notes(
    lines: Sequence[SourceLine], steps: Sequence[ClauseDraft], draft: ProcessDraft
) -> Iterator[ClauseDraft]:
    """Part 6 is drawn from part 9. A node of the old drawing without a row becomes a note, and is named; one that a row
    says in other words is told."""
    uuids = [str(step.uuid) for step in steps]
    rows = [_RowWords.of(step, uuids[: at + 1]) for at, step in enumerate(steps)]
    for line in _whole_lines(lines):
        if uuid_in_bookmark(line.bookmark) is not None:
            # A clause of ours, and no node of a drawing
            yield ClauseDraft(
                6,
                Note(body=escape_plain(line.words)),
                place=line.place,
                bookmark=line.bookmark,
            )
            continue
        for node in re.split(r"\s*(?:->|→|➔)\s*", line.text):
            note = _read_node(node, line, rows, draft)
            if note is not None:
                yield note


def _read_node(
    node: str, line: SourceLine, rows: Sequence["_RowWords"], draft: ProcessDraft
) -> ClauseDraft | None:
    label, _, words = node.strip(" ()").rpartition(":")
    words = words.strip()
    is_branch = bool(label) and label not in SHAPE_OF
    if not words or words in SHAPE_OF:  # says nothing else
        draft.understood.append(node)
        return None
    if words.startswith("กลับไป"):  # an arrow of the old drawing, no box
        if not any(row.leads_back(label) for row in rows):
            left = node.strip(" ()")
            draft.left_out.append(LeftOut(line.place, left, ARROW_BACK, True))
        draft.understood.append(node)
        return None
    if any(row.says(words) for row in rows):
        if is_branch and not any(row.says(label) for row in rows):
            draft.left_out.append(LeftOut(line.place, label, BRANCH_NAME, True))
        draft.understood.append(node)
        return None
    row = _row_in_other_words(words, rows, is_branch=is_branch)
    if row is not None:
        told = OTHER_WORDS.format(number=row.number)
        left = node.strip(" ()")
        draft.left_out.append(LeftOut(line.place, left, told, True))
        return None
    if label:
        words = f"{label}: {words}"
    draft.doubt(
        DoubtKind.CHART,
        f"ผังเดิมมี “{shorten(words, 60)}” แต่ไม่มีแถวในส่วนที่ 9 จึงเก็บเป็นหมายเหตุ โปรดเพิ่มแถวหากยังใช้",
    )
    return ClauseDraft(6, Note(body=escape_plain(words)), place=line.place)


def _whole_lines(lines: Sequence[SourceLine]) -> Iterator[SourceLine]:
    """Those that a page broke are one."""
    whole: SourceLine | None = None
    for line in lines:
        if whole is not None and whole.may_go_on:
            whole = replace(
                whole, text=whole.text + line.text, may_go_on=line.may_go_on
            )
            continue
        if whole is not None:
            yield whole
        whole = line
    if whole is not None:
        yield whole


@dataclass(frozen=True, slots=True)
class _RowWords:
    """What a row says: its number, the step's own words and all its cells, both without blanks; `back` is what its
    branches to rows above are called."""

    number: str
    step: str
    cells: str
    back: frozenset[str]

    @classmethod
    def of(cls, clause: ClauseDraft, above: Collection[str]) -> Self:
        """`above` are the uuids of the rows above, and its own."""
        step = _squeeze(inline_plain(clause.content.body))
        branches = clause.content.next if isinstance(clause.content, Step) else ()
        back = frozenset(_squeeze(to["label"]) for to in branches if to["to"] in above)
        cells = _squeeze(plain_text(clause.content))
        return cls(clause.source_label, step, cells, back)

    def says(self, words: str) -> bool:
        """Whether nothing of a node is lost where this row stands."""
        return _squeeze(words) in self.cells

    def leads_back(self, label: str) -> bool:
        """Whether an arrow back of this name, or one without, is a branch of the row."""
        return _squeeze(label) in self.back if label else bool(self.back)


def _squeeze(words: str) -> str:
    return re.sub(r"\s+", "", arabic_digits(words))


def _row_in_other_words(
    node: str, rows: Sequence[_RowWords], *, is_branch: bool
) -> _RowWords | None:
    """The row that holds all of the node's words, or most and some of them in the step's own: what a branch leads to,
    the remarks of a decision may say. A node with all words of a step and some that no row has is another step."""
    words = set()
    for word in tokenize(arabic_digits(node)):
        if len(word.strip()) > 1 and word not in LITTLE_WORDS:
            words.add(word)
    is_new = any(all(word not in row.cells for row in rows) for word in words)
    is_longer = any(row.step and row.step in _squeeze(node) for row in rows)
    if not words or (is_new and is_longer):
        return None
    for row in rows:
        found = [word for word in words if word in row.cells]
        is_of_step = any(word in row.step for word in found)
        is_most = len(found) / len(words) >= SHARED_WORDS
        if len(found) == len(words) or (is_most and (is_of_step or is_branch)):
            return row
    return None
