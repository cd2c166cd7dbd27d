"""Taking in the file of a form or a figure. It is kept once a clause is saved with its hash."""

from typing import BinaryIO

from hearing_portal.jobs.media_types import DOCX, JPEG, PDF, PNG, recognise_media_type

from ...content import Content, Figure
from ..changes import ChangeRefused
from .waiting_files import put_waiting

PICTURES = (PNG, JPEG)
DOCUMENTS = (PDF, DOCX, *PICTURES)
MEGABYTE = 1024 * 1024


def take_clause_file(
    file: BinaryIO, content: Content, *, name: str, size: int, most_megabytes: int
) -> str:
    """The hash under which the file waits; `size` in bytes. Raises ChangeRefused for one that is too large, or of a
    type that a clause like `content` does not take: told by its bytes, whatever it is called."""
    if not size:
        raise ChangeRefused("ไฟล์นี้ว่าง โปรดเลือกไฟล์อื่น")
    if size > most_megabytes * MEGABYTE:
        raise ChangeRefused(
            f"ไฟล์ใหญ่เกิน {most_megabytes} MB โปรดลดขนาดรูปภาพในไฟล์ แล้วเลือกไฟล์ใหม่"
        )
    media_type = recognise_media_type(file)
    is_figure = isinstance(content, Figure)
    if media_type is None or media_type not in (PICTURES if is_figure else DOCUMENTS):
        if is_figure:
            raise ChangeRefused(
                "ภาพต้องเป็นไฟล์ PNG หรือ JPEG โปรดบันทึกภาพเป็นชนิดนี้ แล้วเลือกไฟล์ใหม่"
            )
        raise ChangeRefused(
            "แบบฟอร์มต้องเป็นไฟล์ PDF, DOCX, PNG หรือ JPEG ที่ไม่มีมาโคร โปรดเลือกไฟล์ใหม่"
        )
    return put_waiting(file, name=name)
