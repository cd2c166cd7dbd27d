"""Whether anybody administers the portal."""

from ..models import RoleAssignment


def has_admin() -> bool:
    """Somebody active holds the role today."""
    admins = RoleAssignment.objects.now().filter(
        role=RoleAssignment.Role.ADMIN, user__is_active=True
    )
    return admins.exists()
