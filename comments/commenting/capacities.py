"""In whose name a person may speak."""

from dataclasses import dataclass

from hearing_portal.directory.models import AreaOffice, RoleAssignment, User, WorkGroup
from hearing_portal.directory.permissions import roles_of

Role = RoleAssignment.Role
OFFICE_ROLES = (Role.DELEGATE, Role.OFFICE_HEAD)


@dataclass(frozen=True, slots=True)
class Voice:
    """In whose name: the role, and the office that is counted (none for experts and the central bureau)."""

    role: str
    office: AreaOffice | None = None

    def matches(self, office: AreaOffice | None, role: str | None) -> bool:
        """Whether it is the voice asked for; None asks for any."""
        return (office is None or self.office == office) and (role is None or self.role == role)


def voices_of(user: User, group: WorkGroup | None) -> list[Voice]:
    """The voices a person may use for a group, the office ones first."""
    roles = roles_of(user)
    voices = []
    for office in roles.delegate_offices(group):
        voices.append(Voice(Role.OFFICE_HEAD if roles.heads(office) else Role.DELEGATE, office))
    if roles.advises(group):
        voices.append(Voice(Role.EXPERT if roles.is_expert else Role.CENTRAL_BUREAU))
    return voices
