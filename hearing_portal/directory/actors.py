"""Who acts when a command is run: a named person, or the first admin."""

from django.core.management.base import CommandError

from .models import RoleAssignment, User


def find_actor(username: str = "") -> User:
    """The person of that username, or of the first admin role valid today. Raises CommandError in Thai."""
    if username:
        user = User.objects.filter(username=username, is_active=True).first()
        if user is None:
            raise CommandError(f"ไม่พบชื่อผู้ใช้ {username} โปรดตรวจตัวสะกด", returncode=1)
        return user
    admins = RoleAssignment.objects.now().filter(role=RoleAssignment.Role.ADMIN)
    role = admins.select_related("user").first()
    if role is None:
        raise CommandError("ยังไม่มีผู้ดูแลระบบ โปรดระบุผู้ดำเนินการด้วย --by", returncode=1)
    actor: User = role.user
    return actor
