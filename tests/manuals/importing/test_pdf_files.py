"""PDF files: their text is read page by page, scans and locked files are refused with what to do."""

import io
from pathlib import Path

import pikepdf
import pytest
from PIL import Image
from weasyprint import HTML

from manuals.content import plain_text
from manuals.importing import pdf_source
from manuals.importing.formats import read_source
from manuals.importing.process_text import read_document
from manuals.importing.reporting import coverage_words
from manuals.source import IN_TABLE, SourceNotRead
from tests.factories import PROCESS_TEXT

ROOT = Path(__file__).resolve().parent.parent.parent.parent
FONT = ROOT / "static" / "pdf" / "fonts" / "Sarabun_400Regular.woff2"
SENTENCE = "เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสองครั้งและตรวจสอบความครบถ้วนของหนังสือ"


def printed(text: str, width: str = "18cm", style: str = "") -> bytes:
    """As an office prints it: a head and a page number on every page."""
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    page = (
        f"@font-face {{font-family: Sarabun; src: url({FONT.as_uri()})}} * {{font-family: Sarabun}}"
        f"@page {{size: {width} 12cm; @top-center {{content: 'คู่มือการปฏิบัติงาน'}}"
        "@bottom-center {content: counter(page)}} p {margin: 0}"
        f"table {{border-collapse: collapse}} {style}"
    )
    html = f"<html lang=th><style>{page}</style><body>{lines}</body></html>"
    pdf: bytes = HTML(string=html).write_pdf()
    return pdf


def test_printed_process_is_read_without_its_heads_and_numbers() -> None:
    parts = PROCESS_TEXT.partition("9. แบบสรุปมาตรฐานงาน")[0]
    draft = read_document(read_source("คู่มือ.pdf", printed(parts)))
    assert draft.title == "การรับหนังสือราชการ"
    words = [plain_text(clause.content) for clause in draft.clauses]
    assert "ตรวจสอบความครบถ้วนของหนังสือและสิ่งที่ส่งมาด้วย" in words
    assert not [each for each in words if each.isdigit() or each == "คู่มือการปฏิบัติงาน"]
    assert {left.reason for left in draft.left_out} == {
        "เลขหน้า",
        "หัวหรือท้ายหน้ากระดาษ",
    }
    assert draft.coverage.is_whole
    assert draft.headers["indicator"].endswith("ภายในวันทำการเดียวกัน")


def test_sentence_over_several_lines_is_one_clause() -> None:
    text = "๑. ชื่องาน (กระบวนงาน)\nการรับหนังสือ\n๕. ขั้นตอนการปฏิบัติงาน\n"
    for number in "๑๒๓๔๕๖":
        text += f"๕.{number} {SENTENCE}{SENTENCE}\n"
    draft = read_document(read_source("คู่มือ.pdf", printed(text, "14cm")))
    assert len(draft.clauses) == 6
    assert {made.repair.kind for made in draft.repairs} >= {"joined"}


def test_lines_of_a_table_are_doubted_and_those_around_it_are_not() -> None:
    text = (
        "1. ชื่องาน (กระบวนงาน)\nการรับหนังสือ\n3. ขอบเขตของงาน\n3.1 ครอบคลุมหนังสือทุกช่องทาง\n"
        "<table><tr><th>ที่<th>กิจกรรม<th>เวลา<tr><td>๑<td>ลงทะเบียนหนังสือที่ได้รับจากทุกช่องทางในระบบ<td>๑๐ นาที"
        "<tr><td>๒<td>ส่งหนังสือ<td>๕ นาที</table>\n3.2 ไม่รวมหนังสือลับ\n"
        "<table><tr><td>กรอบรอบข้อความเดียว</table>\n4. คำจำกัดความ\n5. ขั้นตอนการปฏิบัติงาน\n5.1 เปิดระบบ"
    )
    raw = printed(text, style="td, th {border: 1px solid; width: 4cm}")
    read = read_source("คู่มือ.pdf", raw)
    doubted = "".join(line.words for line in read.lines if IN_TABLE in line.doubts)
    for words in ("กิจกรรม", "ลงทะเบียน", "๑๐ นาที", "ส่งหนังสือ", "๕ นาที"):
        assert words in doubted
    for words in ("ครอบคลุม", "ไม่รวมหนังสือลับ", "กรอบรอบ", "เปิดระบบ"):
        assert words not in doubted
    assert IN_TABLE in [doubt.message for doubt in read_document(read).doubts]


def test_table_without_rules_is_doubted_and_a_list_is_not() -> None:
    rows = (
        "๑<td>ลงทะเบียนหนังสือ<td>๑๐ นาที",
        "๒<td>ส่งหนังสือ<td>๕ นาที",
        "๓<td>แจ้งผล<td>๕ นาที",
    )
    table = "".join(f"<tr><td>{row}" for row in rows)
    steps = "".join(
        f"<span>๕.{number}</span>{SENTENCE}{SENTENCE}\n" for number in "๑๒๓"
    )
    text = (
        "1. ชื่องาน (กระบวนงาน)\nการรับหนังสือ\n3. ขอบเขตของงาน\nครอบคลุมหนังสือทุกช่องทาง\n"
        f"<table>{table}</table>\n5. ขั้นตอนการปฏิบัติงาน\n{steps}"
    )
    style = "td {width: 4cm} span {display: inline-block; width: 1.5cm} p {text-align: justify}"
    read = read_source("คู่มือ.pdf", printed(text, style=style))
    doubted = "".join(line.words for line in read.lines if IN_TABLE in line.doubts)
    for words in ("ลงทะเบียน", "ส่งหนังสือ", "แจ้งผล", "๑๐ นาที"):
        assert words in doubted
    for words in ("ครอบคลุม", "เจ้าหน้าที่", "วันละสองครั้ง"):
        assert words not in doubted


def test_words_of_a_table_of_steps_that_fell_apart_are_not_counted_as_its_rows() -> (
    None
):
    row = "<td>๑<td>ลงทะเบียนหนังสือที่ได้รับจากทุกช่องทางในระบบให้ครบถ้วน<td>๑๐ นาที<td>ไม่มีหนังสือตกค้าง"
    table = f"<tr><th>ที่<th>รายละเอียดงาน<th>เวลา<th>มาตรฐาน<tr>{row}"
    text = (
        "1. ชื่องาน (กระบวนงาน)\nการรับหนังสือ\n3. ขอบเขตของงาน\nครอบคลุมหนังสือทุกช่องทาง\n"
        f"9. แบบสรุปมาตรฐานงาน\n<table>{table}</table>"
    )
    raw = printed(text, style="td, th {border: 1px solid; width: 3cm}")
    coverage = read_document(read_source("คู่มือ.pdf", raw)).coverage
    assert (coverage.missing_words, coverage.scattered_words > 15) == (0, True)
    assert coverage.percent < 50
    named = "".join(each.words for each in coverage.missing)
    assert "ลงทะเบียนหนังสือ" in named
    assert "ครอบคลุม" not in named
    assert "แยกจากแถวของตาราง" in coverage_words(coverage)


def test_note_at_the_foot_of_a_page_is_doubted() -> None:
    text = (
        "๑. ชื่องาน (กระบวนงาน)\nการรับหนังสือ\n๓. ขอบเขตของงาน\nทุกกลุ่ม\n๑ ดูระเบียบงานสารบรรณ"
    )
    draft = read_document(read_source("คู่มือ.pdf", printed(text)))
    assert [doubt for doubt in draft.doubts if "เชิงอรรถ" in doubt.message]


def scan() -> bytes:
    picture = io.BytesIO()
    Image.new("L", (600, 800), 230).save(picture, "PDF")
    return picture.getvalue()


def locked() -> bytes:
    result = io.BytesIO()
    with pikepdf.open(io.BytesIO(printed("ลับ"))) as pdf:
        pdf.save(result, encryption=pikepdf.Encryption(owner="x", user="y"))
    return result.getvalue()


@pytest.mark.parametrize(
    ("raw", "told"),
    [
        (scan(), pdf_source.SCANNED),
        (locked(), pdf_source.LOCKED),
        (printed("ขาด")[:400], pdf_source.BROKEN),
        (b"%PDF-1.7\n" + b"\x00" * 2000, pdf_source.BROKEN),
    ],
    ids=["scan", "locked", "truncated", "garbage"],
)
def test_what_has_no_text_is_refused_with_what_to_do(raw: bytes, told: str) -> None:
    with pytest.raises(SourceNotRead) as caught:
        read_source("คู่มือ.pdf", raw)
    assert caught.value.message_th == told
