"""Fetching an overlap, or what a new one is about, with permission."""

from uuid import UUID

from django.http import HttpRequest

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import Visitor, load_roles
from hearing_portal.web.http import NotVisible, parse_uuid, require_permission

from ..models import Comment, Overlap
from ..moderating.access import get_comment_at_desk
from ..permissions import can_keep_overlaps
from .queries.register import can_see_register, find_overlap

NOT_KEEPER = (
    "บันทึกและแก้ไขทะเบียนได้เฉพาะผู้ดำเนินเวทีและคณะทำงานยกร่างของกลุ่มงานที่เกี่ยวข้อง และผู้ดูแลระบบ"
)


def require_register(user: Visitor) -> None:
    """404 for who may not see the register at all."""
    if not can_see_register(user):
        raise NotVisible


def require_desk(user: User) -> None:
    """404 without any role, 403 for who works at no desk."""
    roles = load_roles(user)
    if not roles.rows:
        raise NotVisible
    require_permission(roles.is_staff, NOT_KEEPER)


def get_overlap(user: Visitor, uuid: UUID) -> Overlap:
    overlap = find_overlap(user, uuid)
    if overlap is None:
        raise NotVisible
    return overlap


def get_overlap_to_keep(user: User, uuid: UUID) -> Overlap:
    """404 for who may not see it, 403 for who works at neither side's desk."""
    overlap = get_overlap(user, uuid)
    require_permission(can_keep_overlaps(user, overlap.groups), NOT_KEEPER)
    return overlap


def get_comment_to_enter(request: HttpRequest, user: User) -> Comment | None:
    """The comment that the address names, if any; 404 and 403 as at its desk."""
    named = request.GET.get("comment", "")
    if not named:
        return None
    uuid = parse_uuid(named)
    if uuid is None:
        raise NotVisible
    return get_comment_at_desk(user, uuid)
