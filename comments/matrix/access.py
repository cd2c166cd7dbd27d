"""Whose comments somebody may have in the matrix: facilitators and drafters those of their groups, admins all."""

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import require_permission

from ..permissions import Role

NOT_AT_MATRIX = "ตารางสรุปความคิดเห็นใช้ได้เฉพาะผู้ดำเนินเวที คณะทำงานยกร่าง และผู้ดูแลระบบ"


def find_matrix_groups(user: User) -> list[WorkGroup]:
    """Those with a manual, in order; none for who works at no desk. One query."""
    roles = load_roles(user)
    groups = WorkGroup.objects.filter(manual__isnull=False)
    if not roles.is_admin:
        own = roles.groups(Role.FACILITATOR, Role.DRAFTER)
        groups = groups.filter(pk__in=[group.pk for group in own])
    return list(groups.select_related("manual").order_by("order", "pk"))


def get_matrix_groups(user: User) -> list[WorkGroup]:
    require_permission(load_roles(user).is_staff, NOT_AT_MATRIX)
    return find_matrix_groups(user)
