"""The guard of the administrators' pages."""

from hearing_portal.web.http import require_permission

from .permissions import Visitor, load_roles


def require_admin(user: Visitor) -> None:
    """Raises Forbidden (403) unless the person administers the portal today."""
    require_permission(load_roles(user).is_admin, "หน้านี้สำหรับผู้ดูแลระบบ")
