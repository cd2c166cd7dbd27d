"""Why an act on a show of hands is refused."""

from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.dates import be_time
from hearing_portal.thai.sentences import joined

from ..models import Poll, Vote


class PollRefused(Refusal):
    kind = RefusalKind.CONFLICT


class PollEnded(PollRefused):
    def __init__(self, poll: Poll) -> None:
        ended = "การยกมือนี้สิ้นสุดแล้ว"
        if poll.ended_at is not None:
            ended = joined("การยกมือนี้สิ้นสุดแล้วเมื่อ", be_time(poll.ended_at))
        advice = "ท่านตอบหรือเปลี่ยนคำตอบไม่ได้ โปรดดูผลในหน้านี้"
        super().__init__(f"{ended} {advice}")


class AnsweredMeanwhile(PollRefused):
    """The same person answered from elsewhere since the page was opened."""

    def __init__(self, vote: Vote) -> None:
        super().__init__(
            f"ท่านตอบ “{vote.get_answer_display()}” จากหน้าอื่นหรือเครื่องอื่นไปแล้ว คำตอบครั้งนี้จึงยังไม่ได้บันทึก "
            "หากต้องการเปลี่ยนคำตอบ โปรดเลือกแล้วส่งอีกครั้ง"
        )
