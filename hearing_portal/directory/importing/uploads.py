"""The uploaded list on its way from the first step of an import to the second.

Names stand in the table of people, and nowhere else for longer than jobs.uploads keeps the file.
"""

from hearing_portal.jobs.uploads import UploadGone, WaitingUploads


class ImportGone(UploadGone):
    """The list was taken in already, has waited too long, or is another person's."""

    def __init__(self) -> None:
        super().__init__(
            "ไฟล์นี้นำเข้าไปแล้ว หรือรอนานเกินหนึ่งชั่วโมง โปรดส่งไฟล์อีกครั้ง ส่งไฟล์เดิมอีกครั้งได้ ระบบจะไม่เพิ่มรายชื่อซ้ำ"
        )


WAITING_LISTS = WaitingUploads("people-import", ImportGone)
