"""Why files that came back are not taken in."""

from hearing_portal.jobs.uploads import UploadGone
from hearing_portal.refusals import Refusal, RefusalKind

NOT_OURS = (
    "ไม่พบข้อของคู่มือในไฟล์นี้ โปรดใช้ไฟล์ Word หรือแบบแสดงความคิดเห็น (Word หรือตารางคำนวณ) "
    "ที่ส่งออกจากระบบ ของฉบับและกลุ่มงานเดียวกับเวที"
)
NOT_THIS = (
    "ไม่ใช่ไฟล์ที่ส่งออกจากฉบับนี้ จึงไม่ได้อ่าน โปรดใช้ไฟล์ Word หรือแบบแสดงความคิดเห็นที่ส่งออกจากฉบับที่ใช้ในเวที "
    "(ไม่ใช่จากร่างปัจจุบันหรือฉบับอื่น)"
)


class CopiesRefused(Refusal):
    """Nothing of the files is stored; the message says what to do, in Thai."""

    kind = RefusalKind.CONFLICT


class CopiesGone(UploadGone):
    """The files wait no more."""

    def __init__(self) -> None:
        super().__init__("ไฟล์ที่ส่งไว้หมดเวลาหรือนำเข้าแล้ว โปรดเลือกไฟล์แล้วส่งใหม่")
