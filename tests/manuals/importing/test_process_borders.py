"""A Word file of a whole manual: each process ends where the title of what follows stands."""

from uuid import uuid4

from hearing_portal.thai.numbering import Label
from manuals.content import PARTS, plain_text
from manuals.importing.text_files import read_document_processes
from manuals.source import BOOKMARK, SourceDocument, SourceLine


def heading(
    words: str, level: int, number: str = "", *, is_ours: bool = True
) -> SourceLine:
    label = Label("decimal", number, "") if number else None
    line = SourceLine(words, words, label=label, level=level, is_paragraph=True)
    if is_ours and not number:
        line.bookmark = f"{BOOKMARK}{uuid4().hex}"
    return line


def text(words: str, bookmark: str = "") -> SourceLine:
    return SourceLine(words, words, is_paragraph=True, bookmark=bookmark)


def process(title: str, *steps: str) -> list[SourceLine]:
    lines = [heading(title, 2), text("รหัสเอกสาร: OPM-01")]
    for part in PARTS:
        lines.append(heading(PARTS[part], 3, str(part)))
        if part == 1:
            lines.append(text(title))
    for number, step in enumerate(steps, start=1):
        cells = [str(number), "กิจกรรม", step, "๑ วัน", "ครบ"]
        row = SourceLine(" | ".join(cells), step, kind="row", cells=cells)
        row.is_paragraph = True
        lines.append(row)
    return lines


def test_titles_of_what_follows_are_no_clauses_of_the_process_before() -> None:
    ours = f"{BOOKMARK}{uuid4().hex}"
    lines = [
        *process("การรับหนังสือ", "รับ", "ส่ง"),
        heading("งานพัสดุ", 2),
        *process("การตรวจนับพัสดุ"),
        heading("กลุ่มการเงิน", 1),
        heading("พันธกิจ", 2),
        text("กลุ่มการเงินจ่ายเงินให้ถูกต้อง", ours),
        *process("การจ่ายเงินยืม", "จ่าย"),
        heading("กลุ่มนโยบาย", 1),
        text("กลุ่มนโยบายวางแผน", f"{BOOKMARK}{uuid4().hex}"),
    ]
    drafts = read_document_processes(SourceDocument(lines=lines), {})
    told = [[plain_text(clause.content) for clause in each.clauses] for each in drafts]
    assert [draft.title for draft in drafts] == [
        "การรับหนังสือ",
        "การตรวจนับพัสดุ",
        "การจ่ายเงินยืม",
    ]
    assert [len(words) for words in told] == [2, 0, 1]
    assert [draft.warnings for draft in drafts] == [[], [], []]
    left = [[each.words for each in draft.left_out] for draft in drafts]
    assert left[1] == ["งานพัสดุ", "การตรวจนับพัสดุ"]
    assert "กลุ่มการเงินจ่ายเงินให้ถูกต้อง" in left[2]
    assert "กลุ่มนโยบายวางแผน" in left[2]


def test_a_heading_inside_a_process_ends_nothing() -> None:
    lines = process("การรับหนังสือ")
    lines.insert(-1, heading("หมายเหตุของผู้เขียน", 2, is_ours=False))
    [draft] = read_document_processes(SourceDocument(lines=lines), {})
    assert "หมายเหตุของผู้เขียน" in [plain_text(each.content) for each in draft.clauses]
