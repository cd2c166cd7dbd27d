"""Fetching, with permission, what a decision is about."""

from uuid import UUID

from django.http import HttpRequest

from ..models import Comment, Disposition
from .services.ruling import DecisionRefused

NOT_DRAFTER = "ตัดสินได้เฉพาะคณะทำงานยกร่างของกลุ่มงานนี้"


def comments_sharing_answer(request: HttpRequest, comment: Comment, also: list[UUID]) -> list[Comment]:
    """The comments that share the answer: of the same manual, and visible to the drafter."""
    wanted = [uuid for uuid in also if uuid != comment.uuid]
    rows = list(Comment.objects.visible_to(request.user).filter(uuid__in=wanted, entry__manual=comment.entry.manual_id))
    if len(rows) != len(wanted):
        raise DecisionRefused("ความเห็นที่เลือกบางเรื่องไม่อยู่ในกลุ่มงานนี้ โปรดเลือกใหม่")
    return rows


def decision_message(disposition: Disposition, number: int) -> str:
    shared = f" ใช้ผลร่วมกัน {number} ความเห็น" if number > 1 else ""
    second = " ต้องมีผู้ยืนยันคนที่สองก่อนเผยแพร่" if disposition.needs_confirmation else ""
    return f"บันทึกผล “{disposition.get_outcome_display()}” แล้ว{shared}{second}"
