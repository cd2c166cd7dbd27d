"""Part 9 of a nine-part text: the rows of the standard table, and what an old part 6 says beside them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from uuid import UUID, uuid4

from hearing_portal.thai.numbering import arabic_digits
from hearing_portal.thai.text import escape_plain
from hearing_portal.thai.words import tokenize

from ..content import SHAPES, Note, Step, plain_text, read_duration
from .drafts import ClauseDraft, ProcessDraft

SHAPE_OF = {thai: shape for shape, thai in SHAPES.items()}
HEAD_CELLS = ("ที่", "ลำดับ", "ลำดับที่")
COLUMNS = 9
REMARKS = 6  # the column of the remarks
# Share of a node's words that a row of part 9 must hold to be that node
SHARED_WORDS = 0.5
LITTLE_WORDS = {"หรือ", "ไม่", "หรือไม่", "และ", "การ"}  # every row has them


def read_steps(lines: Sequence[str], draft: ProcessDraft) -> list[ClauseDraft]:
    """The rows as steps, then the lines that are no rows as notes."""
    notes = []
    rows = []
    for line in lines:
        if not any(character.isalnum() for character in line):
            continue  # "-": the table is empty
        if "|" in line:
            cells = _read_cells(line, draft)
            if cells[0] not in HEAD_CELLS:
                rows.append(cells)
            continue
        words = line.strip()
        draft.warnings.append(
            f"บรรทัดในส่วนที่ 9 ไม่ใช่แถวของตาราง จึงเก็บเป็นหมายเหตุ: {words[:60]}"
        )
        note = Note(body=escape_plain(words))
        notes.append(ClauseDraft(9, note))

    # Branches lead to rows by number, also to rows further down: all uuids are there before the first step is read
    uuids = []
    uuid_of_number: dict[str, UUID] = {}
    for cells in rows:
        number = arabic_digits(cells[0])
        uuid = uuid4()
        uuids.append(uuid)
        if number in uuid_of_number:
            draft.warnings.append(
                f"ลำดับ {number} มีมากกว่าหนึ่งแถว ทางแยกที่อ้างลำดับนี้ชี้ไปที่แถวแรก"
            )
        uuid_of_number.setdefault(number, uuid)

    steps = []
    for cells, uuid in zip(rows, uuids, strict=True):
        step = _read_step(cells, uuid_of_number, draft)
        clause = ClauseDraft(
            part=9,
            content=step,
            numbering="decimal",
            source_label=arabic_digits(cells[0]),
            uuid=uuid,
        )
        steps.append(clause)
    return steps + notes


def _read_cells(line: str, draft: ProcessDraft) -> list[str]:
    """The nine cells of a row; old tables lack the last ones, and what is beyond them goes to the remarks."""
    cells = [cell.strip() for cell in line.split("|")]
    cells += [""] * (COLUMNS - len(cells))
    beyond = cells[COLUMNS:]
    if any(beyond):
        draft.warnings.append(
            f"ลำดับ {cells[0]}: มีช่องเกินเก้าช่อง จึงเก็บข้อความที่เกินไว้ในหมายเหตุ"
        )
        remarks = [cell for cell in (cells[REMARKS], *beyond) if cell]
        cells[REMARKS] = " | ".join(remarks)
    return cells[:COLUMNS]


def _read_step(
    cells: Sequence[str], uuid_of_number: Mapping[str, UUID], draft: ProcessDraft
) -> Step:
    number, shape, text, duration, standard, actor, note, system, following = cells
    if shape not in SHAPE_OF:
        draft.warnings.append(f"ลำดับ {number}: ไม่มีรูปผัง “{shape}” จึงใช้กิจกรรม")
    step = Step(
        body=escape_plain(text),
        shape=SHAPE_OF.get(shape, "task"),
        duration=read_duration(duration),
        standard=standard,
        actor=actor,
        note=note,
        system=system,
        next=_read_branches(number, following, uuid_of_number, draft),
    )
    if step.shape == "decision" and len(step.next) < 2:
        draft.warnings.append(
            f"ลำดับ {number}: ขั้นตัดสินใจยังไม่บอกทางแยก โปรดเติมในช่องขั้นต่อไป"
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
            draft.warnings.append(f"ลำดับ {number}: ขั้นต่อไป “{item}” ไม่มีในตาราง")
    return branches


def read_chart_notes(
    lines: Sequence[str], steps: Sequence[ClauseDraft], draft: ProcessDraft
) -> Iterator[ClauseDraft]:
    """Part 6 is drawn from part 9. A node of the old drawing without a row becomes a note, and is named."""
    rows = [plain_text(step.content) for step in steps]
    for line in lines:
        for node in re.split(r"\s*(?:->|→|➔)\s*", line):
            label, _, words = node.strip(" ()").rpartition(":")
            words = words.strip()
            if not words or words in SHAPE_OF:
                continue  # it says nothing but its shape
            if words.startswith("กลับไป"):
                continue  # an arrow of the old drawing, not a box
            if _has_row(words, rows):
                continue
            if label:
                words = f"{label}: {words}"
            draft.warnings.append(
                f"ผังเดิมมี “{words[:60]}” แต่ไม่มีแถวในส่วนที่ 9 จึงเก็บเป็นหมายเหตุ"
            )
            note = Note(body=escape_plain(words))
            yield ClauseDraft(6, note)


def _has_row(node: str, rows: Sequence[str]) -> bool:
    """Whether one row holds most of the node's words."""
    words = set()
    for word in tokenize(node):
        if len(word.strip()) > 1 and word not in LITTLE_WORDS:
            words.add(word)
    if not words:
        return True
    for row in rows:
        found = [word for word in words if word in row]
        if len(found) / len(words) >= SHARED_WORDS:
            return True
    return False
