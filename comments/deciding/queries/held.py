"""Comments that wait to be looked at before they are shown: until then nobody else reads them or their answers."""

from typing import cast

from django.db.models import Exists, OuterRef, Q, QuerySet

from ...models import Answer, Comment, Disposition, Moderation
from ...models.comment import CommentQuerySet


def find_held_comments(comments: QuerySet[Comment]) -> QuerySet[Comment]:
    """Those of the comments, replies too where they hold some. A withdrawn one waits for nothing any more."""
    withdrawn = Answer.objects.filter(
        comment=OuterRef("pk"),
        current=True,
        disposition__outcome=Disposition.Outcome.WITHDRAWN,
    )
    held = (
        cast(CommentQuerySet, comments)
        .with_visibility()
        .filter(Q(visibility_now=Moderation.Visibility.HELD))
    )
    return held.filter(~Exists(withdrawn)).order_by("pk")
