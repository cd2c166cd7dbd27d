"""Filing a new comment under what others said already: its author confirms that it is the same."""

from uuid import UUID

from hearing_portal.acts.services import RunningAct

from ...acts import COMMENT_GROUPED, about_comment
from ...models import Comment, CommentGroup, Grouping
from ..queries.comments import not_withdrawn
from ..refusals import CommentRefused


def join_argument(comment: Comment, uuid: UUID, done: RunningAct) -> None:
    """The comment, stored in the act that runs, is one argument with that of the uuid and with all that were put
    together with it. Both stay what they are and count; a facilitator can take either out again. Raises
    CommentRefused."""
    visible = Comment.objects.visible_to(comment.author).shown()
    others = not_withdrawn(visible).filter(
        uuid=uuid, entry=comment.entry_id, parent__isnull=True
    )
    other = others.exclude(pk=comment.pk).first()
    if other is None:
        raise CommentRefused(
            "ความคิดเห็นที่ท่านเลือกรวมด้วยไม่อยู่แล้ว โปรดนำเครื่องหมายออกแล้วส่งอีกครั้ง"
        )
    if other.type != comment.type:
        raise CommentRefused(
            f"ความคิดเห็นที่ท่านเลือกรวมด้วยเป็นประเภท “{other.get_type_display()}” จึงไม่ใช่เรื่องเดียวกัน "
            "โปรดนำเครื่องหมายออกหรือเลือกประเภทเดียวกัน"
        )
    # Two that join the same at once come one after the other
    Comment.objects.select_for_update(of=("self",)).get(pk=other.pk)
    standing = Grouping.objects.standing().filter(comment=other).first()
    by = comment.recorded_by
    group = standing.group if standing else None
    if group is None:
        group = CommentGroup.objects.create(by=by)
        Grouping.objects.create(comment=other, group=group, by=by)
    Grouping.objects.create(comment=comment, group=group, by=by)
    done.record(COMMENT_GROUPED, about_comment(comment))
