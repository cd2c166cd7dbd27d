"""Giving comments to somebody of their group's desk, who considers them until a day."""

from collections.abc import Collection
from datetime import date

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.refusals import Refusal

from ..acts import COMMENT_ASSIGNED, COMMENT_UNASSIGNED, about_comment
from ..models import Assignment, Comment


class AssignmentRefused(Refusal):
    """The comments cannot be given to this person."""


def assign_comments(
    ids: Collection[int], assignee: User | None, due: date | None, *, by: User
) -> int:
    """The comments with these ids wait for the assignee from now on, or for nobody; returns for how many that is new.
    Nobody has read them by it: their authors may go on writing. Raises AssignmentRefused."""
    if assignee is None and due is not None:
        raise AssignmentRefused("โปรดเลือกผู้พิจารณา หากกำหนดวัน", field="assignee")
    with act(by=by) as done:
        rows = Comment.objects.select_for_update(of=("self",)).select_related(
            "entry__manual"
        )
        comments = list(rows.filter(pk__in=list(ids)).order_by("pk"))
        if not comments:
            raise AssignmentRefused("โปรดเลือกความคิดเห็นอย่างน้อยหนึ่งเรื่อง")
        _refuse_outsider(assignee, comments)
        standing = {}
        for row in Assignment.objects.standing().filter(comment__in=comments):
            standing[row.comment_id] = (row.assignee_id, row.due)
        wanted = (assignee.pk if assignee else None, due)
        given = []
        for comment in comments:
            if comment.parent_id or standing.get(comment.pk, (None, None)) == wanted:
                continue
            given.append(Assignment(comment=comment, assignee=assignee, due=due, by=by))
            kind = COMMENT_ASSIGNED if assignee else COMMENT_UNASSIGNED
            done.record(kind, about_comment(comment))
        Assignment.objects.bulk_create(given)
    return len(given)


def _refuse_outsider(assignee: User | None, comments: list[Comment]) -> None:
    if assignee is None:
        return
    roles = load_roles(assignee)
    for group_id, group in {
        comment.entry.manual.work_group_id: comment.entry.manual.work_group
        for comment in comments
    }.items():
        works_here = roles.drafts(group) or roles.facilitates(group)
        if group_id is not None and not works_here:
            raise AssignmentRefused(
                "ผู้พิจารณาต้องเป็นผู้ดำเนินเวทีหรือคณะทำงานยกร่างของกลุ่มงานนี้", field="assignee"
            )
