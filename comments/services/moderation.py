"""A facilitator's acts on comments: showing, hiding, re-classing, recommending. Substance is in deciding.py."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import roles_of

from ..models import Comment, Moderation, Reclassing, Recommendation


class ModerationRefused(Exception):
    http_status = 422

    def __init__(self, message_th: str) -> None:
        super().__init__(message_th)
        self.message_th = message_th


def _triage(comment: Comment, by: User) -> Comment:
    """Locked; the first act of a facilitator ends the author's right to edit."""
    comment = Comment.objects.select_for_update().get(pk=comment.pk)
    if comment.triaged_at is None:
        comment.triaged_at = timezone.now()
        comment._history_user = by
        comment.save(update_fields=["triaged_at"])
    return comment


@transaction.atomic
def show_comment(comment: Comment, *, by: User) -> Moderation:
    return _set_visibility(comment, Moderation.Visibility.SHOWN, "", by)


@transaction.atomic
def hide_comment(comment: Comment, *, by: User, reason: str) -> Moderation:
    """Hidden with a reason; a stub stays and it still counts."""
    if not reason.strip():
        raise ModerationRefused("โปรดบอกเหตุผลที่ซ่อน ผู้เสนอและผู้อ่านจะเห็นเหตุผลนี้")
    return _set_visibility(comment, Moderation.Visibility.HIDDEN, reason, by)


def _set_visibility(comment: Comment, visibility: str, reason: str, by: User) -> Moderation:
    comment = _triage(comment, by)
    latest = comment.moderations.order_by("-id").first()
    if latest.visibility == visibility and visibility != Moderation.Visibility.HIDDEN:
        return latest
    return Moderation.objects.create(comment=comment, visibility=visibility, reason=reason, by=by)


@transaction.atomic
def show_comments(comments: Iterable[Comment], *, by: User) -> list[Moderation]:
    """A bulk act: all or none."""
    return [_set_visibility(comment, Moderation.Visibility.SHOWN, "", by) for comment in comments]


@transaction.atomic
def hide_comments(comments: Iterable[Comment], *, by: User, reason: str) -> list[Moderation]:
    return [hide_comment(comment, by=by, reason=reason) for comment in comments]


@transaction.atomic
def reclass_comment(comment: Comment, issue_class: str | None, *, by: User, reason: str) -> Reclassing:
    """Another issue class, with a logged reason; the comment carries it, its history keeps the old one."""
    if not reason.strip():
        raise ModerationRefused("โปรดบอกเหตุผลที่เปลี่ยนประเด็น")
    comment = _triage(comment, by)
    reclassing = Reclassing.objects.create(comment=comment, issue_class=issue_class, reason=reason, by=by)
    comment.issue_class = issue_class
    comment._history_user = by
    comment.save(update_fields=["issue_class"])
    return reclassing


@transaction.atomic
def recommend_outcome(comment: Comment, outcome: str, *, by: User, reason: str) -> Recommendation:
    """Advice to the drafters; kept apart from the decision. An expert's advice is no triage."""

    if roles_of(by).facilitates(comment.entry.manual.work_group):
        comment = _triage(comment, by)
    return Recommendation.objects.create(comment=comment, outcome=outcome, reason=reason, by=by)
