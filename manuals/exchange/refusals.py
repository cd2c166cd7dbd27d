"""Why an edition is not taken in from a file."""

from hearing_portal.jobs.uploads import UploadGone
from hearing_portal.refusals import Refusal, RefusalKind


class EditionFileRefused(Refusal):
    """The file cannot be read as an edition, or contradicts itself; the message says what to do, in Thai."""


class ArchivalRefused(Refusal):
    """The edition of the file contradicts what stands in this portal."""

    kind = RefusalKind.CONFLICT


class EditionFileGone(UploadGone):
    """The file waits no more."""

    def __init__(self) -> None:
        super().__init__("ไฟล์ที่ส่งไว้หมดเวลาหรือนำเข้าแล้ว โปรดเลือกไฟล์แล้วตรวจใหม่")
