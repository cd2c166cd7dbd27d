"""The comments a page offers to share an answer, with what is decided on them."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple
from uuid import UUID

from hearing_portal.directory.models import User

from ...models import Answer, Comment, Disposition, Objection
from ..queries.comments import find_comments_to_share
from .objections import objection_to_weigh


class SharingComment(NamedTuple):
    comment: Comment
    is_chosen: bool
    decision: Disposition | None
    objection: Objection | None = None  # which the shared answer would answer too


def load_sharing_comments(
    user: User,
    comment: Comment,
    chosen: Iterable[str],
    duplicates: Sequence[Comment],
) -> list[SharingComment]:
    """What was chosen elsewhere, or decided since it was chosen, first; then the undecided ones on the same entry
    (`duplicates`). Two queries where anything of the first kind is there, else none."""
    uuids = set()
    for text in chosen:
        try:
            uuids.add(UUID(text))
        except ValueError:
            continue  # the form says that it is wrong
    offered = {other.uuid for other in duplicates}
    shown = []
    if uuids - offered:
        others = list(
            find_comments_to_share(user, comment, uuids - offered)
            .select_related("office", "objection")
            .order_by("pk")
        )
        answers = Answer.objects.filter(
            comment__in=others, current=True
        ).select_related("disposition")
        decisions = {answer.comment_id: answer.disposition for answer in answers}
        for other in others:
            decision = decisions.get(other.pk)
            objection = objection_to_weigh(other, decision)
            shown.append(SharingComment(other, True, decision, objection))
    for other in duplicates:
        shown.append(SharingComment(other, other.uuid in uuids, None))
    return shown
