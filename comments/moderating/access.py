"""Fetching the manual and the comment of a desk, with permission to work there."""

from uuid import UUID

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import NotVisible, require_permission
from manuals.models import Manual
from manuals.queries import find_manual_by_key

from ..commenting.queries.comments import find_visible_comment
from ..models import Comment
from ..permissions import can_work_at

NOT_AT_DESK = "รายการรอดำเนินการใช้ได้เฉพาะผู้ดำเนินเวทีและคณะทำงานยกร่างของกลุ่มงานนี้"
NOT_MODERATOR = "ดำเนินการได้เฉพาะผู้ดำเนินเวทีของกลุ่มงานนี้"


def get_manual_at_desk(user: User, key: str) -> Manual:
    """The manual of the desk; 404 without any role, 403 for who works elsewhere."""
    if not load_roles(user).rows:
        raise NotVisible
    manual = find_manual_by_key(key)
    if manual is None:
        raise NotVisible
    require_permission(can_work_at(user, manual.work_group), NOT_AT_DESK)
    return manual


def get_comment_at_desk(user: User, uuid: UUID) -> Comment:
    """404 for who may not see it, 403 for who may see it but does not work at its desk."""
    comment = find_visible_comment(user, uuid)
    if comment is None:
        raise NotVisible
    require_permission(can_work_at(user, comment.entry.manual.work_group), NOT_AT_DESK)
    return comment
