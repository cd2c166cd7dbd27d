"""What waits for a decision on one clause."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet

from hearing_portal.directory.models import User
from manuals.models import Clause

from ...commenting.queries.comments import shown_comments
from ...models import Comment

LISTED = 40  # comments on one page of the bench; those decided make room for the next


def find_waiting_comments(
    clause: Clause, user: User, *, first: Collection[UUID] = ()
) -> tuple[list[Comment], int]:
    """Rows as `shown_comments`, the oldest first, those in `first` among them in any case; and how many more there are.
    Agreements wait elsewhere: they change nothing. Three queries."""
    waiting = _find_waiting(clause, user)
    total = waiting.count()
    named = waiting.filter(uuid__in=list(first)).order_by("pk")
    listed = list(shown_comments(named)[:LISTED])
    others = waiting.exclude(pk__in=[comment.pk for comment in listed]).order_by("pk")
    listed += list(shown_comments(others)[: LISTED - len(listed)])
    listed.sort(key=lambda comment: comment.pk)  # what is switched stays where it is
    return listed, total - len(listed)


def count_arrived(clause: Clause, user: User, last_listed: int) -> int:
    """How many comments wait that came after this one. One query."""
    return _find_waiting(clause, user).filter(pk__gt=last_listed).count()


def _find_waiting(clause: Clause, user: User) -> QuerySet[Comment]:
    comments = Comment.objects.visible_to(user).undecided()
    waiting = comments.filter(entry__clause=clause, parent__isnull=True)
    return waiting.exclude(type=Comment.Type.AGREE)
