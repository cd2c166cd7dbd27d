"""Where somebody may go, by role: the links at the head of a page, and more of them in the menu."""

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from hearing_portal.directory.permissions import Roles, load_roles


class NavigationItem(NamedTuple):
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


def _is_staff(roles: Roles) -> bool:
    return roles.is_staff


def _administers(roles: Roles) -> bool:
    return roles.is_admin


# URL names of pages that have no link of their own at the head of a page: while one is open, the link of the page that
# leads to it is marked
READING = (
    "group",
    "process",
    "clause",
    "entry-comments",
    "comment-new",
    "comment",
    "group-comments",
)
QUEUE = (
    "matrix",
    "group-queue",
    "group-answers",
    "group-positions",
    "group-unplaced",
    "session",
)
DRAFTING = (
    "draft",
    "manual-draft",
    "manual-draft-at",
    "law-replacements",
    "conformity",
    "conformity-check",
    "section-versions",
    "section-version",
    "section-versions-compared",
    "section-restoration",
    "clause-versions",
    "manual-files",
    "manual-files-preview",
    "manual-files-report",
    "edition-of-files",
    "import-preview",
    "import-preview-row",
    "clause-edit",
    "clause-new",
    "clause-split",
    "clause-join",
    "clause-move",
    "clause-retire",
    "step-table",
    "section-new",
    "section-facts",
    "section-move",
    "section-split",
    "section-join",
    "section-retire",
    "manual-paste",
    "drafting-state",
    "team-notes",
    "preview-links",
    "preview-new",
    "review-new",
    "review-requests",
    "review-request",
)
PEOPLE = (
    "person",
    "person-new",
    "person-password",
    "person-roles",
    "first-passwords",
    "people-import",
    "people-import-preview",
    "offices",
    "office",
    "manuals",
    "office-new",
    "offices-import",
    "offices-import-preview",
    "work-groups",
    "work-group",
    "work-group-new",
    "groups-import",
    "groups-import-preview",
    "directory-shipped",
    "contact-edit",
    "privacy-edit",
    "mail",
)
HEARING = (
    "hearing-edit",
    "hearing-new",
    "group-sessions",
    "session-new",
    "session-edit",
)
MAIN_NAVIGATION = (
    NavigationItem("home", "กลุ่มงาน", _anybody, within=READING),
    NavigationItem("my-comments", "ความคิดเห็นของฉัน", lambda roles: roles.may_comment),
    NavigationItem("queue", "รายการรอดำเนินการ", _is_staff, within=QUEUE),
    NavigationItem(
        "drafting",
        "ยกร่าง",
        lambda roles: roles.is_admin or roles.is_drafter,
        within=DRAFTING,
    ),
    NavigationItem("editions", "เผยแพร่ฉบับ", _administers, within=("release-gate",)),
    NavigationItem("people", "ผู้ดูแลระบบ", _administers, within=("preparation", *PEOPLE)),
)
MORE_NAVIGATION = (
    NavigationItem(
        "review-requests",
        "ขอให้ท่านตรวจ",
        lambda roles: roles.is_expert or roles.is_central,
        within=("review-request",),
    ),
    NavigationItem(
        "advice",
        "ขอคำแนะนำจากท่าน",
        lambda roles: roles.is_expert or roles.is_central,
        within=("comment-recommendation",),
    ),
    NavigationItem(
        "office-comments",
        "ความคิดเห็นของ สพท.",
        lambda roles: roles.is_delegate or roles.is_office_head,
    ),
    NavigationItem(
        "overlaps",
        "ทะเบียนเรื่องซ้ำซ้อน",
        lambda roles: bool(roles.rows),
        within=(
            "overlap",
            "overlap-new",
            "overlap-edit",
            "overlap-matrix",
            "overlap-agencies",
            "overlap-suggestions",
        ),
    ),
    NavigationItem(
        "hearing-overview",
        "ภาพรวมประชาพิจารณ์",
        lambda roles: bool(roles.rows),
        within=("group-conclusion",),
    ),
    NavigationItem("considered", "สิ่งที่ที่ประชุมพิจารณาแล้ว", lambda roles: bool(roles.rows)),
    NavigationItem(
        "office-positions",
        "ความคิดเห็นในนาม สพท.",
        lambda roles: roles.is_delegate or roles.is_office_head,
        within=("office-position",),
    ),
    NavigationItem("notices", "เรื่องที่แจ้งท่าน", lambda roles: bool(roles.rows)),
    NavigationItem(
        "edition-list",
        "ฉบับทั้งหมด",
        _anybody,
        within=("edition", "edition-manual", "edition-section"),
    ),
    NavigationItem("guide", "วิธีใช้", _anybody),
    NavigationItem("contact", "ติดต่อผู้ดูแลระบบ", _anybody, within=("privacy",)),
    NavigationItem(
        "legal-sources",
        "ทะเบียนกฎหมาย",
        lambda roles: roles.is_admin or roles.is_drafter,
        within=("legal-source", "legal-source-new", "legal-sources-shipped"),
    ),
    NavigationItem("exports", "พิมพ์เล่มและส่งออก", _is_staff, within=("job",)),
    NavigationItem("papers", "เอกสารหลังประชาพิจารณ์", _is_staff, within=("paper-form",)),
    NavigationItem("hearing-desk", "ประชาพิจารณ์", _administers, within=HEARING),
    NavigationItem("audit", "บันทึกการดำเนินการ", _administers),
)


# The desks of the administrators, as tabs above each of them: url name and word
ADMIN_TABS = {
    "preparation": "เตรียมประชาพิจารณ์",
    "people": "บุคคล",
    "offices": "สพท.",
    "work-groups": "กลุ่มงาน",
    "manuals": "คู่มือ",
    "legal-sources": "กฎหมาย",
    "hearing-desk": "ประชาพิจารณ์",
    "overlaps": "เรื่องซ้ำซ้อน",
    "editions": "เผยแพร่ฉบับ",
    "exports": "ส่งออก",
    "contact-edit": "ติดต่อ",
    "mail": "อีเมล",
    "audit": "บันทึกการดำเนินการ",
}


def admin_links(current: str) -> list[Link]:
    """`current` is the url name of the tab one is at."""
    links = []
    for name, label in ADMIN_TABS.items():
        links.append(Link(reverse(name), label, name == current))
    return links


def links_for(
    request: HttpRequest, items: Iterable[NavigationItem] = MAIN_NAVIGATION
) -> list[Link]:
    """The links to where the asking person may go, in order. A page that does not exist has no link."""
    roles = load_roles(getattr(request, "user", AnonymousUser()))
    here = request.resolver_match.url_name if request.resolver_match else ""
    links: list[Link] = []
    for item in items:
        if not item.is_open_to(roles):
            continue
        try:
            url = reverse(item.name)
        except NoReverseMatch:
            continue
        is_here = here == item.name or here in item.within
        links.append(Link(url, item.label, is_here))
    return links
