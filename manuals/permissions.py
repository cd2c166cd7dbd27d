"""Who may read what: tiny questions of (user: Visitor, thing)."""

from enum import Enum

from django.db.models import Q, QuerySet

from hearing_portal.directory.models import WorkGroup
from hearing_portal.directory.permissions import Visitor, load_roles

from .models import Edition, EditionRelease


class ReadingRight(Enum):
    """Which editions somebody may read: those released to the public, to the hearing too, or all."""

    PUBLIC = "public"
    HEARING = "hearing"
    ALL = "all"


def reading_right_of(user: Visitor) -> ReadingRight:
    """The hearing's for everybody with a role, all for admins."""
    roles = load_roles(user)
    if roles.is_admin:
        return ReadingRight.ALL
    return ReadingRight.HEARING if roles.rows else ReadingRight.PUBLIC


def editions_readable_with(right: ReadingRight) -> QuerySet[Edition]:
    """Sealed ones."""
    sealed = Edition.objects.sealed()
    if right == ReadingRight.ALL:
        return sealed
    audiences = [EditionRelease.Audience.PUBLIC]
    if right == ReadingRight.HEARING:
        audiences.append(EditionRelease.Audience.HEARING)
    return sealed.filter(Q(releases__audience__in=audiences)).distinct()


def editions_readable_by(user: Visitor) -> QuerySet[Edition]:
    return editions_readable_with(reading_right_of(user))


def can_read_draft(user: Visitor, group: WorkGroup | None) -> bool:
    """The working draft: drafters and facilitators of the group, experts assigned to it, admins."""
    roles = load_roles(user)
    return (
        roles.is_admin
        or roles.drafts(group)
        or roles.facilitates(group)
        or roles.advises(group)
    )


def can_edit_draft(user: Visitor, group: WorkGroup | None) -> bool:
    """Drafters of the group; admins in an emergency, logged. Nobody asks yet: this comes with the editor."""
    roles = load_roles(user)
    return roles.is_admin or roles.drafts(group)


def can_check_conformity(user: Visitor, group: WorkGroup | None) -> bool:
    """Whether a process agrees with the law: who writes the manual answers for it."""
    return can_edit_draft(user, group)


def can_read_law(user: Visitor) -> bool:
    """The registry of laws: who drafts cites them."""
    roles = load_roles(user)
    return roles.is_admin or roles.is_drafter


def can_edit_law(user: Visitor) -> bool:
    return load_roles(user).is_admin
