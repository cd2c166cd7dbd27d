"""Fetching the manual and the comment of a desk, with permission to work there."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import NotVisible, require_permission
from manuals.models import Manual

from ..commenting.queries.comments import comments_visible_to
from ..models import Comment
from ..permissions import can_work_at

NOT_AT_DESK = "คิวความเห็นใช้ได้เฉพาะผู้ดำเนินเวทีและคณะทำงานยกร่างของกลุ่มงานนี้"
NOT_MODERATOR = "ทำได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้"


def manual_at_desk(request: HttpRequest, key: str) -> Manual:
    """The manual of the desk; 404 without any role, 403 for who works elsewhere."""
    if not load_roles(request.user).rows:
        raise NotVisible
    manual = get_object_or_404(Manual.objects.select_related("work_group"), key=key)
    require_permission(can_work_at(request.user, manual.work_group), NOT_AT_DESK)
    return manual


# -- acts


def comment_at_desk(request: HttpRequest, uuid: UUID) -> Comment:
    """404 for who may not see it, 403 for who may see it but does not work at its desk."""
    comment = get_object_or_404(comments_visible_to(request.user).select_related("objection"), uuid=uuid)
    require_permission(can_work_at(request.user, comment.entry.manual.work_group), NOT_AT_DESK)
    return comment
