"""Which comments a person may see at all. product.md, "Rights, in short"."""

from django.db import models
from django.db.models import Q

from hearing_portal.directory.models import RoleAssignment
from hearing_portal.directory.permissions import Visitor, load_roles
from manuals.models import EditionRelease

Role = RoleAssignment.Role


class Visibility(models.TextChoices):
    """What moderation says of a comment; `hidden` leaves a stub with the reason."""

    HELD = "held", "รอตรวจก่อนแสดง"
    SHOWN = "shown", "แสดงแล้ว"
    HIDDEN = "hidden", "ซ่อน"


def comments_seen_by(user: Visitor) -> Q:
    """Filter over Comment.objects.with_visibility(): own ones always; held ones by the group's facilitators and
    drafters, and by admins; shown and hidden ones (a stub) by everybody who signed in with a role, by the public
    after release."""
    roles = load_roles(user)
    if roles.is_admin:
        return Q()
    own = Q(pk__in=[])
    if user.is_authenticated:
        own = Q(author=user) | Q(recorded_by=user)
    if not roles.rows and not answers_are_public():
        return own
    groups_at_desk = roles.groups(Role.FACILITATOR, Role.DRAFTER)
    at_desk = Q(entry__manual__work_group__in=groups_at_desk)
    not_held = ~Q(visibility_now=Visibility.HELD)
    return own | at_desk | not_held


def answers_are_public() -> bool:
    """The public sees comments and answers once a final edition is released to it."""
    return EditionRelease.objects.filter(
        audience=EditionRelease.Audience.PUBLIC, edition__kind="final"
    ).exists()
