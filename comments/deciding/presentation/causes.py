"""Which comments a change of the draft came from, for the histories of the draft."""

from collections.abc import Collection

from django.db.models import Prefetch
from django.urls import reverse

from hearing_portal.directory.models import User
from manuals.versions.presentation.causes import Cause

from ...models import Answer, ChangeCause, Comment

WITHOUT_COMMENT = "ตามผลการพิจารณาความคิดเห็น"


def find_change_causes(
    user: User, change_ids: Collection[int]
) -> dict[int, list[Cause]]:
    """{change id: the comments that its dispositions answer now}, with a way to those this reader may see. At most
    three queries, one where nothing was caused by a comment."""
    answers = Answer.objects.filter(current=True).order_by("comment")
    causes = ChangeCause.objects.filter(change__in=list(change_ids))
    causes = causes.select_related("disposition").prefetch_related(
        Prefetch("disposition__answers", answers)
    )
    comments_of: dict[int, list[int]] = {}
    for cause in causes:
        answered = comments_of.setdefault(cause.change_id, [])
        answered += [each.comment_id for each in cause.disposition.answers.all()]
    asked: set[int] = set()
    for comments in comments_of.values():
        asked.update(comments)
    visible = dict(
        Comment.objects.visible_to(user).filter(pk__in=asked).values_list("pk", "uuid")
    )
    found = {}
    for change_id, comments in comments_of.items():
        shown = []
        for comment in sorted(set(comments)):
            url = ""
            if comment in visible:
                url = reverse("comment", args=[visible[comment]])
            shown.append(Cause(f"ความคิดเห็นเลขที่ {comment}", url))
        found[change_id] = shown or [Cause(WITHOUT_COMMENT)]
    return found
