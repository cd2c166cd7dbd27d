"""Noting the comments that only agree: they ask for nothing, so nothing has to be written."""

from collections.abc import Sequence

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import RefusalKind

from ...models import Comment, Disposition
from .ruling import (
    DecisionRefused,
    LockedComments,
    Outcome,
    Ruling,
    lock_comments_to_decide,
    open_objection,
    write_disposition,
)


def note_comments(comments: Sequence[Comment], *, by: User) -> list[Disposition]:
    """One answer each, all of them or none. Those noted already stay as they are: safe to repeat.

    Raises DecisionRefused for a comment that asks for something, that is decided otherwise, or that is objected to.
    """
    with act(by=by) as done:
        locked = lock_comments_to_decide([comment.pk for comment in comments])
        answers = {answer.comment_id: answer for answer in locked.answers}
        noted = []
        for comment in locked.comments:
            if comment.type != Comment.Type.AGREE:
                message = (
                    f"ความคิดเห็นที่ {comment.pk} ไม่ใช่ “{Comment.Type.AGREE.label}” จึงบันทึกเป็น “รับทราบ” ไม่ได้ "
                    "โปรดพิจารณาและระบุเหตุผล"
                )
                raise DecisionRefused(message)
            answer = answers.get(comment.pk)
            if answer is None:
                alone = LockedComments([comment], [])
                noted.append(write_disposition(Ruling(Outcome.NOTED), alone, by, done))
                continue
            if answer.disposition.outcome != Outcome.NOTED or open_objection(answer.comment) is not None:
                message = f"ความคิดเห็นที่ {comment.pk} มีผลหรือคำขอทบทวนแล้ว โปรดเปิดเรื่องนี้แล้วพิจารณา"
                raise DecisionRefused(message, kind=RefusalKind.CONFLICT)
    return noted
