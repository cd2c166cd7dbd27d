"""Noting the comments that only agree: they ask for nothing, so nothing has to be written."""

from collections.abc import Mapping, Sequence

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import RefusalKind

from ...models import Answer, Comment, Disposition
from .ruling import (
    DecisionRefused,
    LockedComments,
    Outcome,
    Ruling,
    explain_undecidable,
    lock_comments,
    name_comments,
    open_objection,
    write_disposition,
)


def note_comments(comments: Sequence[Comment], *, by: User) -> list[Disposition]:
    """One answer each, all of them or none. Those noted already stay as they are: safe to repeat.

    Raises DecisionRefused for comments that ask for something, that are decided otherwise, or that are objected to: it
    names all of them.
    """
    with act(by=by) as done:
        locked = lock_comments([comment.pk for comment in comments])
        answers = {answer.comment_id: answer for answer in locked.answers}
        _require_notable(locked, answers)
        noted = []
        for comment in locked.comments:
            if comment.pk not in answers:
                alone = LockedComments([comment], [])
                noted.append(write_disposition(Ruling(Outcome.NOTED), alone, by, done))
    return noted


def _require_notable(locked: LockedComments, answers: Mapping[int, Answer]) -> None:
    asking = []
    decided = []
    for comment in locked.comments:
        answer = answers.get(comment.pk)
        if answer is not None and answer.disposition.outcome == Outcome.WITHDRAWN:
            continue  # settled
        if comment.type != Comment.Type.AGREE:
            asking.append(comment)
        elif answer is not None and not _is_noted(answer):
            decided.append(comment)
    sentences = explain_undecidable(locked)
    if asking:
        sentences.append(
            f"{name_comments(asking)} ไม่ใช่ “{Comment.Type.AGREE.label}” จึงบันทึกเป็น “รับทราบ” ไม่ได้ โปรดพิจารณาและระบุเหตุผล"
        )
    if decided:
        sentences.append(
            f"{name_comments(decided)} มีผลหรือคำขอทบทวนแล้ว โปรดเปิดเรื่องนี้แล้วพิจารณา"
        )
    if sentences:
        kind = RefusalKind.INVALID if asking else RefusalKind.CONFLICT
        raise DecisionRefused(" ".join(sentences), kind=kind)


def _is_noted(answer: Answer) -> bool:
    return (
        answer.disposition.outcome == Outcome.NOTED
        and open_objection(answer.comment) is None
    )
