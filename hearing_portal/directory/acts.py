"""The acts on people and offices, for the log. Nobody's name is in it: a person is a username."""

from hearing_portal.acts.kinds import Category, Subject, SubjectKind, declare_act

from .models import AreaOffice, RoleAssignment, User, WorkGroup

ROLE_WORDS = dict(RoleAssignment.Role.choices)

ACCOUNT_CHANGED = declare_act("account", Category.PEOPLE, "{note}")
ROLE_GRANTED = declare_act(
    "role-granted",
    Category.PEOPLE,
    "ให้บทบาท {detail} {note}",
    details=ROLE_WORDS,
)
ROLE_ENDED = declare_act(
    "role-ended",
    Category.PEOPLE,
    "แก้วันสิ้นสุดบทบาท {detail} {note}",
    details=ROLE_WORDS,
)

DIRECTORY_LOADED = declare_act(
    "directory-loaded", Category.PEOPLE, "เติมจากรายการที่มากับระบบ {note}"
)
DIRECTORY_CHANGED = declare_act("directory-changed", Category.PEOPLE, "{note}")

CONTACT_CHANGED = declare_act("contact-changed", Category.PEOPLE, "แก้ไขข้อมูลติดต่อ {note}")
PRIVACY_CHANGED = declare_act(
    "privacy-changed", Category.PEOPLE, "แก้ไขประกาศความเป็นส่วนตัว"
)


def about_person(person: User) -> Subject:
    return Subject(SubjectKind.PERSON, str(person.pk), person.username)


def about_office(office: AreaOffice) -> Subject:
    return Subject(SubjectKind.OFFICE, office.key, office.short_name)


def about_work_group(group: WorkGroup) -> Subject:
    return Subject(SubjectKind.GROUP, group.key, group.name, work_group_id=group.pk)


def about_directory() -> Subject:
    return Subject(SubjectKind.OTHER, "directory", "กลุ่มงานและ สพท.")


def about_contact() -> Subject:
    return Subject(SubjectKind.OTHER, "contact", "ข้อมูลติดต่อ")


def about_privacy() -> Subject:
    return Subject(SubjectKind.OTHER, "privacy", "ประกาศความเป็นส่วนตัว")


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
