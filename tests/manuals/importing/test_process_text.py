"""Reading nine-part texts: nothing lost, every number found again, every doubt said."""

import re
from pathlib import Path

import pytest

from hearing_portal.thai.numbering import arabic_digits
from manuals.content import Definition, Note, Reference, Step
from manuals.importing.law_citations import match_source
from manuals.importing.process_text import read_process
from manuals.importing.refusals import TextNotRead
from manuals.importing.shipped import (
    DEMONSTRATION_CODE,
    SHIPPED_MANUALS,
    read_shipped_text,
)
from manuals.importing.text_files import label_warnings
from tests.factories import PROCESS_TEXT
from tests.manuals.nine_parts import (
    PROCESSES,
    TEXTS,
    known_sources,
    labelled,
    name_of,
    read_file,
    said,
)

PRINTED_NUMBER = re.compile(
    r"^\s*([0-9๐-๙]+(?:\.[0-9๐-๙]+)*\.?|[0-9๐-๙]+\)|[ก-ฮ]\.|\([ก-ฮ]\))\s+"
)
HEADING = re.compile(r"^([1-9๑-๙])\.\s")


CHART = "1. ชื่องาน\nการยืม\n6. Flow Chart การปฏิบัติงาน\n"


def printed_parts(path: Path) -> dict[int, list[str]]:
    """{part: its lines} by the simplest means: our files number their nine headings "1. " to "9. "."""
    parts: dict[int, list[str]] = {0: []}
    for line in path.read_text(encoding="utf-8").splitlines():
        heading = HEADING.match(line)
        if heading and int(arabic_digits(heading[1])) == max(parts) + 1:
            parts[max(parts) + 1] = []
        elif line.strip():
            parts[max(parts)].append(line)
    assert sorted(parts) == list(range(10))
    return parts


@pytest.mark.parametrize(
    "heading",
    [
        "๑. ชื่องาน (กระบวนงาน) : การยืมครุภัณฑ์",
        "1. ชื่องาน (กระบวนงาน) การยืมครุภัณฑ์",
        "1. ชื่องาน: การยืมครุภัณฑ์",
        "1. ชื่องาน (กระบวนงาน)\nการยืมครุภัณฑ์",
    ],
)
def test_title_may_stand_on_the_line_of_its_heading(heading):
    draft = read_process(
        f"{heading}\n2. วัตถุประสงค์ : เพื่อให้ยืมได้ถูกต้อง\n3. ขอบเขตของงาน\nทุกกลุ่ม"
    )
    assert draft.title == "การยืมครุภัณฑ์"
    assert [clause.content.body for clause in draft.clauses] == [
        "เพื่อให้ยืมได้ถูกต้อง",
        "ทุกกลุ่ม",
    ]


def test_heading_without_a_title_is_told_apart_from_no_heading():
    for text, told in {
        "1. ชื่องาน (กระบวนงาน)\n2. วัตถุประสงค์": "ไม่พบชื่อกระบวนงาน",
        "ก": "ไม่พบหัวข้อ",
    }.items():
        with pytest.raises(TextNotRead) as caught:
            read_process(text)
        assert caught.value.message_th.startswith(told)
        assert "ไฟล์" not in caught.value.message_th  # it may have been pasted


def without_number(line: str) -> str:
    return PRINTED_NUMBER.sub("", line, count=1).strip()


@pytest.mark.parametrize("path", PROCESSES, ids=name_of)
def test_fixture_is_read_without_refusal_or_doubt(path: Path) -> None:
    draft = read_file(path)
    assert (draft.refusals, draft.warnings, draft.repairs) == ([], [], [])
    # Boxes of the old chart that say a row in other words stand nowhere, and are all that is missing
    missing = [(each.place, each.words) for each in draft.coverage.missing]
    assert missing == [(left.place, left.words) for left in draft.left_out]
    assert draft.coverage.is_whole == (not missing)


@pytest.mark.parametrize(
    "path", [*PROCESSES, *sorted(TEXTS.glob("*.txt"))], ids=name_of
)
def test_every_line_is_found_again_word_for_word_in_its_order(path: Path) -> None:
    draft, printed = read_file(path), printed_parts(path)
    texts = {
        part: [clause.content for clause in draft.clauses if clause.part == part]
        for part in range(1, 10)
    }
    assert draft.title == " ".join(printed[1])
    for part in (2, 3, 5, 7, 8):
        found = [content.fields()[0][1] for content in texts[part]]
        assert found == [without_number(line) for line in printed[part]]
    terms = [
        " หมายถึง ".join(text for _, text in content.fields()) for content in texts[4]
    ]
    assert terms == [without_number(line) for line in printed[4]]
    rows = [[cell.strip() for cell in line.split("|")] for line in printed[9][1:]]
    cells = [
        [
            step.body,
            step.duration_text,
            step.standard,
            step.actor,
            step.note,
            step.system,
        ]
        for step in texts[9]
    ]
    assert cells == [[*row[2:8], ""][:6] for row in rows]


@pytest.mark.parametrize(
    "path", [*PROCESSES, *sorted(TEXTS.glob("*.txt"))], ids=name_of
)
def test_computed_numbers_are_the_printed_ones(path: Path) -> None:
    draft, printed = read_file(path), printed_parts(path)
    labels = {
        part: [item.label for item in labelled(draft) if item.node.part == part]
        for part in range(10)
    }
    for part in (2, 3, 5, 7, 8):
        found = [PRINTED_NUMBER.match(line) for line in printed[part]]
        assert labels[part] == [
            arabic_digits(number[1]) if number else "" for number in found
        ]
    assert labels[9] == [
        arabic_digits(line.partition("|")[0]).strip() for line in printed[9][1:]
    ]


@pytest.mark.parametrize(
    "path", [path for path in PROCESSES if "2565" in path.parts], ids=name_of
)
def test_branches_point_at_the_rows_the_table_names(path: Path) -> None:
    draft, printed = read_file(path), printed_parts(path)
    found = [targets for part, *_, targets in said(draft) if part == 9]
    expected = []
    for line in printed[9][1:]:
        cell = (line.split("|") + [""] * 9)[8]
        branches = [
            branch.rpartition(":") for branch in cell.split(";") if branch.strip()
        ]
        expected.append(
            [(arabic_digits(to).strip(), label.strip()) for label, _, to in branches]
        )
    assert found == expected


def test_receiving_letters_is_read_exactly() -> None:
    draft = read_file(TEXTS / "clean_g01_receive.txt")
    assert draft.title == "การรับหนังสือราชการด้วยระบบสารบรรณอิเล็กทรอนิกส์"
    assert draft.warnings == ["ลำดับ ๒: ขั้นตัดสินใจยังไม่บอกทางแยก โปรดเติมในช่องขั้นต่อไป"]
    outline = [
        (cite, kind, body or data.get("name") or data["as_cited"])
        for _, cite, _, _, kind, body, _, data, _ in said(draft)
    ]
    assert outline == [
        (
            "2.1",
            "text",
            "เพื่อให้การรับหนังสือของสำนักงานเขตพื้นที่การศึกษาถูกต้อง รวดเร็ว และตรวจสอบย้อนหลังได้",
        ),
        ("2.2", "text", "เพื่อให้เจ้าหน้าที่ทุกกลุ่มปฏิบัติเป็นแนวเดียวกัน"),
        (
            "",
            "text",
            "ครอบคลุมตั้งแต่การเปิดรับหนังสือจากหน่วยงานภายนอกและสถานศึกษาในสังกัด การลงทะเบียน การเสนอสั่งการ จนถึงการส่งให้กลุ่มที่เกี่ยวข้อง",
        ),
        ("", "definition", "เอกสารที่เป็นหลักฐานในราชการตามระเบียบว่าด้วยงานสารบรรณ"),
        ("", "definition", "เจ้าพนักงานธุรการของกลุ่มอำนวยการที่ได้รับมอบหมายเป็นลายลักษณ์อักษร"),
        (
            "5.1",
            "text",
            "เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสองครั้ง เวลา ๐๙.๐๐ น. และ ๑๔.๐๐ น.",
        ),
        (
            "5.2",
            "text",
            "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย หากไม่ครบให้ส่งคืนพร้อมเหตุผล",
        ),
        ("5.3", "text", "ลงทะเบียนรับ โดยกำหนดเลขรับเรียงลำดับตามปีปฏิทิน"),
        ("5.4", "text", "จำแนกหนังสือตามกลุ่มงาน"),
        ("5.4 1)", "text", "หนังสือด่วนที่สุด ให้เสนอภายใน ๓๐ นาที"),
        ("5.4 2)", "text", "หนังสือทั่วไป ให้เสนอภายในวันทำการเดียวกัน"),
        ("5.4 2) ก.", "text", "กรณีเกี่ยวข้องหลายกลุ่ม ให้กลุ่มอำนวยการทำความเห็นก่อน"),
        ("5.4 2) ข.", "text", "กรณีไม่ชัดเจน ให้หารือผู้อำนวยการกลุ่ม"),
        ("5.5", "text", "ผู้อำนวยการสำนักงานเขตพื้นที่การศึกษาหรือผู้ได้รับมอบอำนาจสั่งการ"),
        ("5.6", "text", "ส่งหนังสือไปยังกลุ่มที่รับผิดชอบและแจ้งเตือนเมื่อใกล้ครบกำหนด"),
        ("7.1", "form", "ทะเบียนหนังสือรับ"),
        ("7.2", "form", "แบบส่งคืนหนังสือ"),
        (
            "8.1",
            "reference",
            "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ และที่แก้ไขเพิ่มเติม",
        ),
        ("8.2", "reference", "พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. ๒๕๔๐"),
        ("8.3", "reference", "ระเบียบว่าด้วยการรักษาความปลอดภัยแห่งชาติ พ.ศ. ๒๕๑๗"),
        ("1", "step", "เปิดระบบและรับหนังสือ"),
        ("2", "step", "ตรวจสอบความครบถ้วน"),
        ("3", "step", "ลงทะเบียนรับ"),
        ("4", "step", "เสนอสั่งการ"),
        ("5", "step", "ส่งกลุ่มที่รับผิดชอบ"),
    ]
    sources = [
        clause.content.source
        for clause in draft.clauses
        if isinstance(clause.content, Reference)
    ]
    assert sources == [
        "ระเบียบสารบรรณ 2526",
        "พ.ร.บ.ข้อมูลข่าวสาร",
        "ระเบียบรักษาความปลอดภัยแห่งชาติ 2517",
    ]


def test_box_of_an_old_chart_without_a_row_becomes_a_note_and_is_named() -> None:
    draft = read_file(TEXTS / "clean_g04_loan.txt")
    assert draft.warnings == [
        "ลำดับ 2: ขั้นตัดสินใจยังไม่บอกทางแยก โปรดเติมในช่องขั้นต่อไป",
        "ผังเดิมมี “ตรวจสอบ” แต่ไม่มีแถวในส่วนที่ 9 จึงเก็บเป็นหมายเหตุ โปรดเพิ่มแถวหากยังใช้",
        "ผังเดิมมี “ส่งใช้” แต่ไม่มีแถวในส่วนที่ 9 จึงเก็บเป็นหมายเหตุ โปรดเพิ่มแถวหากยังใช้",
    ]
    notes = [clause.content for clause in draft.clauses if clause.part == 6]
    assert notes == [Note(body="ตรวจสอบ"), Note(body="ส่งใช้")]


@pytest.mark.parametrize(
    ("box", "row", "notes"),
    [
        ("เปิดระบบ", "1 | กิจกรรม | เปิดระบบ | | |", []),
        ("เปิด ระบบ ๒ ครั้ง", "1 | กิจกรรม | เปิดระบบ 2 ครั้งต่อวัน | | |", []),
        (
            "เปิดระบบราชการสำคัญ",
            "1 | กิจกรรม | เปิดระบบ | | |",
            ["เปิดระบบราชการสำคัญ"],
        ),
        ("รับหนังสือ", "1 | กิจกรรม | ตรวจ | | | | รับ", ["รับหนังสือ"]),
    ],
)
def test_box_that_says_more_than_a_row_is_kept(box, row, notes) -> None:
    draft = read_process(f"{CHART}เริ่มต้น -> {box}\n9. แบบสรุปมาตรฐานงาน\n{row}\n")
    found = [each.content.body for each in draft.clauses if each.part == 6]
    assert (found, draft.left_out) == (notes, [])


def test_box_of_which_a_row_says_the_same_in_other_words_is_told() -> None:
    row = "7 | กิจกรรม | เสนอผู้มีอำนาจอนุญาต | | |"
    draft = read_process(f"{CHART}เสนออนุญาต\n9. แบบสรุปมาตรฐานงาน\n{row}\n")
    [left] = draft.left_out
    assert left.words == "เสนออนุญาต"
    assert "ลำดับ 7 " in left.reason
    coverage = draft.coverage
    assert coverage.missing == [(left.place, "เสนออนุญาต")]
    assert (coverage.missing_words, coverage.percent < 100) == (2, True)


@pytest.mark.parametrize(
    ("following", "missing"), [("", ["ไม่ครบ: กลับไปรับ", "ใช่"]), ("ไม่ครบ: 1; ใช่: 3", [])]
)
def test_arrow_and_name_of_a_branch_are_missing_where_no_row_has_them(
    following, missing
) -> None:
    rows = f"1 | กิจกรรม | รับ |||||\n2 | ตัดสินใจ | ตรวจ |||||| {following}\n3 | กิจกรรม | ส่ง |||||"
    chart = "รับ -> ตรวจ -> (ไม่ครบ: กลับไปรับ) -> (ใช่: ส่ง)"
    draft = read_process(f"{CHART}{chart}\n9. แบบสรุปมาตรฐานงาน\n{rows}\n")
    assert [left.words for left in draft.left_out] == missing
    assert [each.words for each in draft.coverage.missing] == missing


def test_row_with_every_cell_is_read_exactly() -> None:
    steps = [
        clause for clause in read_process(PROCESS_TEXT).clauses if clause.part == 9
    ]
    assert steps[1].content == Step(
        body="หนังสือครบถ้วนหรือไม่",
        shape="decision",
        actor="เจ้าพนักงานธุรการ",
        system="AMSS++",
        duration={"text": "15 นาที", "minutes": 15},
        standard="ไม่มีสิ่งที่ส่งมาด้วยขาดหาย",
        next=[
            {"to": str(steps[3].uuid), "label": "ครบ"},
            {"to": str(steps[2].uuid), "label": "ไม่ครบ"},
        ],
    )


def test_headers_before_the_first_part_are_read() -> None:
    draft = read_process(PROCESS_TEXT)
    assert draft.headers == {
        "unit": "งานสารบรรณ",
        "process": "การรับหนังสือราชการ",
        "doc_code": "OPM-01-01",
        "indicator": "ร้อยละ 95 ของหนังสือส่งถึงกลุ่มภายในวันทำการเดียวกัน",
    }


# -- doubts and refusals -----------------------------------------------------------------------------------------


def with_line(part: int, line: str) -> str:
    """PROCESS_TEXT with one more line at the end of a part."""
    following = (
        next(
            row for row in PROCESS_TEXT.splitlines() if row.startswith(f"{part + 1}. ")
        )
        if part < 9
        else None
    )
    return (
        PROCESS_TEXT.replace(following, f"{line}\n{following}")
        if following
        else PROCESS_TEXT + line + "\n"
    )


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (
            with_line(9, "5 | วงกลม | ปิดเรื่อง | | | | | |"),
            "ลำดับ 5: ไม่มีรูปผัง “วงกลม” จึงใช้กิจกรรม โปรดเลือกรูปผัง",
        ),
        (
            with_line(9, "5 | กิจกรรม | ปิดเรื่อง | | | | | | 9"),
            "ลำดับ 5: ขั้นต่อไป “9” ไม่มีในตาราง โปรดเลือกขั้นต่อไป",
        ),
        (
            with_line(9, "5 | ตัดสินใจ | ครบหรือไม่ | | | | | | 1"),
            "ลำดับ 5: ขั้นตัดสินใจยังไม่บอกทางแยก โปรดเติมในช่องขั้นต่อไป",
        ),
        (
            with_line(9, "4 | กิจกรรม | ปิดเรื่อง | | | | | |"),
            "ลำดับ 4 มีมากกว่าหนึ่งแถว ทางแยกที่อ้างลำดับนี้ชี้ไปที่แถวแรก โปรดตรวจ",
        ),
        (
            with_line(9, "5 | กิจกรรม | ปิดเรื่อง | | | | แบบ 1 | | | เกิน"),
            "บรรทัดที่ 35: ลำดับ 5: มี 10 ช่อง มากกว่าหัวตาราง 9 ช่อง จึงเก็บข้อความที่เกินไว้ในหมายเหตุ โปรดตรวจ",
        ),
        (
            with_line(9, "รวมเวลาทั้งหมด 2 วัน"),
            "บรรทัดในส่วนที่ 9 ไม่ใช่แถวของตาราง จึงเก็บเป็นหมายเหตุ โปรดย้ายข้อความไปแถวที่ถูกต้อง: รวมเวลาทั้งหมด 2 วัน",
        ),
        (
            PROCESS_TEXT.replace("รหัสเอกสาร: ", "เลขที่: "),
            "พบบรรทัดที่ไม่ตรงรูปแบบก่อนส่วนที่ 1 โปรดเติมในข้อที่ถูกต้องหากต้องใช้: เลขที่: OPM-01-01",
        ),
        (
            PROCESS_TEXT.partition("7. แบบฟอร์มที่ใช้")[0],
            "ไม่พบส่วนที่ 7, 8, 9 ของกระบวนงาน หากมีในไฟล์ โปรดย้ายข้อไปส่วนนั้น",
        ),
        (
            with_line(5, "5.2 ส่งต่อ"),
            "บรรทัดที่ 23: เลขข้อ 5.2 ซ้ำกับข้อก่อนหน้า โปรดตรวจลำดับและระดับของข้อ",
        ),
        (
            with_line(5, "(๑) ก\n(๒) ข\n(๒) ค\n(๓) ง"),
            "บรรทัดที่ 25: เลขข้อ 2 ซ้ำกับข้อก่อนหน้า โปรดตรวจลำดับและระดับของข้อ",
        ),
    ],
)
def test_doubt_is_said(text: str, warning: str) -> None:
    assert warning in read_process(text).warnings


@pytest.mark.parametrize(
    "typed", ["“หนังสือด่วน”", '"หนังสือด่วน"', "คำว่า “หนังสือด่วน”", "หนังสือด่วน"]
)
def test_quoted_term_is_read_without_its_quotes(typed: str) -> None:
    terms = [
        clause.content
        for clause in read_process(
            with_line(4, f"{typed} หมายถึง หนังสือที่ต้องส่งทันที")
        ).clauses
    ]
    assert "หนังสือด่วน" in [
        content.term for content in terms if isinstance(content, Definition)
    ]


@pytest.mark.parametrize("line", ["-", "- | - | - |"])
def test_dash_in_an_empty_table_is_no_step(line: str) -> None:
    assert len(read_process(with_line(9, line)).clauses) == len(
        read_process(PROCESS_TEXT).clauses
    )


def test_number_of_a_clause_that_gets_none_is_told_as_such() -> None:
    draft = read_process(with_line(2, "ก. ข้อที่มีเลข"))
    draft.clauses[0].source_label = "9"
    draft.clauses[0].numbering = "none"
    assert "ส่วนที่ 2: ต้นฉบับพิมพ์เลข 9 แต่ข้อนี้ไม่มีเลขข้อ" in label_warnings(draft)


@pytest.mark.parametrize(
    "path", sorted(SHIPPED_MANUALS.glob("2565/*/*.txt")), ids=name_of
)
def test_shipped_text_is_taken_without_codes_of_the_demonstration(path: Path) -> None:
    text = read_shipped_text(path)
    codes = [
        form["code"]
        for form in DEMONSTRATION_CODE.finditer(path.read_text(encoding="utf-8"))
    ]
    assert [code for code in [*codes, "รหัสสาธิต"] if code in text] == []
    assert len(text.splitlines()) == len(path.read_text(encoding="utf-8").splitlines())


def test_what_is_doubtful_is_kept() -> None:
    rows = [
        "4 | กิจกรรม | ปิดเรื่อง | | | | | |",
        "5 | กิจกรรม | เก็บ | | | | แบบ 1 | | | เกิน",
        "รวมเวลาทั้งหมด 2 วัน",
    ]
    clauses = read_process(with_line(9, "\n".join(rows))).clauses[-3:]
    assert [clause.content.body for clause in clauses] == [
        "ปิดเรื่อง",
        "เก็บ",
        "รวมเวลาทั้งหมด 2 วัน",
    ]
    assert clauses[1].content.note == "แบบ 1 | เกิน"
    assert isinstance(clauses[2].content, Note)
    assert (
        len({clause.uuid for clause in read_process(with_line(9, rows[0])).clauses})
        == 18
    )


@pytest.mark.parametrize(
    "text",
    ["", "บันทึกข้อความ", "1. อะไรก็ได้\nข้อความ", "1. ชื่องาน (กระบวนงาน)\n2. วัตถุประสงค์"],
)
def test_text_without_the_nine_parts_is_not_read(text: str) -> None:
    with pytest.raises(TextNotRead, match="ชื่องาน"):
        read_process(text)


def test_huge_text_is_not_read() -> None:
    with pytest.raises(TextNotRead, match="หนึ่งล้านตัวอักษร"):
        read_process("ก" * 1_000_001)


def test_line_the_text_policy_refuses_is_named_and_the_rest_is_read() -> None:
    draft = read_process(with_line(2, "2.3 เพื่อ\x00ให้\n2.4 เพื่อให้ถูกต้อง"))
    assert len(draft.refusals) == 1
    assert draft.refusals[0].startswith("บรรทัดที่ 11: ")
    assert [clause.content.body for clause in draft.clauses if clause.part == 2][
        -1
    ] == "เพื่อให้ถูกต้อง"


def test_repairs_of_the_text_policy_are_told() -> None:
    draft = read_process(with_line(2, "2.3 เพื่อกํากับ\u2060เเละติดตาม"))
    assert [made.repair[1:] for made in draft.repairs] == [
        ("เพื่อกํากับ\u2060เเละติดตาม", "เพื่อกำกับและติดตาม")
    ]
    assert [clause.content.body for clause in draft.clauses if clause.part == 2][
        -1
    ] == "เพื่อกำกับและติดตาม"


def test_markup_in_a_text_stays_text() -> None:
    draft = read_process(with_line(2, "2.3 เพื่อ <b>ความ</b> & ถูกต้อง"))
    body = [clause.content.body for clause in draft.clauses if clause.part == 2][-1]
    assert body == "เพื่อ &lt;b&gt;ความ&lt;/b&gt; &amp; ถูกต้อง"


# -- legal sources -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cited", "key", "locator"),
    [
        (
            "ระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖ ข้อ 35",
            "ระเบียบสารบรรณ 2526",
            "ข้อ 35",
        ),
        ("ระเบียบสำนักนายกรัฐมนตรี ว่าด้วยงานสารบรรณ พ.ศ.2526", "ระเบียบสารบรรณ 2526", ""),
        (
            "พระราชบัญญัติข้อมูลข่าวสารของราชการ พ.ศ. 2540 มาตรา 7 และมาตรา 9",
            "พ.ร.บ.ข้อมูลข่าวสาร",
            "มาตรา 7 และมาตรา 9",
        ),
        ("ระเบียบว่าด้วยการใช้ห้องประชุม พ.ศ. 2550", "", ""),
    ],
)
def test_citation_finds_its_source_whatever_the_digits_and_blanks(
    cited: str, key: str, locator: str
) -> None:
    assert match_source(cited, known_sources()) == (key, locator)


def test_longest_title_is_the_source() -> None:
    sources = {
        "พระราชบัญญัติการศึกษาแห่งชาติ พ.ศ. 2542": "แม่",
        "พระราชบัญญัติการศึกษาแห่งชาติ พ.ศ. 2542 (ฉบับที่ 2)": "ลูก",
    }
    assert (
        match_source("พระราชบัญญัติการศึกษาแห่งชาติ พ.ศ. 2542 (ฉบับที่ 2)", sources)[0] == "ลูก"
    )


def test_citation_outside_the_registry_is_named() -> None:
    draft = read_process(with_line(8, "8.2 ระเบียบที่ไม่มีจริง พ.ศ. 2599"), known_sources())
    assert draft.warnings == [
        "ไม่พบในทะเบียนกฎหมาย โปรดตรวจชื่อหรือเลือกกฎหมาย: ระเบียบที่ไม่มีจริง พ.ศ. 2599"
    ]
