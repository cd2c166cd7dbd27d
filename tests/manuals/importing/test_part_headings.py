"""The nine headings however an old manual writes them, and the lines that only look like one."""

import pytest

from hearing_portal.thai.numbering import thai_digits
from manuals.content import PARTS, plain_text
from manuals.importing.drafts import ProcessDraft
from manuals.importing.part_headings import read_part_heading
from manuals.importing.part_names import VARIANTS
from manuals.importing.process_text import read_process
from tests.factories import PROCESS_TEXT

ALL_NAMES = [(part, name) for part in PARTS for name in (PARTS[part], *VARIANTS[part])]


@pytest.mark.parametrize(("part", "name"), ALL_NAMES)
def test_every_name_is_read_with_and_without_a_number(part: int, name: str) -> None:
    lines = [
        f"{part}. {name}",
        f"{thai_digits(str(part))}. {name}",
        f"{thai_digits(str(part))}.{name}",
        f"{part}) {name.upper()}",
        f"ส่วนที่ {part} {name} :",
        name,
    ]
    assert [read_part_heading(line, part - 1) for line in lines] == [part] * len(lines)


@pytest.mark.parametrize(
    "line",
    [
        "๖. Flow Chart",
        "6. Flow chart",
        "6. แผนผังการปฏิบัติงาน (Flow Chart)",
        "Flow Chart (แผนผังการปฏิบัติงาน)",
        "Work flow",
    ],
)
def test_chart_heading_is_part_six(line: str) -> None:
    assert read_part_heading(line, 5) == 6


@pytest.mark.parametrize(
    ("line", "current"),
    [
        ("5.1 ขั้นตอนการปฏิบัติงาน", 4),  # a clause
        ("5.6 Flow Chart", 5),
        ("6. จัดทำผังการปฏิบัติงานเสนอผู้อำนวยการ", 5),  # an item that names a chart
        ("จัดทำ Flow Chart", 5),
        ("  แบบฟอร์ม", 6),  # indented: it belongs to the line before
        ("แบบฟอร์ม", 7),  # the part it stands in
        ("วัตถุประสงค์", 5),  # a part before
        ("มาตรฐานงาน", 2),  # too far ahead to be meant without its number
        ("7. Flow Chart", 5),  # the number of another part
    ],
)
def test_what_only_looks_like_a_heading_is_none(line: str, current: int) -> None:
    assert read_part_heading(line, current) == 0


@pytest.mark.parametrize(
    "heading", ["๖. Flow Chart", "Flow Chart", "แผนผังการปฏิบัติงาน", "6. Work flow"]
)
def test_text_with_another_heading_is_read_alike(heading: str) -> None:
    official = "6. Flow Chart การปฏิบัติงาน"
    assert official in PROCESS_TEXT
    draft = read_process(PROCESS_TEXT.replace(official, heading))
    expected = read_process(PROCESS_TEXT)
    assert _steps_of_work(draft) == _steps_of_work(expected)
    assert draft.warnings == expected.warnings


def _steps_of_work(draft: ProcessDraft) -> list[str]:
    return [plain_text(clause.content) for clause in draft.clauses if clause.part == 5]


def parts_of(text: str) -> list[tuple[int, str]]:
    draft = read_process(text)
    told = [plain_text(clause.content) for clause in draft.clauses]
    parts = [clause.part for clause in draft.clauses]
    return [(1, draft.title), *zip(parts, told, strict=True)]


def test_heading_ends_the_title_whatever_its_letter() -> None:
    text = """ก. ชื่องาน
งานทดสอบลำดับ
ค. วัตถุประสงค์
๑) เพื่อทดสอบ
ข. ขอบเขตของงาน
ครอบคลุมทั้งหมด
"""
    assert parts_of(text) == [
        (1, "งานทดสอบลำดับ"),
        (2, "เพื่อทดสอบ"),
        (3, "ครอบคลุมทั้งหมด"),
    ]


def test_parts_numbered_on_without_those_that_are_missing_are_told_by_name() -> None:
    text = """1. ชื่องาน
งานทดสอบชุด
2. วัตถุประสงค์
1) เพื่อทดสอบหนึ่ง
2) เพื่อทดสอบสอง
3. ขั้นตอนการปฏิบัติงาน
(1) รับเรื่อง
4. แบบฟอร์มที่ใช้
ทะเบียนหนังสือ
"""
    assert parts_of(text) == [
        (1, "งานทดสอบชุด"),
        (2, "เพื่อทดสอบหนึ่ง"),
        (2, "เพื่อทดสอบสอง"),
        (5, "รับเรื่อง"),
        (7, "ทะเบียนหนังสือ"),
    ]
