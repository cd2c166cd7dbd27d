"""Where somebody may go, by role: the links at the head of a page, and more of them in the menu."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from hearing_portal.directory.permissions import Roles, load_roles


class Place(NamedTuple):
    """A page: its url name, its word, who may go there, and the url names of the pages that lie inside it."""

    name: str
    label: str
    is_open_to: Callable[[Roles], bool]
    within: tuple[str, ...] = ()


class Link(NamedTuple):
    url: str
    label: str
    is_here: bool


def _anybody(roles: Roles) -> bool:
    return True


def _own_voice(roles: Roles) -> bool:
    return roles.may_comment


def _speaks_for_an_office(roles: Roles) -> bool:
    return roles.is_delegate or roles.is_office_head


def _at_a_desk(roles: Roles) -> bool:
    return roles.is_staff


def _drafts(roles: Roles) -> bool:
    return roles.is_admin or roles.is_drafter


def _administers(roles: Roles) -> bool:
    return roles.is_admin


READING = ("group", "process", "clause", "entry-comments", "comment-new", "comment", "group-comments")
PEOPLE = (
    *("person", "person-new", "person-password", "person-roles", "first-passwords"),
    *("people-import", "people-import-preview", "offices", "office"),
)
PLACES = (
    Place("home", "กลุ่มงาน", _anybody, within=READING),
    Place("my-comments", "ความเห็นของฉัน", _own_voice),
    Place("queue", "คิวความเห็น", _at_a_desk, within=("group-queue", "group-answers", "group-unplaced", "session")),
    Place("drafting", "ยกร่าง", _drafts, within=("draft",)),
    Place("editions", "ออกฉบับ", _administers, within=("release-gate",)),
    Place("people", "ผู้ดูแลระบบ", _administers, within=PEOPLE),
)
MORE_PLACES = (
    Place("office-comments", "ความเห็นของ สพท.", _speaks_for_an_office),
    Place("edition-list", "ฉบับทั้งหมด", _anybody, within=("edition", "edition-manual", "edition-section")),
    Place("guide", "วิธีใช้", _anybody),
    Place("exports", "พิมพ์เล่มและส่งออก", _at_a_desk, within=("job",)),
    Place("hearing-desk", "รอบรับฟังและเวที", _administers, within=("session-new", "session-edit")),
    Place("audit", "บันทึกการใช้งาน", _administers),
)


# The desks of the administrators, as tabs above each of them: url name and word
ADMIN_TABS = {
    "people": "บุคคล",
    "offices": "สพท.",
    "hearing-desk": "ประชาพิจารณ์",
    "editions": "ออกฉบับ",
    "exports": "ส่งออก",
    "audit": "บันทึกการกระทำ",
}


def admin_links(current: str) -> list[Link]:
    """`current` is the url name of the tab one is at."""
    return [Link(reverse(name), label, name == current) for name, label in ADMIN_TABS.items()]


def links_of(request: HttpRequest, places: Iterable[Place] = PLACES) -> list[Link]:
    """The links to the places the asking person may go to, in order. A page that does not exist has no link."""
    roles = load_roles(getattr(request, "user", AnonymousUser()))
    here = request.resolver_match.url_name if request.resolver_match else ""
    links = []
    for place in places:
        if place.is_open_to(roles) and (url := _url_of(place)):
            links.append(Link(url, place.label, here == place.name or here in place.within))
    return links


def _url_of(place: Place) -> str:
    try:
        return reverse(place.name)
    except NoReverseMatch:
        return ""
