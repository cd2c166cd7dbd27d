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
    """The files were taken in already, have waited too long, or are another person's or another manual's."""

    def __init__(self) -> None:
        super().__init__("ไฟล์ชุดนี้นำเข้าไปแล้ว หรือรอนานเกินหนึ่งชั่วโมง โปรดส่งไฟล์อีกครั้ง")


class TextNotRead(SourceNotRead):
    """The file is not a nine-part text; `message_th` says what to do."""


class FormatNotServed(SourceNotRead):
    """A format that is not read; `message_th` says which ones are."""
