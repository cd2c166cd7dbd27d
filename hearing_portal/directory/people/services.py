"""People and their dated roles: the acts of administrators. Nothing is deleted: roles end, accounts are closed.

The log of acts has usernames and the names of changed fields, never a person's name; simple-history keeps the role
rows besides.
"""

import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, PBKDF2PasswordHasher
from django.db import connection
from django.db.models import Q, QuerySet
from django.utils import timezone

from hearing_portal.acts.services import RunningAct, act
from hearing_portal.refusals import Refusal, RefusalKind
from hearing_portal.thai.dates import be_date
from hearing_portal.thai.sentences import joined

from ..acts import (
    ACCOUNT_CHANGED,
    ROLE_ENDED,
    ROLE_GRANTED,
    about_person,
    about_role,
    scope_words,
)
from ..models import AreaOffice, RoleAssignment, User, WorkGroup
from ..sign_in.limits import forget_attempts_for
from ..sign_in.services import record_password_settings

Role = RoleAssignment.Role


class Scope(NamedTuple):
    """Whether a role is for a work group and for an office: "must", "no", or "may" where both are right."""

    work_group: Literal["must", "may", "no"]
    office: Literal["must", "may", "no"]


SCOPES: dict[str, Scope] = {
    Role.ADMIN: Scope("no", "no"),
    Role.FACILITATOR: Scope("must", "no"),
    Role.DRAFTER: Scope("must", "no"),
    Role.DELEGATE: Scope("must", "must"),
    Role.OFFICE_HEAD: Scope("no", "must"),
    Role.EXPERT: Scope("may", "no"),
    Role.CENTRAL_BUREAU: Scope("may", "no"),
}
_PEOPLE_LOCK = 0x50454F504C45  # "PEOPLE": advisory, so that two acts never give out one username or the last admin


class PersonRefused(Refusal):
    """An act on a person or a role that cannot be done as things stand; `message_th` says why."""

    kind = RefusalKind.CONFLICT


@dataclass(frozen=True, slots=True)
class Naming:
    """What stands in the only table with names, besides the username."""

    given_name: str
    family_name: str
    title: str = ""
    position: str = ""
    office: AreaOffice | None = None


def lock_people() -> None:
    """Until the transaction ends nobody else adds people or takes an admin's role."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_PEOPLE_LOCK])


# -- accounts --------------------------------------------------------------------------------------------


def create_person(naming: Naming, *, by: User | None, username: str = "") -> User:
    """An account nobody can sign in to until a password is given. Without `username` one is made of the office's
    key (p126-01). `by` is None for the first administrator, whom nobody makes. Raises PersonRefused when the username
    is taken, in capitals or not."""
    with act(by=by) as done:
        lock_people()
        if username and User.objects.filter(username__iexact=username).exists():
            raise PersonRefused(f"ชื่อผู้ใช้ {username} มีอยู่แล้ว โปรดใช้ชื่ออื่น")
        if not username:
            free = free_usernames(naming.office, taken_usernames())
            username = next(free)
        person = User.objects.create_user(
            username,
            title=naming.title,
            given_name=naming.given_name,
            family_name=naming.family_name,
            position=naming.position,
            office=naming.office,
        )
        log_account_act([person], "เพิ่มบุคคล", done)
        return person


def taken_usernames() -> set[str]:
    """All usernames, in small letters."""
    usernames = User.objects.values_list("username", flat=True)
    return {username.lower() for username in usernames}


def free_usernames(office: AreaOffice | None, taken: set[str]) -> Iterator[str]:
    """p126-01, p126-02, … (person-01 without an office), leaving out those taken at the moment of asking."""
    stem = office.key.lower() if office else "person"
    number = 1
    while True:
        username = f"{stem}-{number:02}"
        if username not in taken:
            yield username
        number += 1


_FIELD_WORDS = {
    "title": "คำนำหน้า",
    "given_name": "ชื่อ",
    "family_name": "นามสกุล",
    "position": "ตำแหน่ง",
    "office": "สพท.",
}


def change_person(
    person: User,
    naming: Naming,
    *,
    is_active: bool,
    by: User,
) -> User:
    """Raises PersonRefused when the account of the last admin is to be closed."""
    with act(by=by) as done:
        lock_people()
        person = User.objects.select_for_update().get(pk=person.pk)
        changed: list[str] = []
        words: list[str] = []
        for name, word in _FIELD_WORDS.items():
            value = getattr(naming, name)
            if getattr(person, name) != value:
                setattr(person, name, value)
                changed.append(name)
                words.append(f"แก้{word}")
        if person.is_active != is_active:
            if not is_active:
                _keep_an_admin(besides=Q(user=person), on=timezone.localdate())
            person.is_active = is_active
            changed.append("is_active")
            words.append("เปิดบัญชี" if is_active else "ปิดบัญชี")
        if changed:
            person.save(update_fields=changed)
            log_account_act([person], " ".join(words), done)
        return person


def _keep_an_admin(*, besides: Q, on: date) -> None:
    """Somebody active must be an admin on that day without the role rows of `besides`."""
    admins = RoleAssignment.objects.valid_on(on).filter(
        role=Role.ADMIN, user__is_active=True
    )
    is_one_of_them = admins.filter(besides).exists()
    if is_one_of_them and not admins.exclude(besides).exists():
        raise PersonRefused(
            f"ดำเนินการไม่ได้ เพราะจะไม่มีผู้ดูแลระบบเหลืออยู่ (ณ {be_date(on)}) โปรดให้บทบาทผู้ดูแลระบบแก่ผู้อื่นก่อน"
        )


def log_account_act(people: Iterable[User], words: str, done: RunningAct) -> None:
    """Records the same act on each account."""
    for person in people:
        done.record(ACCOUNT_CHANGED, about_person(person), note=words, reason="")


# -- passwords -------------------------------------------------------------------------------------------

# Without 0, o, 1 and l: people type these from paper. Twelve of 32 are 60 bits
_LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"
# Argon2 makes guessable passwords expensive to guess; these are random, and 500 of them would take 9 s (one
# web process for that long). Signing in for the first time replaces the hash by Argon2, as Django does.
_FIRST_ROUNDS = 1_000
FIRST_PASSWORD_MARK = f"pbkdf2_sha256${_FIRST_ROUNDS}$"
MOST_FIRST_PASSWORDS = 1_000  # at once


def make_temporary_password() -> str:
    """Twelve random small letters and digits in three groups: k7mq-x3vd-9hnt."""
    letters = "".join(secrets.choice(_LETTERS) for _ in range(12))
    groups = (letters[:4], letters[4:8], letters[8:])
    return "-".join(groups)


def reset_password(person: User, *, by: User) -> str:
    """A new temporary password, told only here, which the person must replace. Ends the person's sessions, and the
    pause after wrong passwords."""
    with act(by=by) as done:
        password = make_temporary_password()
        person = User.objects.select_for_update().get(pk=person.pk)
        person.set_password(password)
        person.save(update_fields=["password"])
        record_password_settings([person], by=by)
        forget_attempts_for(person.username)
        log_account_act([person], "ตั้งรหัสผ่านชั่วคราว", done)
        return password


def people_without_password(*, also_unused: bool = False) -> QuerySet[User]:
    """Active people who never got a password; with `also_unused` those too who got one and never signed in."""
    waiting = Q(password__startswith=UNUSABLE_PASSWORD_PREFIX)
    if also_unused:
        waiting |= Q(password__startswith=FIRST_PASSWORD_MARK, last_login__isnull=True)
    return User.objects.filter(waiting, is_active=True)


def hand_out_first_passwords(
    *, by: User, also_unused: bool = False
) -> list[tuple[User, str]]:
    """A first password for everybody without one, at most MOST_FIRST_PASSWORDS, told only here.

    When the answer is lost on its way, `also_unused` makes new ones for all who have not signed in yet, in one
    portion: a second one could not know whom the first had served.
    """
    with act(by=by) as done:
        lock_people()
        waiting = people_without_password(also_unused=also_unused).select_related(
            "office"
        )
        waiting = waiting.order_by("office", "username")
        if not also_unused:
            waiting = waiting[:MOST_FIRST_PASSWORDS]
        handed_out: list[tuple[User, str]] = []
        hasher = PBKDF2PasswordHasher()
        for person in waiting:
            password = make_temporary_password()
            person.password = hasher.encode(password, hasher.salt(), _FIRST_ROUNDS)
            handed_out.append((person, password))
        people = [person for person, _ in handed_out]
        User.objects.bulk_update(people, ["password"], batch_size=500)
        record_password_settings(people, by=by)
        log_account_act(people, "ออกรหัสผ่านแรกเข้า", done)
        return handed_out


# -- roles -----------------------------------------------------------------------------------------------


def grant_role(
    person: User,
    role: str,
    *,
    by: User | None,
    work_group: WorkGroup | None = None,
    office: AreaOffice | None = None,
    valid_from: date,
    valid_until: date | None = None,
) -> RoleAssignment:
    """Raises PersonRefused for a wrong scope, a group or office of another time, or a role held already then."""
    with act(by=by) as done:
        _check_scope(role, work_group, office)
        if valid_until is not None and valid_until < valid_from:
            raise PersonRefused("วันสิ้นสุดต้องไม่ก่อนวันเริ่มต้น โปรดแก้วันใดวันหนึ่ง")
        if work_group is not None and not WorkGroup.objects.valid_on(
            valid_from
        ).contains(work_group):
            raise _of_another_time(work_group, valid_from)
        if office is not None and not AreaOffice.objects.valid_on(valid_from).contains(
            office
        ):
            raise _of_another_time(office, valid_from)
        lock_people()
        assignment = RoleAssignment(
            user=person,
            role=role,
            work_group=work_group,
            office=office,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        _refuse_overlap(assignment)
        assignment.save()
        done.record(
            ROLE_GRANTED,
            about_role(assignment),
            detail=role,
            note=scope_words(assignment),
        )
        return assignment


def _of_another_time(scope: WorkGroup | AreaOffice, day: date) -> PersonRefused:
    return PersonRefused(
        f"{joined(str(scope), 'ยังไม่จัดตั้งหรือยกเลิกแล้ว')} ณ วันที่ {be_date(day)}"
    )


def _refuse_overlap(assignment: RoleAssignment) -> None:
    """The same role for the same scope on the same day, twice, would say nothing more."""
    held = RoleAssignment.objects.filter(
        user=assignment.user,
        role=assignment.role,
        work_group=assignment.work_group,
        office=assignment.office,
    )
    overlapping = held.filter(
        Q(valid_until__isnull=True) | Q(valid_until__gte=assignment.valid_from)
    )
    if assignment.valid_until is not None:
        overlapping = overlapping.filter(valid_from__lte=assignment.valid_until)
    row = overlapping.first()
    if row is not None:
        until = f" ถึง {be_date(row.valid_until)}" if row.valid_until else ""
        raise PersonRefused(
            f"มีบทบาทนี้อยู่แล้วในช่วงเวลาเดียวกัน ตั้งแต่ {be_date(row.valid_from)}{until}"
        )


def _check_scope(
    role: str, work_group: WorkGroup | None, office: AreaOffice | None
) -> None:
    if role not in SCOPES:
        raise PersonRefused("ไม่มีบทบาทนี้ในระบบ โปรดเลือกบทบาทจากรายการ")
    label = Role(role).label
    scope = SCOPES[role]
    rules = (
        (scope.work_group, work_group, "กลุ่มงาน"),
        (scope.office, office, "สพท."),
    )
    for rule, given, word in rules:
        if rule == "must" and given is None:
            raise PersonRefused(joined("บทบาท", label, "ต้องระบุ", word))
        if rule == "no" and given is not None:
            raise PersonRefused(joined("บทบาท", label, "ไม่ต้องระบุ", word))


def end_role(assignment: RoleAssignment, last_day: date, *, by: User) -> RoleAssignment:
    """The role holds to the end of `last_day`. Raises PersonRefused for a day before its first one, a day later
    than the end it has, and for the last admin."""
    with act(by=by) as done:
        lock_people()
        assignment = RoleAssignment.objects.select_for_update().get(pk=assignment.pk)
        if last_day < assignment.valid_from:
            raise PersonRefused(
                f"บทบาทนี้เริ่มวันที่ {be_date(assignment.valid_from)} วันสิ้นสุดต้องไม่ก่อนวันนั้น"
            )
        if assignment.valid_until is not None and last_day > assignment.valid_until:
            raise PersonRefused(
                f"บทบาทนี้สิ้นสุดวันที่ {be_date(assignment.valid_until)} อยู่แล้ว หากจะให้ต่อ โปรดเพิ่มบทบาทใหม่ตั้งแต่วันถัดไป"
            )
        if assignment.valid_until == last_day:
            return assignment
        if assignment.role == Role.ADMIN and assignment.user.is_active:
            after = max(last_day + timedelta(days=1), timezone.localdate())
            _keep_an_admin(besides=Q(pk=assignment.pk), on=after)
        assignment.valid_until = last_day
        assignment.save(update_fields=["valid_until"])
        done.record(
            ROLE_ENDED,
            about_role(assignment),
            detail=assignment.role,
            note=scope_words(assignment),
        )
        return assignment
