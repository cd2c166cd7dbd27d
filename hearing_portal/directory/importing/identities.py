"""Who a row of a list is about: somebody in the directory, or somebody of the rows before."""

from dataclasses import dataclass, field

from hearing_portal.thai.text import search_form

from ..models import AreaOffice, RoleAssignment, User, WorkGroup
from .names import split_title

type PersonKey = tuple[
    int | None, str
]  # the office's pk, and the search form of the name
type HeldRole = tuple[
    str, int | None, int | None
]  # the role, and the pks of its group and its office


@dataclass(slots=True, eq=False)
class ListedPerson:
    """Somebody in the directory (of namesakes in one office, the first), or without `pk` somebody new.

    `usernames` are those of all namesakes, in small letters; `held` are the roles of today.
    """

    name: str
    office_pk: int | None
    pk: int | None = None
    username: str = ""
    usernames: set[str] = field(default_factory=set)
    held: set[HeldRole] = field(default_factory=set)
    # Of the rows before: where each role stood
    line_of_role: dict[str, int] = field(default_factory=dict)

    def holds(
        self, role: str, group: WorkGroup | None, office: AreaOffice | None
    ) -> bool:
        return (role, _pk(group), _pk(office)) in self.held


class PeopleIndex:
    """Everybody in the directory, and everybody the rows were about. Two queries."""

    def __init__(self) -> None:
        self.by_key: dict[PersonKey, ListedPerson] = {}
        self.by_username: dict[str, ListedPerson] = {}
        by_pk: dict[int, ListedPerson] = {}
        rows = User.objects.order_by("pk").values_list(
            "pk", "username", "office", "given_name", "family_name"
        )
        for pk, username, office_pk, given_name, family_name in rows:
            name = _name_form(given_name, family_name)
            somebody = ListedPerson(name, office_pk, pk, username)
            person = self.by_key.setdefault((office_pk, name), somebody)
            self.add_username(person, username)
            by_pk[pk] = person
        held = RoleAssignment.objects.now().values_list(
            "user", "role", "work_group", "office"
        )
        for user_pk, role, group_pk, office_pk in held:
            by_pk[user_pk].held.add((role, group_pk, office_pk))

    def find_or_add(
        self,
        office: AreaOffice | None,
        given_name: str,
        family_name: str,
        username: str,
    ) -> ListedPerson:
        """Of that name and office; or of that name and username (in small letters), where one side names no office."""
        office_pk = _pk(office)
        name = _name_form(given_name, family_name)
        person = self.by_key.get((office_pk, name))
        if person is None:
            person = self._find_by_username(username, name, office_pk)
        if person is None:
            person = ListedPerson(name, office_pk)
        if person.office_pk is None:
            person.office_pk = office_pk
        return self.by_key.setdefault((office_pk, name), person)

    def _find_by_username(
        self, username: str, name: str, office_pk: int | None
    ) -> ListedPerson | None:
        person = self.by_username.get(username)
        if person is None or person.name != name:
            return None
        if office_pk is not None and person.office_pk is not None:
            return None
        return person

    def add_username(self, person: ListedPerson, username: str) -> None:
        lower = username.lower()
        person.usernames.add(lower)
        self.by_username[lower] = person


def _name_form(given_name: str, family_name: str) -> str:
    """A title inside the name makes nobody else of a person."""
    _, bare_name = split_title(given_name)
    return search_form(f"{bare_name} {family_name}")


def _pk(row: AreaOffice | WorkGroup | None) -> int | None:
    if row is None:
        return None
    return row.pk
