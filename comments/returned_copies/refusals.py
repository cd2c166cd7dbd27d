"""Why files that came back are not taken in."""

from hearing_portal.jobs.uploads import UploadGone
from hearing_portal.refusals import Refusal, RefusalKind


class CopiesRefused(Refusal):
    """Nothing of the files is stored; the message says what to do, in Thai."""

    kind = RefusalKind.CONFLICT


class CopiesGone(UploadGone):
    """The files wait no more."""

    def __init__(self) -> None:
        super().__init__("ไฟล์ที่ส่งไว้หมดเวลาหรือนำเข้าแล้ว โปรดเลือกไฟล์แล้วส่งใหม่")
