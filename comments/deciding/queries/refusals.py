"""Refusals that wait for a second person, and the comments that each of them answers."""

from collections.abc import Sequence

from django.db.models import QuerySet

from hearing_portal.directory.models import User, WorkGroup

from ...commenting.queries.comments import shown_comments
from ...models import Answer, Comment, Disposition, Hearing
from .blockers import waiting_dispositions


def find_unconfirmed_refusals(
    hearing: Hearing, group: WorkGroup | None
) -> QuerySet[Disposition]:
    """Of the group, the oldest first, with who decided."""
    refusals = waiting_dispositions(hearing, group).filter(
        outcome=Disposition.Outcome.NOT_ACCEPTED, confirmed_by__isnull=True
    )
    return refusals.select_related("decided_by")


def find_current_answers(
    refusals: Sequence[Disposition],
) -> dict[int, dict[int, int]]:
    """{disposition: {comment: the answer}}, of the answers that count. One query."""
    answers = Answer.objects.filter(disposition__in=refusals, current=True)
    by_refusal: dict[int, dict[int, int]] = {each.pk: {} for each in refusals}
    rows = answers.order_by("comment")
    for pk, refusal, comment in rows.values_list("pk", "disposition", "comment"):
        by_refusal[refusal][comment] = pk
    return by_refusal


def find_refused_comments(refusals: Sequence[Disposition], user: User) -> list[Comment]:
    """Those that the refusals answer and the person may see, as `shown_comments` has them, each with its objection.
    One query."""
    answers = Answer.objects.filter(disposition__in=refusals, current=True)
    comments = Comment.objects.visible_to(user).filter(pk__in=answers.values("comment"))
    rows = shown_comments(comments).select_related("objection")
    return list(rows.order_by("pk"))
