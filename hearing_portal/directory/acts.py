"""The acts on people and offices, for the log. Nobody's name is in it: a person is a username."""

from hearing_portal.acts.kinds import Category, Subject, SubjectKind, declare_act

from .models import AreaOffice, RoleAssignment, User

ROLE_WORDS = dict(RoleAssignment.Role.choices)

ACCOUNT_CHANGED = declare_act("account", Category.PEOPLE, "{note}")
ROLE_GRANTED = declare_act(
    "role-granted",
    Category.PEOPLE,
    "ให้บทบาท{detail} {note}",
    details=ROLE_WORDS,
)
ROLE_ENDED = declare_act(
    "role-ended",
    Category.PEOPLE,
    "แก้วันสิ้นสุดบทบาท{detail} {note}",
    details=ROLE_WORDS,
)


def about_person(person: User) -> Subject:
    return Subject(SubjectKind.PERSON, str(person.pk), person.username)


def about_office(office: AreaOffice) -> Subject:
    return Subject(SubjectKind.OFFICE, office.key, office.short_name)


def about_role(row: RoleAssignment) -> Subject:
    """The person who holds it, in the group it is for."""
    return Subject(
        SubjectKind.PERSON,
        str(row.user_id),
        row.user.username,
        work_group_id=row.work_group_id,
    )


def scope_words(row: RoleAssignment) -> str:
    """What the role is for: สพป.ลำปาง เขต 1 กลุ่มอำนวยการ; empty for one without office and group."""
    words = []
    if row.office is not None:
        words.append(row.office.short_name)
    if row.work_group is not None:
        words.append(row.work_group.name)
    return " ".join(words)
