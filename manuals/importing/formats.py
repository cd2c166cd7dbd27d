"""Which reader a file has: by what its bytes are, not by its name alone."""

from pathlib import PurePosixPath

from hearing_portal.thai.byte_texts import NoText, decode_thai

from ..source import SourceDocument
from .refusals import FormatNotServed, TextNotRead
from .text_source import read_text_source

OTHER_PROGRAMS = {
    ".docx": "Word",
    ".doc": "Word",
    ".odt": "LibreOffice",
    ".rtf": "RTF",
    ".pdf": "PDF",
    ".xlsx": "Excel",
    ".xls": "Excel",
    ".jpg": "รูปภาพ",
    ".jpeg": "รูปภาพ",
    ".png": "รูปภาพ",
    ".rar": "RAR",
    ".7z": "7-Zip",
    ".zip": "ZIP",
}
NOT_TEXT = (b"PK", b"%PDF", b"\xd0\xcf\x11\xe0")


def read_source(name: str, raw: bytes) -> SourceDocument:
    """The lines of a file. Raises SourceNotRead, in Thai, for what is none of the formats that are read."""
    if not raw.strip():
        raise TextNotRead("ไฟล์นี้ว่าง โปรดตรวจว่าบันทึกข้อความไว้แล้ว")
    suffix = PurePosixPath(name).suffix.lower()
    program = OTHER_PROGRAMS.get(suffix)
    if program or raw.startswith(NOT_TEXT):
        raise FormatNotServed(
            f"ยังอ่านไฟล์ {program or 'ชนิดนี้'} ไม่ได้ โปรดบันทึกเป็นข้อความล้วน (.txt) UTF-8 แล้วส่งใหม่"
        )
    return read_text_source(decode_text(raw))


def decode_text(raw: bytes) -> str:
    """Raises TextNotRead for what is neither Unicode nor Thai as Windows writes it."""
    try:
        return decode_thai(raw)
    except NoText:
        raise TextNotRead(
            "ไฟล์ไม่ใช่ข้อความ UTF-8 โปรดบันทึกใหม่เป็น UTF-8 แล้วนำเข้าอีกครั้ง"
        ) from None
