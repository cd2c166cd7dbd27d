"""Who may be asked for advice, what waits for whom, and what they advised."""

from collections.abc import Collection
from datetime import date
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone

from hearing_portal.directory.models import RoleAssignment, User, WorkGroup
from hearing_portal.postgres.statements import kept_statement

from ..commenting.queries.comments import comments_visible_to
from ..models import AdviceRequest, Comment, Recommendation

Role = RoleAssignment.Role
MOST_GIVEN = 30  # advice of one's own that the page shows


def find_advisers(group: WorkGroup | None) -> list[User]:
    """Experts and people of the central bureau who advise on the group today, each once. One query."""
    return _find_advisers(group.pk if group is not None else None, timezone.localdate())


@kept_statement
def _find_advisers(group_id: int | None, day: date) -> QuerySet[User]:
    everywhere_or_here = Q(work_group__isnull=True) | Q(work_group=group_id)
    roles = RoleAssignment.objects.valid_on(day).filter(
        everywhere_or_here, role__in=[Role.EXPERT, Role.CENTRAL_BUREAU]
    )
    people = User.objects.filter(is_active=True, pk__in=roles.values("user"))
    return people.order_by("username")


def find_requests_about(comment: Comment) -> list[AdviceRequest]:
    """Those that wait, with who was asked and who asks, the oldest first. One query."""
    return _find_requests_about(comment.pk)


@kept_statement
def _find_requests_about(comment_id: int) -> QuerySet[AdviceRequest]:
    requests = AdviceRequest.objects.waiting().filter(comment=comment_id)
    return requests.select_related("asked", "by").order_by("pk")


def count_waiting_requests(user: User) -> int:
    """How many comments the person is asked about. One query."""
    requests = AdviceRequest.objects.waiting().filter(asked=user)
    return requests.values("comment").distinct().count()


class AskedComment(NamedTuple):
    """A comment and what its desk wants to know: the latest question."""

    comment: Comment
    request: AdviceRequest


def find_asked_comments(user: User) -> list[AskedComment]:
    """What waits for the person's advice, the oldest first, with all that `comments_visible_to` has. Two queries."""
    latest: dict[int, AdviceRequest] = {}
    requests = AdviceRequest.objects.waiting().filter(asked=user)
    for request in requests.order_by("pk"):
        latest[request.comment_id] = request
    comments = _visible(user, latest)
    asked = []
    for pk, request in latest.items():
        if pk in comments:
            asked.append(AskedComment(comments[pk], request))
    return asked


class AdvisedComment(NamedTuple):
    comment: Comment
    advice: Recommendation


def find_advised_comments(user: User) -> list[AdvisedComment]:
    """What the person advised last, as an expert or for the central bureau, the newest first. Two queries."""
    given = Recommendation.objects.by_advisers().filter(by=user)
    latest = list(given.order_by("-pk")[:MOST_GIVEN])
    comments = _visible(user, [advice.comment_id for advice in latest])
    advised = []
    for advice in latest:
        if advice.comment_id in comments:
            advised.append(AdvisedComment(comments[advice.comment_id], advice))
    return advised


def _visible(user: User, ids: Collection[int]) -> dict[int, Comment]:
    if not ids:
        return {}
    rows = comments_visible_to(user).filter(pk__in=list(ids))
    return {comment.pk: comment for comment in rows}
