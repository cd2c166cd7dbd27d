"""Putting comments that say the same into a group, and taking one out again."""

from collections.abc import Collection

from hearing_portal.acts.services import act
from hearing_portal.directory.models import User
from hearing_portal.refusals import Refusal, RefusalKind

from ..acts import COMMENT_GROUPED, COMMENT_SEPARATED, about_comment
from ..models import Answer, CommentGroup, Grouping
from ..moderating.services import triage_comments


class GroupingRefused(Refusal):
    """The comments cannot share an answer."""


def unite_comments(ids: Collection[int], *, by: User) -> CommentGroup:
    """The comments with these ids are one argument from now on; groups they are in already become one. Every comment
    stays what it is. Raises GroupingRefused."""
    with act(by=by) as done:
        comments = triage_comments(ids, done)
        if len(comments) < 2:
            raise GroupingRefused("โปรดเลือกความคิดเห็นอย่างน้อยสองเรื่อง")
        if len({comment.entry.manual_id for comment in comments}) > 1:
            raise GroupingRefused("ความคิดเห็นที่เลือกไม่ได้อยู่ในคู่มือเดียวกัน")
        if any(comment.parent_id for comment in comments):
            raise GroupingRefused("ความคิดเห็นตอบกลับรวมกับเรื่องอื่นไม่ได้")
        standing = Grouping.objects.standing()
        of_chosen = standing.filter(comment__in=comments).values("group")
        members = {}
        groups = CommentGroup.objects.filter(pk__in=of_chosen).order_by("pk")
        group = groups.first() or CommentGroup.objects.create(by=by)
        for grouping in standing.filter(group__in=of_chosen).select_related("comment"):
            members[grouping.comment_id] = grouping
        for comment in comments:
            if comment.pk not in members:
                Grouping.objects.create(comment=comment, group=group, by=by)
                done.record(COMMENT_GROUPED, about_comment(comment))
        for grouping in members.values():
            if grouping.group_id != group.pk:
                Grouping.objects.create(comment=grouping.comment, group=group, by=by)
                done.record(COMMENT_GROUPED, about_comment(grouping.comment))
    return group


def separate_comments(ids: Collection[int], *, by: User) -> None:
    """The comments stand alone again. One that was answered with its group keeps that answer; it stays in. Raises
    GroupingRefused."""
    with act(by=by) as done:
        comments = triage_comments(ids, done)
        if not comments:
            raise GroupingRefused("โปรดเลือกความคิดเห็นที่จะแยกออก")
        if Answer.objects.filter(comment__in=comments, current=True).exists():
            raise GroupingRefused(
                "ความคิดเห็นที่เลือกพิจารณาแล้ว จึงนำออกจากกลุ่มไม่ได้",
                kind=RefusalKind.CONFLICT,
            )
        standing = Grouping.objects.standing().filter(comment__in=comments)
        grouped = set(standing.values_list("comment", flat=True))
        for comment in comments:
            if comment.pk in grouped:
                Grouping.objects.create(comment=comment, group=None, by=by)
                done.record(COMMENT_SEPARATED, about_comment(comment))
