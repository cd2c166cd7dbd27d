"""Letting in who may read both sides of a comparison."""

from django.http import Http404

from hearing_portal.directory.permissions import Visitor, load_roles
from hearing_portal.web.http import NotVisible, require_permission

from ..access import READERS_ONLY
from ..models import Manual
from ..permissions import can_read_draft, editions_readable_by
from .sides import WORKING_DRAFT, Side, Sides


def find_sides(user: Visitor, old: str, new: str) -> Sides:
    """By the codes in an address; the working draft as far as this reader may read it. Raises NotVisible for an
    edition that is none to them."""
    return Sides(find_side(user, old), find_side(user, new))


def find_side(user: Visitor, code: str) -> Side:
    """Raises NotVisible for an edition, and to a visitor without a role for the working draft; PermissionDenied for the
    draft where the person may read none of its manuals."""
    if code != WORKING_DRAFT:
        edition = editions_readable_by(user).filter(code=code).first()
        if edition is None:
            raise NotVisible
        return Side(edition)
    roles = load_roles(user)
    if not roles.rows:
        raise NotVisible
    manuals = Manual.objects.select_related("work_group")
    readable = [manual for manual in manuals if can_read_draft(user, manual.work_group)]
    require_permission(readable, READERS_ONLY)
    return Side(None, readable)


def find_compared_manual(sides: Sides, key: str) -> Manual:
    """Raises Http404 for a manual there is not, and for one whose draft the reader may not read."""
    manual = Manual.objects.select_related("work_group").filter(key=key).first()
    if manual is None:
        raise Http404
    if sides.manual_ids is not None and manual.pk not in sides.manual_ids:
        require_permission(False, READERS_ONLY)
    return manual


def is_partial(sides: Sides) -> bool:
    """Whether the reader sees some of the manuals only: the others' working draft is not theirs to read. One query,
    none for two editions."""
    if sides.manual_ids is None:
        return False
    return Manual.objects.exclude(pk__in=sides.manual_ids).exists()
