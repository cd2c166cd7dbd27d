"""Opening a Word file that somebody sent, taken as hostile: nothing of it is unpacked to a disk, nothing it points to
is fetched, and what would take too much room is refused before it is read. Runs in a process of its own."""

import io
import zipfile
from pathlib import PurePosixPath

import docx
from docx.document import Document
from lxml import etree

from hearing_portal.zip_files import BROKEN_ZIP

from ..source import SourceNotRead

MEGABYTE = 1024 * 1024
MOST_PARTS = 3000
MOST_XML = 40 * MEGABYTE  # of one part
MOST_UNPACKED = 120 * MEGABYTE
WORST_RATIO = 200  # unpacked to packed; Word's own parts shrink to a tenth
LARGE_ENOUGH = MEGABYTE  # below which a ratio says nothing
OLE = b"\xd0\xcf\x11\xe0"
MAIN_PART = "word/document.xml"

OLD_WORD = "ไฟล์นี้เป็น Word รุ่นเก่า (.doc) หรือมีรหัสผ่าน โปรดเปิดใน Word แล้วบันทึกเป็น .docx ที่ไม่มีรหัสผ่าน จากนั้นนำเข้าอีกครั้ง"
BROKEN = "เปิดไฟล์ Word นี้ไม่ได้ ไฟล์อาจเสียหรือไม่ครบ โปรดเปิดใน Word แล้วบันทึกใหม่ จากนั้นนำเข้าอีกครั้ง"
MACROS = "ไฟล์นี้มีมาโคร (.docm) โปรดบันทึกเป็น .docx ที่ไม่มีมาโคร แล้วนำเข้าอีกครั้ง"
NOT_WORD = "ไฟล์นี้ไม่ใช่เอกสาร Word โปรดบันทึกเป็น .docx แล้วนำเข้าอีกครั้ง"
TOO_LARGE = (
    "ไฟล์ Word นี้เมื่อคลายออกแล้วใหญ่ผิดปกติ โปรดลดขนาดภาพหรือแบ่งเป็นหลายไฟล์ แล้วนำเข้าอีกครั้ง"
)
STRANGE_NAMES = (
    "ไฟล์ Word นี้มีชื่อไฟล์ภายในที่ไม่ปลอดภัย จึงไม่ได้อ่าน โปรดเปิดใน Word แล้วบันทึกใหม่ จากนั้นนำเข้าอีกครั้ง"
)
DECLARATIONS = "ไฟล์ Word นี้มีคำสั่ง XML ที่ไม่อนุญาต (DTD) จึงไม่ได้อ่าน โปรดเปิดใน Word แล้วบันทึกใหม่ จากนั้นนำเข้าอีกครั้ง"
TOO_DEEP = "ไฟล์ Word นี้มีตารางหรือกรอบซ้อนกันลึกเกินไป โปรดลดการซ้อนกัน แล้วนำเข้าอีกครั้ง"


def open_document(raw: bytes) -> Document:
    """Raises SourceNotRead, in Thai, for whatever is no plain Word document of a reasonable size."""
    if raw.startswith(OLE):
        raise SourceNotRead(OLD_WORD)
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check_parts(archive, len(raw))
            _check_xml(archive)
    except BROKEN_ZIP as error:
        raise SourceNotRead(BROKEN) from error
    try:
        return docx.Document(io.BytesIO(raw))
    except etree.XMLSyntaxError as error:
        raise SourceNotRead(_told_of(error)) from error
    except ValueError as error:  # python-docx: the main part is of another kind
        raise SourceNotRead(NOT_WORD) from error
    except (KeyError, AttributeError, zipfile.BadZipFile) as error:
        raise SourceNotRead(BROKEN) from error


def _check_parts(archive: zipfile.ZipFile, packed: int) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if len(parts) > MOST_PARTS:
        raise SourceNotRead(TOO_LARGE)
    for name in names:
        path = PurePosixPath(name.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in path.parts[0]:
            raise SourceNotRead(STRANGE_NAMES)
    if any(PurePosixPath(name).name.lower() == "vbaproject.bin" for name in names):
        raise SourceNotRead(MACROS)
    if "[Content_Types].xml" not in names or MAIN_PART not in names:
        raise SourceNotRead(NOT_WORD)
    unpacked = sum(part.file_size for part in parts)
    is_bomb = unpacked > LARGE_ENOUGH and unpacked > WORST_RATIO * packed
    if unpacked > MOST_UNPACKED or is_bomb:
        raise SourceNotRead(TOO_LARGE)


def _check_xml(archive: zipfile.ZipFile) -> None:
    """Each part as it unpacks, whatever the archive says of its size. Declarations could name other files."""
    left = MOST_UNPACKED
    for part in archive.infolist():
        is_xml = part.filename.lower().endswith((".xml", ".rels"))
        most = min(left, MOST_XML) if is_xml else left
        with archive.open(part) as source:
            content = source.read(most + 1)
        if len(content) > most:
            raise SourceNotRead(TOO_LARGE)
        left -= len(content)
        if is_xml and _has_declarations(content):
            raise SourceNotRead(DECLARATIONS)


def _has_declarations(content: bytes) -> bool:
    head = content[:MEGABYTE]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:8]:
        head = head.replace(b"\x00", b"")
    return b"<!DOCTYPE" in head or b"<!ENTITY" in head


def _told_of(error: etree.XMLSyntaxError) -> str:
    told = str(error).lower()
    if "depth" in told:
        return TOO_DEEP
    # What libxml2 says when it gets no more memory
    return TOO_LARGE if "memory" in told or "unknown error" in told else BROKEN
