"""Who may have which papers: a group's its desk, all others administrators (product.md, "export everything")."""

from hearing_portal.directory.models import User, WorkGroup
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import NotVisible, require_permission

from ..permissions import Role
from .kinds import PAPERS, PaperKind

NOT_AT_DESK = "เอกสารหลังประชาพิจารณ์จัดทำได้เฉพาะผู้ดำเนินเวที คณะทำงานยกร่าง และผู้ดูแลระบบ"
ADMINS_ONLY = "เอกสารนี้จัดทำได้เฉพาะผู้ดูแลระบบ"


def find_groups_of_papers(user: User) -> list[WorkGroup]:
    """Whose papers the person may have. One query. Raises what require_permission does."""
    roles = load_roles(user)
    require_permission(roles.is_staff, NOT_AT_DESK)
    groups = WorkGroup.objects.filter(manual__isnull=False)
    if not roles.is_admin:
        own = roles.groups(Role.FACILITATOR, Role.DRAFTER)
        groups = groups.filter(pk__in=[group.pk for group in own])
    return list(groups.order_by("order", "pk"))


def find_papers_for(user: User) -> list[PaperKind]:
    is_admin = load_roles(user).is_admin
    return [kind for kind in PAPERS.values() if is_admin or kind.is_of_group]


def get_paper_kind(user: User, key: str) -> PaperKind:
    """Raises NotVisible where there is none, and what require_permission does."""
    kind = PAPERS.get(key)
    if kind is None:
        raise NotVisible
    require_permission(load_roles(user).is_staff, NOT_AT_DESK)
    require_permission(load_roles(user).is_admin or kind.is_of_group, ADMINS_ONLY)
    return kind
