"""Why the making of manuals and the taking in of files are refused."""

from hearing_portal.jobs.uploads import UploadGone
from hearing_portal.refusals import Refusal, RefusalKind

from ..source import SourceNotRead


class ManualNotMade(Refusal):
    """None of the manuals asked for is made; `message_th` names the groups."""

    kind = RefusalKind.CONFLICT


class ProcessNotTaken(Refusal):
    """Nothing of what was ticked is taken in; `message_th` names the process."""

    kind = RefusalKind.CONFLICT


class FilesGone(UploadGone):
    """The files waited too long for their reader."""

    def __init__(self) -> None:
        super().__init__("ไฟล์ชุดนี้รอนานเกินหนึ่งชั่วโมง โปรดส่งไฟล์อีกครั้ง")


class PreviewGone(Refusal):
    """The process was taken in, or its files were discarded."""

    kind = RefusalKind.CONFLICT

    def __init__(self) -> None:
        super().__init__("ตัวอย่างนี้นำเข้าไปแล้ว หรือมีผู้ทิ้งไฟล์ชุดนี้แล้ว จึงแก้ไขไม่ได้")


class TextNotRead(SourceNotRead):
    """The file is not a nine-part text; `message_th` says what to do."""


class FormatNotServed(SourceNotRead):
    """A format that is not read; `message_th` says which ones are."""


class RowRefused(Refusal):
    """What was asked of a row of the preview cannot be done; `message_th` says why."""


class PreviewOvertaken(Refusal):
    """Somebody, or oneself in another window, changed the preview since the page was read."""

    kind = RefusalKind.CONFLICT

    def __init__(self) -> None:
        super().__init__(
            "มีการแก้ไขตัวอย่างนี้จากหน้าต่างอื่นหลังจากท่านเปิดหน้านี้ จึงยังไม่ได้บันทึกการแก้ไขของท่าน "
            "หน้านี้เป็นตัวอย่างล่าสุด โปรดตรวจแล้วทำอีกครั้ง"
        )
