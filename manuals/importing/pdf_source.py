"""A PDF's text as lines, page by page. Runs in a process of its own (reading_process.py)."""

import re

import pypdfium2

from ..source import SourceDocument, SourceLine, SourceNotRead, without_blanks_behind
from .pdf_tables import doubt_lines_in_tables
from .text_source import FILE_LIMIT, mark_full_lines

MOST_PAGES = 600
NARROWEST = 25  # letters of a line: what is printed has lines of its page's width
FEWEST_LETTERS = 20  # of a page, on the average, below which it is a picture of one
SCANNED = "ไฟล์ PDF นี้เป็นภาพที่สแกน ไม่มีข้อความให้อ่าน โปรดใช้ไฟล์ Word ต้นฉบับ หรือแปลงเป็นข้อความ (OCR) แล้วตรวจก่อนนำเข้า"
LOCKED = "ไฟล์ PDF นี้มีรหัสผ่าน โปรดบันทึกใหม่โดยไม่ใส่รหัสผ่าน แล้วนำเข้าอีกครั้ง"
BROKEN = "เปิดไฟล์ PDF นี้ไม่ได้ ไฟล์อาจเสียหรือไม่ครบ โปรดบันทึกใหม่แล้วนำเข้าอีกครั้ง"
# What PDFium writes for a hyphen at a line's end
_BROKEN_WORD = "\ufffe\u0002"
_LINE_END = re.compile(r"\r\n|[\r\n]")


def read_pdf(raw: bytes) -> SourceDocument:
    """The lines as they come, unmended. Raises SourceNotRead for scans, locked and broken files."""
    try:
        pdf = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        locked = "password" in str(error).lower() or b"/Encrypt" in raw
        raise SourceNotRead(LOCKED if locked else BROKEN) from error
    if len(pdf) > MOST_PAGES:
        raise SourceNotRead(f"ไฟล์ PDF นี้มีเกิน {MOST_PAGES} หน้า โปรดแบ่งเป็นหลายไฟล์")
    document = SourceDocument()
    letters = 0
    pictures = []
    for number in range(len(pdf)):
        try:
            page = pdf[number]
            words = page.get_textpage()
            text = words.get_text_bounded()
            lines = _lines_of_page(text, number + 1)
            doubt_lines_in_tables(lines, page, words)
        except pypdfium2.PdfiumError as error:
            raise SourceNotRead(BROKEN) from error
        of_page = sum(letter.isalnum() for letter in text)
        letters += of_page
        if not of_page:
            pictures.append(number + 1)
        if letters > FILE_LIMIT:
            raise SourceNotRead("ข้อความยาวเกินหนึ่งล้านตัวอักษร โปรดแบ่งเป็นหลายไฟล์")
        document.lines += lines
    if letters < FEWEST_LETTERS * len(pdf):
        raise SourceNotRead(SCANNED)
    for page in pictures:
        document.doubts.append(
            f"หน้า {page} ไม่มีข้อความ อาจเป็นภาพ โปรดเติมข้อความในหน้านั้นหลังนำเข้า"
        )
    mark_full_lines(document.lines, shortest=NARROWEST)
    return document


def _lines_of_page(text: str, page: int) -> list[SourceLine]:
    lines = []
    for number, raw in enumerate(_LINE_END.split(text), start=1):
        words = without_blanks_behind(raw)
        is_broken = words.endswith(tuple(_BROKEN_WORD))
        words = words.rstrip(_BROKEN_WORD)
        if not words.strip():
            continue
        line = SourceLine(
            words, f"หน้า {page} บรรทัดที่ {number}", page=page, may_go_on=is_broken
        )
        lines.append(line)
    return lines
