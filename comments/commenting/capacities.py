"""In whose name a person may speak."""

from dataclasses import dataclass

from hearing_portal.directory.models import AreaOffice, RoleAssignment, User, WorkGroup
from hearing_portal.directory.permissions import load_roles

Role = RoleAssignment.Role
OFFICE_ROLES = (Role.DELEGATE, Role.OFFICE_HEAD)


@dataclass(frozen=True, slots=True)
class Capacity:
    """In whose name: the role, and the office that is counted (none for experts and the central bureau)."""

    role: str
    office: AreaOffice | None = None

    def matches(self, office: AreaOffice | None, role: str | None) -> bool:
        """Whether it is the capacity asked for; None asks for any."""
        return (office is None or self.office == office) and (role is None or self.role == role)


def capacities_for(user: User, group: WorkGroup | None) -> list[Capacity]:
    """The capacities a person may use for a group, the office ones first."""
    roles = load_roles(user)
    capacities = []
    for office in roles.delegate_offices(group):
        capacities.append(Capacity(Role.OFFICE_HEAD if roles.heads(office) else Role.DELEGATE, office))
    if roles.advises(group):
        capacities.append(Capacity(Role.EXPERT if roles.is_expert else Role.CENTRAL_BUREAU))
    return capacities
