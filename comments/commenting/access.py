"""Fetching an entry to comment on, or a comment, with permission."""

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from hearing_portal.directory.permissions import Visitor
from hearing_portal.web.http import NotVisible, require_permission
from manuals.models import EditionEntry

from ..models import Comment
from .queries.comments import comments_visible_to, find_readable_entry

NOT_YOURS = "ทำได้เฉพาะความคิดเห็นของท่านเอง"


def get_readable_entry(user: Visitor, entry_id: int) -> EditionEntry:
    entry = find_readable_entry(user, entry_id)
    if entry is None:
        raise NotVisible
    return entry


def get_comment(request: HttpRequest, uuid: object, *, own: bool = False) -> Comment:
    """404 for who may not see it, 403 for who may see it but asks for an act of its author."""
    comment = get_object_or_404(comments_visible_to(request.user), uuid=uuid)
    if own:
        require_permission(comment.author_id == request.user.pk, NOT_YOURS)
    return comment
