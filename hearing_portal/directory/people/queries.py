"""Reading people and offices for the administrators' lists."""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db.models import Count, Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import Collate
from django.utils import timezone

from hearing_portal.postgres.search_forms import having_terms

from ..models import AreaOffice, RoleAssignment, User, WorkGroup

THAI = "th-x-icu"  # code-point order would put เกรียงไกร after อารีย์
BY_NAME = (Collate("given_name", THAI), Collate("family_name", THAI), "username")
NO_ROLE = "none"


def people_matching(
    *,
    words: str = "",
    role: str = "",
    group: WorkGroup | None = None,
    kind: str = "",
    account: str = "",
) -> QuerySet[User]:
    """People in Thai alphabetical order, each with `roles_today`. Two queries for a page of them.

    `words`: each in a name, the username or the office's short name. `role`: held today, or NO_ROLE. `group`: of a
    role held today. `kind`: of the person's office. `account`: open, closed or waiting (without password).
    """
    people = with_roles_today(User.objects.all())
    people = having_terms(
        people,
        words,
        # Together as they are shown: a name is copied from the list with its title
        "title",
        "given_name",
        "family_name",
        "username",
        "office__short_name",
    )
    held = RoleAssignment.objects.now().filter(user=OuterRef("pk"))
    if role == NO_ROLE:
        people = people.filter(~Exists(held))
    elif role or group:
        if role:
            held = held.filter(role=role)
        if group:
            held = held.filter(work_group=group)
        people = people.filter(Exists(held))
    if kind:
        people = people.filter(office__kind=kind)
    if account:
        people = people.filter(_ACCOUNTS[account])
    return people.order_by(*BY_NAME)


_ACCOUNTS = {
    "open": Q(is_active=True),
    "closed": Q(is_active=False),
    "waiting": Q(is_active=True, password__startswith=UNUSABLE_PASSWORD_PREFIX),
}


def with_roles_today(people: QuerySet[User]) -> QuerySet[User]:
    """Adds the list `roles_today` to each person, by role and in the groups' order, and the office."""
    roles = RoleAssignment.objects.now().select_related("work_group", "office")
    roles = roles.order_by("role", F("work_group__order").asc(nulls_first=True), "pk")
    return people.select_related("office").prefetch_related(
        Prefetch("roles", roles, to_attr="roles_today")
    )


def roles_of_person(person: User) -> QuerySet[RoleAssignment]:
    """All role rows of somebody, those without end first, then the latest."""
    rows = person.roles.select_related("work_group", "office")
    return rows.order_by(
        F("valid_until").desc(nulls_first=True), "role", F("work_group__order"), "pk"
    )


@dataclass(frozen=True, slots=True)
class OfficeRow:
    """An office and how many people are delegates for it."""

    office: AreaOffice
    delegates: int


def find_offices(
    *,
    words: str = "",
    kind: str = "",
    province: str = "",
    without_delegates: bool = False,
    day: date | None = None,
) -> list[OfficeRow]:
    """Offices with their delegates on the day (today), primary first, in Thai order. One query.

    `words`: each in a name or a code, in either digits.
    """
    day = day or timezone.localdate()
    is_delegate = Q(roles__role=RoleAssignment.Role.DELEGATE)
    has_begun = Q(roles__valid_from__lte=day)
    has_not_ended = Q(roles__valid_until__isnull=True) | Q(roles__valid_until__gte=day)
    delegates = Count(
        "roles__user", filter=is_delegate & has_begun & has_not_ended, distinct=True
    )
    offices = AreaOffice.objects.annotate(delegates=delegates)
    offices = having_terms(offices, words, "name", "short_name", "key", "official_code")
    if kind:
        offices = offices.filter(kind=kind)
    if province:
        offices = offices.filter(provinces__contains=[province])
    if without_delegates:
        offices = offices.filter(delegates=0)
    offices = offices.order_by("kind", Collate("short_name", THAI), "area_no")
    return [OfficeRow(office, office.delegates) for office in offices]


def list_provinces() -> list[str]:
    """Every province an office serves, in Thai order. One query."""
    names: set[str] = set()
    for served in AreaOffice.objects.values_list("provinces", flat=True):
        names.update(served)
    return sorted(names, key=thai_order)


def thai_order(word: str) -> str:
    """A key that sorts as a Thai dictionary does: by the consonant before its leading vowel."""
    letters = list(word)
    for at in range(len(letters) - 1):
        if letters[at] in "เแโใไ":
            vowel = letters[at]
            letters[at] = letters[at + 1]
            letters[at + 1] = vowel
    return "".join(letters)


def people_of_office(office: AreaOffice) -> QuerySet[User]:
    """Those who belong to the office or hold a role for it today, each once."""
    speaks = RoleAssignment.objects.now().filter(user=OuterRef("pk"), office=office)
    people = User.objects.filter(Q(office=office) | Exists(speaks))
    return with_roles_today(people).order_by(*BY_NAME)
