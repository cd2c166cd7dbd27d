"""Fetching the office, the hearing and the manual that a position is about."""

from django.http import QueryDict

from hearing_portal.directory.models import AreaOffice, User
from hearing_portal.directory.permissions import load_roles
from hearing_portal.web.http import NotVisible, require_permission
from manuals.models import Manual
from manuals.queries import find_manual_by_key

FOR_OFFICES = "หน้านี้สำหรับผู้แทนและ ผอ.สพท. ท่านไม่ได้ทำหน้าที่แทน สพท. ใด"


def get_own_office(user: User, query: QueryDict) -> AreaOffice:
    """The office that `?office=` names, of those the person belongs to; the first of them without."""
    offices = load_roles(user).offices
    require_permission(offices, FOR_OFFICES)
    for office in offices:
        if office.key == query.get("office"):
            return office
    return offices[0]


def get_manual_of_group(key: str) -> Manual:
    """Of a group: an office says nothing about the book's foreword."""
    manual = find_manual_by_key(key)
    if manual is None or manual.work_group is None:
        raise NotVisible
    return manual
