"""Who may have spoken in the room: the offices, and the people who may speak about a manual."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from hearing_portal.directory.models import AreaOffice, RoleAssignment, WorkGroup
from hearing_portal.thai.text import search_form, search_terms


def roles_of_speakers(group: WorkGroup | None) -> QuerySet[RoleAssignment]:
    """The roles in which somebody speaks about the group's manual for an office: its delegates and the office heads."""
    delegate = Q(role=RoleAssignment.Role.DELEGATE, work_group=group)
    head = Q(role=RoleAssignment.Role.OFFICE_HEAD)
    roles = RoleAssignment.objects.now().filter(
        delegate | head, user__is_active=True, office__isnull=False
    )
    return roles.select_related("user", "office")


def roles_of_advisers(group: WorkGroup | None) -> QuerySet[RoleAssignment]:
    """The roles in which somebody speaks about the group's manual for no office: experts and the central bureau."""
    advising = [RoleAssignment.Role.EXPERT, RoleAssignment.Role.CENTRAL_BUREAU]
    roles = RoleAssignment.objects.now().filter(
        Q(work_group__isnull=True) | Q(work_group=group),
        role__in=advising,
        user__is_active=True,
    )
    return roles.select_related("user", "office")


@dataclass(frozen=True, slots=True)
class Speakers:
    """Offices, and roles of people who may speak for one or, as experts, for none."""

    offices: Sequence[AreaOffice]
    people: Sequence[RoleAssignment]

    def __bool__(self) -> bool:
        return bool(self.offices or self.people)


def find_speakers(
    offices: Sequence[AreaOffice],
    group: WorkGroup | None,
    typed: str = "",
) -> Speakers:
    """Those whose name has all parts of what was typed, wherever in it; a person is found by the office too, and an
    office by its people. All, when nothing was typed. Two queries."""
    parts = search_terms(typed)
    people = []
    offices_of_people = set()
    for role in roles_of_speakers(group).order_by(
        "user__given_name", "user__family_name", "pk"
    ):
        words_of_office = "" if role.office is None else _words_of_office(role.office)
        words_of_person = (
            f"{role.user.get_full_name()} {role.user.username} {words_of_office}"
        )
        if role.office is None or not _has_all(parts, words_of_person):
            continue
        people.append(role)
        offices_of_people.add(role.office_id)
    for role in roles_of_advisers(group).order_by("user__given_name", "pk"):
        words = f"{role.user.get_full_name()} {role.user.username} {role.get_role_display()}"
        if _has_all(parts, words):
            people.append(role)
    found = []
    for office in offices:
        if _has_all(parts, _words_of_office(office)) or (
            parts and office.pk in offices_of_people
        ):
            found.append(office)
    return Speakers(found, people)


def _words_of_office(office: AreaOffice) -> str:
    return f"{office.short_name} {office.name} {' '.join(office.provinces)}"


def _has_all(parts: Sequence[str], words: str) -> bool:
    form = search_form(words)
    return all(part in form for part in parts)
