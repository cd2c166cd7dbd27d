"""The main links: where somebody may go, by role. A link appears once its url name exists."""

from collections.abc import Callable
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from hearing_portal.directory.permissions import Roles, roles_of


class Place(NamedTuple):
    """A page of the main navigation: its url name, its word, and who may go there."""

    name: str
    label: str
    is_open_to: Callable[[Roles], bool]


class Link(NamedTuple):
    url: str
    label: str
    is_here: bool


PLACES = (
    Place("home", "กลุ่มงาน", lambda roles: True),
    Place("my-comments", "ความเห็นของฉัน", lambda roles: roles.may_comment),
    Place("queue", "คิวความเห็น", lambda roles: roles.is_admin or roles.is_facilitator or roles.is_drafter),
    Place("drafting", "ยกร่าง", lambda roles: roles.is_admin or roles.is_drafter),
    Place("editions", "ออกฉบับ", lambda roles: roles.is_admin),
    Place("people", "ผู้ดูแลระบบ", lambda roles: roles.is_admin),
)


def links_of(request: HttpRequest) -> list[Link]:
    """The links the asking person may follow, in order."""
    roles = roles_of(getattr(request, "user", AnonymousUser()))
    links = []
    for place in PLACES:
        if not place.is_open_to(roles):
            continue
        try:
            url = reverse(place.name)
        except NoReverseMatch:
            continue
        is_here = request.path == url or (url != "/" and request.path.startswith(url))
        links.append(Link(url, place.label, is_here))
    return links
