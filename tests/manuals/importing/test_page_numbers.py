"""A number alone on its line: of a page, or of the sentence before."""

from manuals.content import plain_text
from manuals.importing.page_furniture import leave_out_furniture
from manuals.importing.page_numbers import DOUBT, find_page_numbers
from manuals.importing.process_text import read_process
from manuals.source import SourceDocument, SourceLine

BEFORE = """๑. ชื่องาน
งานสารบรรณ
๕. ขั้นตอนการปฏิบัติงาน
"""


def test_years_and_amounts_broken_off_their_sentence_are_joined_to_it() -> None:
    draft = read_process(
        BEFORE
        + """๕.๑ ปฏิบัติตามระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ.
๒๕๒๖
๕.๒ จัดทำรายงานจำนวน
๑๒
ฉบับ
๘. เอกสาร/หลักฐานอ้างอิง
๘.๑ พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ.
๒๕๖๐
"""
    )
    assert [plain_text(clause.content) for clause in draft.clauses] == [
        "ปฏิบัติตามระเบียบสำนักนายกรัฐมนตรีว่าด้วยงานสารบรรณ พ.ศ. ๒๕๒๖",
        "จัดทำรายงานจำนวน ๑๒ ฉบับ",
        "พระราชบัญญัติการจัดซื้อจัดจ้างและการบริหารพัสดุภาครัฐ พ.ศ. ๒๕๖๐",
    ]
    assert draft.left_out == []


def test_sentence_that_waits_for_a_number_goes_on_with_it() -> None:
    draft = read_process(
        BEFORE
        + """๕.๑ ให้ถือใช้ตั้งแต่
พ.ศ. ๒๕๔๐ เป็นต้นไป โดย
ผู้อนุมัติ
๕.๒ เสนอภายใน
๗ วัน
๕.๓ เอกสารตามข้อ
๕.๑ ให้เก็บไว้ ๑๐ ปี
๕.๔ ตรวจให้ครบทุกข้อ
๕.๕ ส่งคืนตามข้อ
๕.๖ แล้วแจ้งผล
"""
    )
    assert [
        (clause.source_label, plain_text(clause.content)) for clause in draft.clauses
    ] == [
        ("5.1", "ให้ถือใช้ตั้งแต่พ.ศ. ๒๕๔๐ เป็นต้นไป โดยผู้อนุมัติ"),
        ("5.2", "เสนอภายใน ๗ วัน"),
        ("5.3", "เอกสารตามข้อ ๕.๑ ให้เก็บไว้ ๑๐ ปี"),
        ("5.4", "ตรวจให้ครบทุกข้อ"),
        ("5.5", "ส่งคืนตามข้อ"),
        ("5.6", "แล้วแจ้งผล"),
    ]
    doubted = [doubt.place for doubt in draft.doubts if "อ้างถึง" in doubt.message]
    assert doubted == ["บรรทัดที่ 13"]


def test_lone_number_without_others_is_kept_and_doubted() -> None:
    draft = read_process(f"{BEFORE}๕.๑ ตรวจเอกสารให้ครบ\n๑๒\n๕.๒ ส่งคืน\n")
    assert "๑๒" in "".join(plain_text(each.content) for each in draft.clauses)
    assert DOUBT in [doubt.message for doubt in draft.doubts]


def numbered_pages(*pages: tuple[str, ...], told: bool) -> list[SourceLine]:
    lines = []
    for page, words in enumerate(pages, start=1):
        for each in words:
            lines.append(SourceLine(each, "", page=page if told else 0))
    return lines


FILLER = tuple(f"ข้อความบรรทัดที่ {letter}" for letter in "กขคงจฉชซฌญ")


def test_numbers_that_rise_from_page_to_page_are_left_out() -> None:
    pages = [(*FILLER, "ปฏิบัติให้ทัน"), ("๓", *FILLER), ("๔", *FILLER)]
    lines = numbered_pages(*pages, told=False)
    assert [lines[at].text for at in sorted(find_page_numbers(lines))] == ["๓", "๔"]


def test_year_at_the_edge_of_a_page_is_no_number_of_it() -> None:
    """Not even where the numbers of the pages stand there."""
    pages = [
        (*FILLER, "ตามพระราชบัญญัติ พ.ศ.", "๑"),
        ("๒๕๖๐", *FILLER, "ให้ส่งจำนวน", "๒"),
        ("๕", "ฉบับ", *FILLER, "๓"),
    ]
    lines = numbered_pages(*pages, told=True)
    found = [lines[at].text for at in sorted(find_page_numbers(lines))]
    assert found == ["๑", "๒", "๓"]


def test_heading_of_a_part_at_the_top_of_pages_is_no_head_of_them() -> None:
    lines = []
    for page in range(1, 5):
        heading = "9. แบบสรุปมาตรฐานงาน" if page % 2 else "1. ชื่องาน (กระบวนงาน)"
        for words in (heading, f"ข้อความของหน้า {'กขคง'[page - 1]}", "คู่มือการปฏิบัติงาน"):
            place = f"หน้า {page} บรรทัดที่ {len(lines)}"
            lines.append(SourceLine(words, place, page=page))
    document = SourceDocument(lines=lines)
    leave_out_furniture(document)
    assert [line.words for line in document.lines if line.words[0].isdigit()] == [
        "9. แบบสรุปมาตรฐานงาน",
        "1. ชื่องาน (กระบวนงาน)",
    ] * 2
    assert {left.words for left in document.left_out} == {"คู่มือการปฏิบัติงาน"}


def left_and_doubted(*lines: str) -> tuple[list[str], list[str]]:
    document = SourceDocument(lines=[SourceLine(each, "") for each in lines])
    leave_out_furniture(document)
    doubted = [line.words for line in document.lines if line.doubts]
    return [left.words for left in document.left_out], doubted


def test_heads_with_the_number_of_their_page_are_left_out() -> None:
    heads = ["คู่มือการปฏิบัติงาน หน้า ๑", "คู่มือการปฏิบัติงาน  หน้า 2/9", "หน้า ๓ คู่มือการปฏิบัติงาน"]
    lines = [
        "๕.๑ เปิดระบบ",
        heads[0],
        "๕.๒ ตรวจ",
        heads[1],
        "๕.๓ ส่ง",
        heads[2],
        "๕.๔ เก็บ",
    ]
    assert left_and_doubted(*lines) == (heads, [])


def test_lone_head_with_a_number_is_doubted_and_sentences_are_not() -> None:
    """Nor are names that only a number tells apart."""
    lines = [
        "การยืมเงิน",
        "๕.๑ แจ้งล่วงหน้า ๓",
        "การยืมเงิน หน้า ๔",
        "แจ้งล่วงหน้า ๓",
        "แบบ ๑",
        "แบบ ๒",
    ]
    assert left_and_doubted(*lines) == ([], ["การยืมเงิน หน้า ๔"])
    books = ["คู่มือการยืม ๑", "ตรวจ", "คู่มือการยืม ๒"]
    assert left_and_doubted(*books) == ([], [books[0], books[2]])
