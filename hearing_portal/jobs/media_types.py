"""What an uploaded file is, told by its content: its name, and what the browser says of it, count for nothing."""

import zipfile
from itertools import chain
from typing import BinaryIO

from hearing_portal.zip_files import BROKEN_ZIP

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PNG = "image/png"
JPEG = "image/jpeg"
# The first bytes of a file of each type
BEGINNINGS = {
    PDF: b"%PDF-",
    PNG: b"\x89PNG\r\n\x1a\n",
    JPEG: b"\xff\xd8\xff",
}
# What people call each type
MEDIA_NAMES = {PDF: "PDF", DOCX: "DOCX", XLSX: "XLSX", PNG: "PNG", JPEG: "JPEG"}
# How the names of its files end
PICTURE_ENDINGS = (".png", ".jpg", ".jpeg")  # what shows one of them shows the other
ENDINGS = {
    PDF: (".pdf",),
    DOCX: (".docx",),
    XLSX: (".xlsx",),
    PNG: PICTURE_ENDINGS,
    JPEG: PICTURE_ENDINGS,
}
ARCHIVE = b"PK\x03\x04"
# The part that makes an archive a document of each type
MAIN_PARTS = {
    DOCX: "word/document.xml",
    XLSX: "xl/workbook.xml",
}
CONTENT_TYPES = "[content_types].xml"
MACROS = ("vbaproject", "macrosheets")
MOST_PARTS = 10_000


def recognise_media_type(file: BinaryIO) -> str | None:
    """None for what is none of the types, and for a document with macros. The file is left at its beginning."""
    file.seek(0)
    beginning = file.read(16)
    file.seek(0)
    for media_type, first_bytes in BEGINNINGS.items():
        if beginning.startswith(first_bytes):
            return media_type
    if not beginning.startswith(ARCHIVE):
        return None
    try:
        return _recognise_archive(file)
    finally:
        file.seek(0)


def is_named_as(name: str, media_type: str) -> bool:
    """Whether a file of the type may be called so: one whose name ends like another type of these cannot be opened by
    who downloads it."""
    lowered = name.lower()
    if lowered.endswith(ENDINGS[media_type]):
        return True
    return not lowered.endswith(tuple(chain.from_iterable(ENDINGS.values())))


def _recognise_archive(file: BinaryIO) -> str | None:
    """By the names of its parts alone; nothing is unpacked."""
    try:
        with zipfile.ZipFile(file) as archive:
            names = [name.lower() for name in archive.namelist()]
    except BROKEN_ZIP:
        return None
    if len(names) > MOST_PARTS or CONTENT_TYPES not in names:
        return None
    if any(macro in name for name in names for macro in MACROS):
        return None
    for media_type, main_part in MAIN_PARTS.items():
        if main_part in names:
            return media_type
    return None
