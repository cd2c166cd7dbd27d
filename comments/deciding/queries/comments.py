"""Comments a decision is about."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from hearing_portal.directory.models import User

from ...commenting.queries.comments import find_visible_comment
from ...models import Comment
from ...permissions import can_work_at


def find_comment_at_desk(user: User, uuid: UUID) -> Comment | None:
    """A comment the person may see, as far as it lies at a desk where they work; None otherwise."""
    comment = find_visible_comment(user, uuid)
    if comment is None or not can_work_at(user, comment.entry.manual.work_group):
        return None
    return comment


def find_duplicates(comment: Comment) -> QuerySet[Comment]:
    """Other comments on the same entry that may share its answer: the undecided ones, replies left out."""
    others = Comment.objects.with_visibility().filter(
        entry=comment.entry_id, parent__isnull=True
    )
    return (
        others.exclude(pk=comment.pk)
        .undecided()
        .select_related("office")
        .order_by("pk")
    )


def find_comments_to_share(
    user: User, comment: Comment, uuids: Iterable[UUID]
) -> QuerySet[Comment]:
    """Those of these comments that may share the answer: of the same manual, and visible to the person."""
    comments = Comment.objects.visible_to(user).exclude(pk=comment.pk)
    return comments.filter(uuid__in=list(uuids), entry__manual=comment.entry.manual_id)
