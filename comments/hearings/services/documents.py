"""Adding a document to a hearing, and taking it away."""

from typing import BinaryIO

from django.utils import timezone

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.jobs.files import store_file
from hearing_portal.jobs.media_types import JPEG, PNG, recognise_media_type
from hearing_portal.jobs.pictures import MOST_POINTS, is_whole_picture

from ...acts import DOCUMENT_ADDED, DOCUMENT_REMOVED, about_document
from ...limits import DOCUMENT_MEGABYTES
from ...models import Hearing, HearingDocument
from ..refusals import DocumentRefused


def add_document(
    hearing: Hearing, *, title: str, file: BinaryIO, size: int, by: User
) -> HearingDocument:
    """`size` in bytes. Raises DocumentRefused for a file that is too large, or none of the types."""
    if not size:
        raise DocumentRefused(
            "ไฟล์นี้ว่าง ไม่มีเนื้อหา โปรดเลือกไฟล์ PDF, DOCX, XLSX, PNG หรือ JPEG"
        )
    if size > DOCUMENT_MEGABYTES * 1024 * 1024:
        raise DocumentRefused(
            f"ไฟล์ใหญ่เกิน {DOCUMENT_MEGABYTES} MB โปรดลดขนาดรูปภาพในไฟล์ หรือแบ่งเป็นหลายไฟล์"
        )
    media_type = recognise_media_type(file)
    if media_type is None:
        raise DocumentRefused(
            "ระบบรับเฉพาะไฟล์ PDF, DOCX, XLSX, PNG และ JPEG ที่ไม่มีมาโคร โปรดบันทึกเอกสารเป็น PDF แล้วเลือกไฟล์ใหม่"
        )
    if media_type in (PNG, JPEG) and not is_whole_picture(
        file.read(), most_points=MOST_POINTS
    ):
        raise DocumentRefused(
            f"เปิดภาพนี้ไม่ได้ ไฟล์อาจเสียหาย มาไม่ครบ หรือภาพใหญ่เกิน {MOST_POINTS // 1_000_000} ล้านจุด "
            "โปรดเปิดภาพในเครื่องของท่าน บันทึกใหม่เป็น PNG หรือ JPEG แล้วเลือกไฟล์อีกครั้ง"
        )
    file.seek(0)
    stored = store_file(file, media_type=media_type, name=title)
    with act(by=by) as done:
        document = HearingDocument.objects.create(
            hearing=hearing,
            title=title,
            file=stored,
            media_type=media_type,
            size=stored.size,
            added_by=by,
        )
        done.record(DOCUMENT_ADDED, about_document(document))
    return document


def remove_document(document: HearingDocument, *, by: User) -> None:
    """Once: a document that was taken away already stays as it is."""
    with act(by=by) as done:
        document = (
            HearingDocument.objects.select_for_update(of=("self",))
            .select_related("hearing")
            .get(pk=document.pk)
        )
        if document.removed_at is not None:
            return
        document.removed_by = by
        document.removed_at = timezone.now()
        document.save(update_fields=["removed_by", "removed_at"])
        done.record(DOCUMENT_REMOVED, about_document(document))
