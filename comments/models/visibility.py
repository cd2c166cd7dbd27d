"""Which comments a person may see at all. product.md, "Rights, in short"."""

from enum import Enum
from typing import NamedTuple

from django.db import models
from django.db.models import Q

from hearing_portal.directory.models import RoleAssignment
from hearing_portal.directory.permissions import Visitor, load_roles
from hearing_portal.postgres.statements import is_any_of
from manuals.models import EditionRelease

Role = RoleAssignment.Role


class Visibility(models.TextChoices):
    """What moderation says of a comment; `hidden` leaves a stub with the reason."""

    HELD = "held", "รอตรวจก่อนแสดง"
    SHOWN = "shown", "แสดงแล้ว"
    HIDDEN = "hidden", "ซ่อน"


class Sight(Enum):
    """How far somebody sees comments: their own, those shown and hidden too, the held ones of their desks too, all."""

    OWN = "own"
    SHOWN = "shown"
    DESKS = "desks"
    ALL = "all"


class Seer(NamedTuple):
    """Somebody who looks at comments: `id` is 0 for who did not sign in, `groups` are those of their desks."""

    sight: Sight
    id: int
    groups: list[int]


def seer_of(user: Visitor) -> Seer:
    """Own comments are seen always; held ones by the group's facilitators and drafters, and by admins; shown and hidden
    ones (a stub) by everybody who signed in with a role, by the public after release."""
    roles = load_roles(user)
    groups = [group.pk for group in roles.groups(Role.FACILITATOR, Role.DRAFTER)]
    if roles.is_admin:
        sight = Sight.ALL
    elif not roles.rows and not answers_are_public():
        sight = Sight.OWN
    elif groups:
        sight = Sight.DESKS
    else:
        sight = Sight.SHOWN
    return Seer(sight, user.pk or 0, groups)


def comments_seen_by(user: Visitor) -> Q:
    """Filter over Comment.objects.with_visibility()."""
    return comments_within(*seer_of(user))


def comments_within(sight: Sight, seer_id: int, groups: list[int]) -> Q:
    """The same, where only how far somebody sees decides what is asked: see kept_statement."""
    own = Q(author=seer_id) | Q(recorded_by=seer_id)
    not_held = ~Q(visibility_now=Visibility.HELD)
    match sight:
        case Sight.ALL:
            return Q()
        case Sight.OWN:
            return own
        case Sight.SHOWN:
            return own | not_held
        case Sight.DESKS:
            at_desk = Q(is_any_of("entry__manual__work_group", groups))
            return own | at_desk | not_held


def answers_are_public() -> bool:
    """The public sees comments and answers once a final edition is released to it."""
    return EditionRelease.objects.filter(
        audience=EditionRelease.Audience.PUBLIC, edition__kind="final"
    ).exists()
