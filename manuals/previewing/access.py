"""Who makes and calls back a link, and what a browser has opened."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from hearing_portal.directory.models import User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import NotVisible, require_permission

from ..access import get_manual_to_edit, get_section_of
from ..models import Manual, PreviewLink, Section

OPEN_FOR = timedelta(hours=8)
KEY = "opened_previews"  # in the session: {uuid of a link: when its password was given}


def get_what_to_show(
    user: User, key: str, section: str
) -> tuple[Manual, Section | None]:
    """The manual, or the section of it that an address names by its uuid."""
    manual = get_manual_to_edit(user, key)
    if not section:
        return manual, None
    try:
        found = get_section_of(manual, UUID(section))
    except ValueError as error:
        raise NotVisible from error
    if found.retired_id is not None or found.kind == Section.Kind.UNIT:
        raise NotVisible
    return manual, found


def get_link_to_recall(user: User, uuid: UUID) -> PreviewLink:
    """Its maker's and the administrators'; to others it does not exist."""
    link = get_object_or_404(
        PreviewLink.objects.select_related("manual", "section__manual"), uuid=uuid
    )
    if link.by_id != user.pk and not load_roles(user).is_admin:
        raise NotVisible
    return link


def require_desk_of_links(user: User) -> None:
    roles = load_roles(user)
    require_permission(
        roles.is_admin or roles.is_drafter, "หน้านี้สำหรับคณะทำงานยกร่างและผู้ดูแลระบบ"
    )


def remember_opened(request: HttpRequest, link: PreviewLink) -> None:
    if not request.user.is_authenticated:
        request.session.cycle_key()
    opened: dict[str, Any] = request.session.get(KEY, {})
    opened[str(link.uuid)] = timezone.now().timestamp()
    request.session[KEY] = opened


def is_opened(request: HttpRequest, link: PreviewLink) -> bool:
    """Whether this browser gave the password in the last hours."""
    at = request.session.get(KEY, {}).get(str(link.uuid))
    return at is not None and timezone.now().timestamp() - at < OPEN_FOR.total_seconds()
