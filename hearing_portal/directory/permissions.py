"""What somebody is today: the roles of a person, read once per request, and questions about them."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet
from django.utils.timezone import localdate

from hearing_portal.postgres.statements import kept_statement

from .models import AreaOffice, RoleAssignment, User, WorkGroup

Role = RoleAssignment.Role
type Visitor = User | AnonymousUser  # whoever asks, signed in or not
_CACHE = "_roles_of_today"


@dataclass(frozen=True)
class Roles:
    """The role rows valid today. Questions take model instances; nothing here asks the database again."""

    rows: tuple[RoleAssignment, ...] = field(default=())

    def _groups(self, role: Role) -> set[int | None]:
        return {row.work_group_id for row in self.rows if row.role == role}

    def _has(self, role: Role) -> bool:
        return any(row.role == role for row in self.rows)

    @cached_property
    def is_admin(self) -> bool:
        return self._has(Role.ADMIN)

    @cached_property
    def is_drafter(self) -> bool:
        return self._has(Role.DRAFTER)

    @cached_property
    def is_facilitator(self) -> bool:
        return self._has(Role.FACILITATOR)

    @cached_property
    def is_delegate(self) -> bool:
        return self._has(Role.DELEGATE)

    @cached_property
    def is_office_head(self) -> bool:
        return self._has(Role.OFFICE_HEAD)

    @cached_property
    def is_expert(self) -> bool:
        return self._has(Role.EXPERT)

    @cached_property
    def is_central(self) -> bool:
        return self._has(Role.CENTRAL_BUREAU)

    @property
    def is_staff(self) -> bool:
        """Works at a desk: facilitator, drafter or admin."""
        return self.is_admin or self.is_drafter or self.is_facilitator

    @property
    def may_comment(self) -> bool:
        """Has comments of one's own, for an office or as an expert."""
        return (
            self.is_delegate or self.is_office_head or self.is_expert or self.is_central
        )

    def drafts(self, group: WorkGroup | None) -> bool:
        """Whether a drafter of the group. The book's foreword has no group: nobody drafts it by role."""
        return group is not None and group.pk in self._groups(Role.DRAFTER)

    def facilitates(self, group: WorkGroup | None) -> bool:
        return group is not None and group.pk in self._groups(Role.FACILITATOR)

    def advises(self, group: WorkGroup | None) -> bool:
        """Whether an expert or bureau person for the group; one without a group advises on all."""
        groups = self._groups(Role.EXPERT) | self._groups(Role.CENTRAL_BUREAU)
        if None in groups:
            return True
        return group is not None and group.pk in groups

    def delegate_offices(self, group: WorkGroup | None) -> list[AreaOffice]:
        """The offices the person may speak for: as a delegate of the group, or as head for every group."""
        offices: dict[int, AreaOffice] = {}
        for row in self.rows:
            is_head = row.role == Role.OFFICE_HEAD
            is_of_group = group is not None and row.work_group_id == group.pk
            is_delegate_of_group = row.role == Role.DELEGATE and is_of_group
            if (is_head or is_delegate_of_group) and row.office is not None:
                offices[row.office.pk] = row.office
        return list(offices.values())

    def heads(self, office: AreaOffice) -> bool:
        return any(
            row.role == Role.OFFICE_HEAD and row.office_id == office.pk
            for row in self.rows
        )

    @property
    def offices(self) -> list[AreaOffice]:
        """The offices of all rows, each once."""
        offices = {}
        for row in self.rows:
            if row.office is not None:
                offices[row.office.pk] = row.office
        return list(offices.values())

    def groups(self, *roles: Role) -> list[WorkGroup]:
        """The work groups of the rows with one of the roles (of every row without), in book order."""
        groups: dict[int, WorkGroup] = {}
        for row in self.rows:
            if row.work_group is not None and (not roles or row.role in roles):
                groups[row.work_group.pk] = row.work_group
        return sorted(groups.values(), key=lambda group: (group.order, group.key))

    @property
    def chief(self) -> RoleAssignment | None:
        """The row a person is called by at the head of a page: the one with the widest reach."""
        return min(
            self.rows, key=lambda row: _REACH.index(Role(row.role)), default=None
        )


# From the widest reach to the narrowest
_REACH = [
    Role.ADMIN,
    Role.FACILITATOR,
    Role.DRAFTER,
    Role.OFFICE_HEAD,
    Role.DELEGATE,
    Role.EXPERT,
    Role.CENTRAL_BUREAU,
]


def load_roles(user: Visitor) -> Roles:
    """Today's roles, in one query per user instance (once a request); none for an anonymous visitor."""
    if isinstance(user, AnonymousUser):
        return Roles()
    known = getattr(user, _CACHE, None)
    if known is None:
        rows = _find_roles(user.pk, localdate()) if user.is_authenticated else []
        known = Roles(tuple(rows))
        setattr(user, _CACHE, known)
    return known


@kept_statement
def _find_roles(user_id: int, day: date) -> QuerySet[RoleAssignment]:
    rows = RoleAssignment.objects.filter(user=user_id).valid_on(day)
    return rows.select_related("work_group", "office")
