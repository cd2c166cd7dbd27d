"""Whose traces somebody may read: a clause's chain who may read the edition, the report who works at a desk."""

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import require_permission
from manuals.models import Manual

from ..permissions import Role

NOT_AT_DESK = "รายงานที่มาของการแก้ไขใช้ได้เฉพาะผู้ดำเนินเวที คณะทำงานยกร่าง และผู้ดูแลระบบ"


def find_manuals_to_report(user: User) -> list[Manual]:
    """An administrator's are all, everybody else's those of their desks. Raises what require_permission does."""
    roles = load_roles(user)
    require_permission(roles.is_staff, NOT_AT_DESK)
    manuals = Manual.objects.select_related("work_group").order_by("work_group__order")
    if not roles.is_admin:
        own = roles.groups(Role.FACILITATOR, Role.DRAFTER)
        manuals = manuals.filter(work_group__in=[group.pk for group in own])
    return list(manuals)
