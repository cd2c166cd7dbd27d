"""Why a matrix that comes back is not taken in."""

from hearing_portal.jobs.uploads import UploadGone
from hearing_portal.refusals import Refusal, RefusalKind


class MatrixNotRead(Refusal):
    """The file is none that the portal wrote, or has lost what tells its rows apart."""


class MatrixFileGone(UploadGone):
    """It was taken in already, has waited too long, or is another person's."""

    def __init__(self) -> None:
        super().__init__(
            "ไฟล์นี้นำเข้าไปแล้ว หรือรอนานเกินหนึ่งชั่วโมง โปรดส่งไฟล์อีกครั้ง ระบบจะไม่นำเข้าแถวเดิมซ้ำ"
        )


class MatrixOvertaken(Refusal):
    """What the file would do is not what the person was shown: somebody acted meanwhile."""

    kind = RefusalKind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            "มีผู้แก้ไขความคิดเห็นในระบบหลังจากที่ท่านเปิดหน้านี้ จึงยังไม่ได้นำเข้า โปรดตรวจผลล่าสุดในหน้านี้ แล้วนำเข้าอีกครั้ง"
        )


class RowNotTaken(Refusal):
    """The row asks for what its person may not do, or lacks something."""


def require_of_row(is_so: object, message: str) -> None:
    """Raises RowNotTaken with the message unless it is so."""
    if not is_so:
        raise RowNotTaken(message)
