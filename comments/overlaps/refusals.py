"""Why something is not done in the overlap register."""

from hearing_portal.refusals import Refusal, RefusalKind

from ..models import Overlap


class OverlapRefused(Refusal):
    """What was entered is incomplete or wrong; `field` names the field of the form."""


class OverlapMovedOn(Refusal):
    """Somebody else was quicker: the overlap stands otherwise than the page showed."""

    kind = RefusalKind.CONFLICT


class CommentEntered(OverlapMovedOn):
    """The comment stands in the register already, in `overlap`."""

    def __init__(self, overlap: Overlap) -> None:
        self.overlap = overlap
        super().__init__(f"ความคิดเห็นนี้อยู่ในเรื่องซ้ำซ้อนที่ {overlap.pk} แล้ว จึงไม่ได้บันทึกซ้ำ")
