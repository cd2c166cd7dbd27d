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
from manuals.source import SourceNotRead
from tests.factories import PROCESS_TEXT

ROOT = Path(__file__).resolve().parent.parent.parent.parent
FONT = ROOT / "static" / "pdf" / "fonts" / "Sarabun_400Regular.woff2"
SENTENCE = "เจ้าหน้าที่สารบรรณกลางเปิดระบบอย่างน้อยวันละสองครั้งและตรวจสอบความครบถ้วนของหนังสือ"


def printed(text: str, width: str = "18cm") -> bytes:
    """As an office prints it: a head and a page number on every page."""
    lines = "".join(f"<p>{line}</p>" for line in text.splitlines())
    page = (
        f"@font-face {{font-family: Sarabun; src: url({FONT.as_uri()})}} * {{font-family: Sarabun}}"
        f"@page {{size: {width} 12cm; @top-center {{content: 'คู่มือการปฏิบัติงาน'}}"
        "@bottom-center {content: counter(page)}} p {margin: 0}"
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
