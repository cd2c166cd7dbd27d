"""Who may object to an answer, until when, and why no more (product.md, "Answers are published per group")."""

from hearing_portal.directory.permissions import Visitor
from hearing_portal.thai.dates import be_datetime

from ..models import AnswerPublication, Comment


def is_own_comment(comment: Comment, user: Visitor) -> bool:
    """Whether the person said it. Who typed it in for a speaker without an account did not."""
    typed_for_another = (
        comment.channel != Comment.Channel.WEB
        and comment.recorded_by_id == comment.author_id
    )
    return comment.author_id == user.pk and not typed_for_another


def explain_closed(publication: AnswerPublication) -> str:
    """Why nobody objects to what was published then; "" while the commenter may."""
    if publication.takes_objections:
        return ""
    if not publication.took_objections:
        return "การประชาพิจารณ์นี้ไม่เปิดให้ขอทบทวนผล หากมีข้อสงสัย โปรดสอบถามผู้ดำเนินเวที"
    until = be_datetime(publication.objections_until)
    return f"พ้นกำหนดขอทบทวนแล้วเมื่อ {until} หากมีข้อสงสัย โปรดสอบถามผู้ดำเนินเวที"
