"""Taking in the file of a form or a figure. It is kept once a clause is saved with its hash."""

from typing import BinaryIO

from hearing_portal.jobs.media_types import (
    DOCX,
    JPEG,
    MEDIA_NAMES,
    PDF,
    PNG,
    is_named_as,
    recognise_media_type,
)
from hearing_portal.jobs.pictures import MOST_POINTS, is_whole_picture

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
    is_figure = isinstance(content, Figure)
    accepted = "PNG หรือ JPEG" if is_figure else "PDF, DOCX, PNG หรือ JPEG ที่ไม่มีมาโคร"
    if not size:
        raise ChangeRefused(f"ไฟล์นี้ว่าง ไม่มีเนื้อหา โปรดเลือกไฟล์ {accepted}")
    if size > most_megabytes * MEGABYTE:
        raise ChangeRefused(
            f"ไฟล์ใหญ่เกิน {most_megabytes} MB โปรดลดขนาดรูปภาพในไฟล์ แล้วเลือกไฟล์ใหม่"
        )
    media_type = recognise_media_type(file)
    if media_type is None or media_type not in (PICTURES if is_figure else DOCUMENTS):
        if is_figure:
            raise ChangeRefused(
                "ภาพต้องเป็นไฟล์ PNG หรือ JPEG โปรดบันทึกภาพเป็นชนิดนี้ แล้วเลือกไฟล์ใหม่"
            )
        raise ChangeRefused(
            "แบบฟอร์มต้องเป็นไฟล์ PDF, DOCX, PNG หรือ JPEG ที่ไม่มีมาโคร โปรดเลือกไฟล์ใหม่"
        )
    if not is_named_as(name, media_type):
        raise ChangeRefused(
            f"ไฟล์ “{name}” มีเนื้อหาเป็น {MEDIA_NAMES[media_type]} แต่ชื่อไฟล์ลงท้ายเป็นชนิดอื่น ผู้ดาวน์โหลดจะเปิดไม่ได้ "
            f"โปรดแก้ท้ายชื่อไฟล์ให้ตรงกับเนื้อหา หรือเลือกไฟล์ {accepted}"
        )
    if media_type in PICTURES and not is_whole_picture(
        file.read(), most_points=MOST_POINTS
    ):
        raise ChangeRefused(
            f"เปิดภาพ “{name}” ไม่ได้ ไฟล์อาจเสียหาย มาไม่ครบ หรือภาพใหญ่เกิน {MOST_POINTS // 1_000_000} ล้านจุด "
            "โปรดเปิดภาพในเครื่องของท่าน บันทึกใหม่เป็น PNG หรือ JPEG แล้วเลือกไฟล์อีกครั้ง"
        )
    return put_waiting(file, name=name)
