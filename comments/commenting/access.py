"""Fetching a comment, with permission."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from hearing_portal.web.http import require_permission

from ..models import Comment
from .queries.comments import comments_visible_to

NOT_YOURS = "ทำได้เฉพาะความคิดเห็นของท่านเอง"


def get_comment(request: HttpRequest, uuid: object, *, own: bool = False) -> Comment:
    """404 for who may not see it, 403 for who may see it but asks for an act of its author."""
    comment = get_object_or_404(comments_visible_to(request.user), uuid=uuid)
    if own:
        require_permission(comment.author_id == request.user.pk, NOT_YOURS)
    return comment
