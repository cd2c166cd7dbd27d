"""In whose name a person may speak."""

from dataclasses import dataclass

from hearing_portal.directory.models import AreaOffice, RoleAssignment, User, WorkGroup
from hearing_portal.directory.permissions import load_roles

from .refusals import NotRegistered

Role = RoleAssignment.Role


@dataclass(frozen=True, slots=True)
class Capacity:
    """In whose name: the role, and the office that is counted (none for experts and the central bureau)."""

    role: str
    office: AreaOffice | None = None


def capacities_for(user: User, group: WorkGroup | None) -> list[Capacity]:
    """The capacities a person may use for a group, the office ones first."""
    roles = load_roles(user)
    capacities = []
    for office in roles.delegate_offices(group):
        if roles.heads(office):
            capacities.append(Capacity(Role.OFFICE_HEAD, office))
        else:
            capacities.append(Capacity(Role.DELEGATE, office))
    if roles.advises(group):
        if roles.is_expert:
            capacities.append(Capacity(Role.EXPERT))
        else:
            capacities.append(Capacity(Role.CENTRAL_BUREAU))
    return capacities


def require_capacity(
    user: User,
    group: WorkGroup | None,
    *,
    office: AreaOffice | None = None,
    role: str | None = None,
) -> Capacity:
    """The first capacity of this office and this role; None asks for any. Raises NotRegistered."""
    for capacity in capacities_for(user, group):
        if office is not None and capacity.office != office:
            continue
        if role is not None and capacity.role != role:
            continue
        return capacity
    raise NotRegistered(group)


def require_advising_capacity(user: User, group: WorkGroup | None) -> Capacity:
    """As an expert or for the central bureau, for no office. Raises NotRegistered."""
    for capacity in capacities_for(user, group):
        if capacity.office is None:
            return capacity
    raise NotRegistered(group)


def require_office(
    user: User,
    group: WorkGroup | None,
    office: AreaOffice | None = None,
) -> AreaOffice:
    """The office a person speaks for about the group: this one, or the first. Raises NotRegistered."""
    for capacity in capacities_for(user, group):
        if capacity.office is not None and office in (None, capacity.office):
            return capacity.office
    raise NotRegistered(group)
