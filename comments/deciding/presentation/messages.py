"""What is said after a decision."""

from collections.abc import Iterable

from hearing_portal.directory.models import User
from hearing_portal.thai.dates import be_datetime

from ...models import Disposition


def decision_message(disposition: Disposition, comments: int) -> str:
    """`comments` is how many share the decision."""
    message = f"บันทึกผล “{disposition.get_outcome_display()}” แล้ว"
    if comments > 1:
        message += f" ใช้ผลร่วมกัน {comments} ความคิดเห็น"
    if disposition.needs_confirmation:
        message += " ต้องมีผู้ยืนยันคนที่สองก่อนเผยแพร่"
    return message


def say_confirmed_before(refusals: Iterable[Disposition], reader: User) -> list[str]:
    """Of refusals that a second person had confirmed already: who and when, one sentence for each moment."""
    numbers: dict[str, int] = {}
    for refusal in refusals:
        if refusal.confirmed_by is None or refusal.confirmed_at is None:
            continue
        who = f" {refusal.confirmed_by.get_full_name()}"
        if refusal.confirmed_by_id == reader.pk:
            who = "ท่าน"
        told = f"ยืนยันไว้แล้วโดย{who} เมื่อ {be_datetime(refusal.confirmed_at)}"
        numbers[told] = numbers.get(told, 0) + 1
    return [
        f"ผล “ไม่เห็นชอบตามที่เสนอ” {number} ผล {told}" for told, number in numbers.items()
    ]
