"""Which reader a file has: by what its bytes are, not by its name alone."""

from pathlib import PurePosixPath

from hearing_portal.thai.byte_texts import NoText, decode_thai

from ..source import SourceDocument
from .mending import mend_lines
from .page_furniture import leave_out_furniture
from .reading_process import read_apart
from .refusals import FormatNotServed, TextNotRead
from .text_source import read_text_source

OTHER_PROGRAMS = {
    ".odt": "LibreOffice",
    ".rtf": "RTF",
    ".xlsx": "Excel",
    ".xls": "Excel",
    ".jpg": "รูปภาพ",
    ".jpeg": "รูปภาพ",
    ".png": "รูปภาพ",
    ".rar": "RAR",
    ".7z": "7-Zip",
    ".zip": "ZIP",
}
# The last ones are refused, with what to do
WORD_SUFFIXES = (".docx", ".dotx", ".docm", ".dotm", ".doc")
OLE = b"\xd0\xcf\x11\xe0"  # Word before 2007, and what is encrypted
ARCHIVES = (".zip", ".rar", ".7z")  # a ZIP within another one; one alone is unpacked
ARCHIVE = (
    "ไม่ได้อ่านไฟล์ใน {program} นี้ โปรดแตกไฟล์ก่อน แล้วส่งไฟล์ที่อยู่ข้างใน หรือบีบอัดใหม่เป็น ZIP ชั้นเดียว"
)
READABLE = "Word (.docx) PDF หรือข้อความล้วน (.txt)"


def read_source(name: str, raw: bytes) -> SourceDocument:
    """The lines of a file. Raises SourceNotRead, in Thai, for what is none
    of the formats that are read."""
    if not raw.strip():
        raise TextNotRead("ไฟล์นี้ว่าง โปรดตรวจว่าบันทึกข้อความไว้แล้ว")
    suffix = PurePosixPath(name).suffix.lower()
    kind = _kind_of(suffix, raw)
    if kind:
        document = read_apart(kind, raw)
        mend_lines(document)
        leave_out_furniture(document)
        return document
    program = OTHER_PROGRAMS.get(suffix)
    if suffix in ARCHIVES:
        raise FormatNotServed(ARCHIVE.format(program=program))
    if program or suffix in (".pdf", ".docx") or raw.startswith((b"PK", OLE)):
        raise FormatNotServed(
            f"อ่านไฟล์ {program or 'ชนิดนี้'} ไม่ได้ โปรดบันทึกเป็น {READABLE} แล้วส่งใหม่"
        )
    return read_text_source(decode_text(raw))


def _kind_of(suffix: str, raw: bytes) -> str:
    """What its bytes are, for the formats that are read apart; "" for any other."""
    if raw.lstrip()[:4] == b"%PDF":
        return "pdf"
    is_word = suffix in WORD_SUFFIXES and raw.startswith((b"PK", OLE))
    if is_word or (raw.startswith(b"PK") and b"word/document.xml" in raw):
        return "docx"
    return ""


def decode_text(raw: bytes) -> str:
    """Raises TextNotRead for what is neither Unicode nor Thai as Windows writes it."""
    try:
        return decode_thai(raw)
    except NoText:
        raise TextNotRead(
            "ไฟล์ไม่ใช่ข้อความ UTF-8 โปรดบันทึกใหม่เป็น UTF-8 แล้วนำเข้าอีกครั้ง"
        ) from None
