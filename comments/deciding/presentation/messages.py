"""What is said after a decision."""

from ...models import Disposition


def decision_message(disposition: Disposition, comments: int) -> str:
    """`comments` is how many share the decision."""
    message = f"บันทึกผล “{disposition.get_outcome_display()}” แล้ว"
    if comments > 1:
        message += f" ใช้ผลร่วมกัน {comments} ความคิดเห็น"
    if disposition.needs_confirmation:
        message += " ต้องมีผู้ยืนยันคนที่สองก่อนเผยแพร่"
    return message
